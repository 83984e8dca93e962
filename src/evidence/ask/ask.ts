import { formatDatetime } from '../../values/index.ts';
import type { EvidenceMeans } from '../means.ts';
import { Row } from './row.ts';

/** A value for a query: a string, a long, a datetime (ticks), or a dynamic array of strings. */
export type Asked = string | number | bigint | readonly string[];

/**
 * Asks the store. Every value travels as a query parameter, declared by its JavaScript type, and never as text of the
 * query: what a message holds cannot become KQL.
 *
 * @param query statements; a result a tabular statement
 * @returns the rows of each result
 * @throws MailhuntError KQL…, and the signal's reason
 * @example const [rows] = await ask('EmailEvents | where SenderFromAddress =~ sender', { sender: 'a@b.example' }, means)
 */
export async function ask(
  query: string,
  values: Readonly<Record<string, Asked>>,
  { store, now, signal }: Pick<EvidenceMeans, 'store' | 'now' | 'signal'>,
): Promise<readonly (readonly Row[])[]> {
  const parameters = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, literalOf(value)]));
  const answer = await store.query(`${declared(values)}${query}`, { now, parameters, signal });
  const tables: Row[][] = [];
  for (const { columns, blocks } of answer.tables) {
    const names = columns.map(({ name }) => name);
    const rows: Row[] = [];
    for await (const block of blocks) {
      signal.throwIfAborted();
      for (const text of block) rows.push(new Row(names, JSON.parse(text)));
    }
    tables.push(rows);
  }
  return tables;
}

function declared(values: Readonly<Record<string, Asked>>): string {
  const list = Object.entries(values).map(([name, value]) => `${name}:${typeOf(value)}`);
  return list.length === 0 ? '' : `declare query_parameters(${list.join(', ')});\n`;
}

const types = { string: 'string', number: 'long', bigint: 'datetime', object: 'dynamic' } as const;

const typeOf = (value: Asked): string => types[typeof value as keyof typeof types];

/** Characters of one text that are asked for: nothing that is looked up is longer, and a query has its limits. */
const LONGEST = 8192;

/** KQL's double-quoted strings have the escapes of JSON, and its dynamic literals are JSON. */
function literalOf(value: Asked): string {
  if (typeof value === 'bigint') return `datetime(${formatDatetime(value)})`;
  if (typeof value === 'number') return `long(${Math.trunc(value)})`;
  if (typeof value === 'string') return quoted(value);
  return `dynamic([${value.map(quoted).join(',')}])`;
}

const quoted = (text: string): string => JSON.stringify(text.slice(0, LONGEST).toWellFormed());
