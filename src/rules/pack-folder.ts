import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the rules that come with mailhunt: `rules/` beside the program's own `package.json`, as it is looked for
 * from this file upwards, which stands in src/rules or in dist.
 */
export function packFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  const above = dirname(from);
  const found = existsSync(join(from, 'package.json')) || above === from;
  return found ? join(from, 'rules') : packFolder(above);
}
