import { MailhuntError } from '../errors/index.ts';
import type { Column } from '../values/index.ts';

/**
 * What an `ingestionMapping` says of each column: its `Path` or `Ordinal`; undefined for each column where there is no
 * mapping, null for a column that the mapping leaves out. Throws KQL0005 for a mapping that asks for more.
 */
export function readMapping(text: string | undefined, columns: readonly Column[], member: 'Path' | 'Ordinal') {
  if (text === undefined) return columns.map(() => undefined);
  const found = new Map(entriesOf(text).map((entry) => [textOf(entry, 'Column'), entry]));
  return columns.map(({ name }) => {
    const entry = found.get(name);
    if (entry === undefined) return null;
    const properties = memberOf(entry, 'Properties') ?? entry;
    if (['Transform', 'ConstValue'].some((more) => memberOf(properties, more) !== undefined))
      return refuse('only Path and Ordinal are read of it');
    return textOf(properties, member);
  });
}

function entriesOf(text: string): readonly unknown[] {
  let mapping: unknown;
  try {
    mapping = JSON.parse(text);
  } catch {
    return refuse('it is no JSON');
  }
  return Array.isArray(mapping) ? mapping : refuse('it is no array');
}

/** A member, whatever the case of its name. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function textOf(value: unknown, name: string): string {
  const found = memberOf(value, name);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : refuse(`an entry has no ${name}`);
}

export function refuse(text: string): never {
  throw new MailhuntError('KQL0005', { what: 'the ingestionMapping', text });
}
