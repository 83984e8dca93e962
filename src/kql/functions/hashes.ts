import { createHash } from 'node:crypto';
import type { ScalarFunction } from './row.ts';
import { textArg, textValue } from './strings.ts';

/** A hash of a text's UTF-8 bytes in hexadecimal digits; of other types the text that `tostring` gives is hashed. */
const hash = (name: string, algorithm: string): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: false,
  sql: ({ args: [source] }) => `${algorithm}(${textArg(source!)})`,
  evaluate: ([source = ''], { argTypes: [type] }) =>
    createHash(algorithm).update(textValue(source, type)).digest('hex'),
});

/** Hashes as text. */
export const hashFunctions: readonly ScalarFunction[] = [
  hash('hash_md5', 'md5'),
  hash('hash_sha1', 'sha1'),
  hash('hash_sha256', 'sha256'),
];
