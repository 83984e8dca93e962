import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Witness } from '../../../src/rules/witness/witness.ts';
import { dynamicFrom, dynamicToText } from '../../../src/values/index.ts';

/**
 * Writes what hunts read from outside as files of a folder; gives the file of each address, and for one that
 * ends in a slash, which stands for a folder, the folder around it.
 */
export function writeLists(lists: Witness['lists'], folder: string): Record<string, string> {
  const byAddress = new Map<string, string[]>();
  const headed = new Set<string>();
  for (const { sources, schema, rows, properties } of lists)
    for (const source of sources) {
      const [address = ''] = source.split(';');
      const lines = byAddress.get(address) ?? [];
      byAddress.set(address, lines);
      if (/true/i.test(properties.ignorefirstrecord ?? '')) headed.add(address);
      const format = properties.format ?? /\.(\w+)(?:$|\?)/.exec(address)?.[1] ?? 'csv';
      const separator = { tsv: '\t', psv: '|' }[format] ?? ',';
      for (const row of rows) {
        const cells = schema.map(({ name, type }) => dynamicToText(dynamicFrom(row.get(name) ?? null, type)));
        lines.push(/^(txt|raw)$/.test(format) ? cells[0]!.replace(/[\r\n]/g, ' ') : cells.map(quoted).join(separator));
      }
    }
  return Object.fromEntries(
    [...byAddress].map(([address, lines], i) => {
      const [, parent, name] = /^(.*\/)([^/]+)\/$/.exec(address) ?? [];
      const place = join(folder, `list-${i}`);
      if (name !== undefined) mkdirSync(place);
      const text = [...(headed.has(address) ? ['header'] : []), ...lines].join('\n');
      writeFileSync(name === undefined ? place : join(place, name), `${text}\n`);
      return [parent ?? address, place];
    }),
  );
}

const quoted = (cell: string): string => (/["\n\r,|\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
