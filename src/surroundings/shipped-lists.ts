import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the watchlists that come with mailhunt's rules: `rules/lists/` beside the program's own `package.json`, which
 * is looked for from this file upwards. Undefined where it is not there.
 */
export function shippedLists(from = dirname(fileURLToPath(import.meta.url))): string | undefined {
  const folder = join(from, 'rules', 'lists');
  if (existsSync(join(from, 'package.json'))) return existsSync(folder) ? folder : undefined;
  const above = dirname(from);
  return above === from ? undefined : shippedLists(above);
}
