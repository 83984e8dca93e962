import { codePointFunctions } from './code-points.ts';
import { regexFunctions } from './regex.ts';
import type { ScalarFunction } from './row.ts';
import { stringsFunctions } from './strings.ts';

const alias = (name: string, of: string, family: readonly ScalarFunction[]): ScalarFunction => ({
  ...family.find((row) => row.name === of)!,
  name,
});

/** Older names that queries still use. */
export const aliasFunctions: readonly ScalarFunction[] = [
  alias('array_strcat', 'strcat_array', stringsFunctions),
  alias('to_utf8', 'unicode_codepoints_from_string', codePointFunctions),
  alias('make_string', 'unicode_codepoints_to_string', codePointFunctions),
  alias('extractall', 'extract_all', regexFunctions),
];
