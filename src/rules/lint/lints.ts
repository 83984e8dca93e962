import { deployLints } from './deploy/index.ts';
import { fileLints } from './file/index.ts';
import type { Lint } from './lint.ts';
import { logicLints } from './logic/index.ts';
import { silentLints } from './silent/index.ts';
import { suppressionLints } from './suppression-lints.ts';

/** All lints, by group and id. */
export const lints: readonly Lint[] = [
  ...logicLints,
  ...silentLints,
  ...deployLints,
  ...fileLints,
  ...suppressionLints,
].toSorted((a, b) => a.id.localeCompare(b.id, 'en'));
