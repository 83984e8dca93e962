import { createHash } from 'node:crypto';
import type { ScalarFunction, SqlArg } from './row.ts';

/** A hash of a text's UTF-8 bytes in hexadecimal digits. Of other types KQL hashes their bytes in its own memory. */
const hash = (name: string, algorithm: string): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: false,
  sql: ({ args, refuse }) => {
    const [source] = args as [SqlArg];
    if (args.length > 1) refuse('takes no modulo');
    if (source.type !== 'string') refuse(`hashes text only, not ${source.type}; use tostring()`);
    return `${algorithm}(${source.sql})`;
  },
  evaluate: ([source = '']) => createHash(algorithm).update(String(source)).digest('hex'),
});

/** Hashes and base64. */
export const hashFunctions: readonly ScalarFunction[] = [
  hash('hash_md5', 'md5'),
  hash('hash_sha1', 'sha1'),
  hash('hash_sha256', 'sha256'),
];
