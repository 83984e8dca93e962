import type { Lint } from './lint.ts';

/** The name of a lint's page in `docs/lints/`. @example 'MH203-default-join.md' */
export const pageName = ({ id, name }: Pick<Lint, 'id' | 'name'>): string => `${id}-${name}.md`;
