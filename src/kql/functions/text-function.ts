import type { Value } from '../../values/index.ts';
import type { ScalarFunction } from './row.ts';
import { textValue } from './strings.ts';

/** A function of texts that TypeScript computes for each row; arguments of other types count as their text. */
export const textFunction = (
  name: string,
  evaluate: (...texts: string[]) => Value,
  page = `${name.replaceAll('_', '-')}-function`,
): ScalarFunction => ({
  name,
  page,
  nullable: true,
  evaluate: (args, { argTypes }) => evaluate(...args.map((arg, i) => textValue(arg, argTypes[i]))),
});
