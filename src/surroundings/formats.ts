import type { Column } from '../values/index.ts';
import { cellOfText } from './cell.ts';
import { counted } from './counted.ts';
import { recordsOf } from './delimited.ts';
import { jsonRows } from './json-records.ts';
import { readMapping } from './mapping.ts';

/** One row: a text or null for each column. */
export type Row = readonly (string | null)[];

/** How a file is read, beside its format. */
export interface ReadOptions {
  readonly columns: readonly Column[];
  /** Its property `ingestionMapping`, the text of a JSON array. */
  readonly mapping: string | undefined;
}

type Read = (text: string, options: ReadOptions) => Row[];

/** A format with a delimiter: fields by position, or as the mapping's `Ordinal` says. */
const delimited =
  (delimiter: string): Read =>
  (text, { columns, mapping }) => {
    const places = readMapping(mapping, columns, 'Ordinal').map((at, i) => (at === undefined ? i : Number(at)));
    const rows: Row[] = [];
    for (const fields of counted(recordsOf(text, delimiter)))
      rows.push(columns.map(({ type }, i) => cellOfText(fields[places[i]!], type)));
    return rows;
  };

/** One text a row, in the first column. */
const single = (texts: readonly string[], { columns }: ReadOptions): Row[] =>
  [...counted(texts)].map((text) => columns.map(({ type }, i) => (i === 0 ? cellOfText(text, type) : null)));

/**
 * The formats of files that `externaldata` reads, by name.
 *
 * @see https://learn.microsoft.com/kusto/ingestion-supported-formats
 */
export const formats: Readonly<Record<string, Read>> = {
  csv: delimited(','),
  tsv: delimited('\t'),
  psv: delimited('|'),
  scsv: delimited(';'),
  sohsv: delimited('\u0001'),
  txt: (text, options) =>
    single(
      text.split(/\r?\n/).filter((line) => line !== ''),
      options,
    ),
  raw: (text, options) => single([text], options),
  json: jsonRows,
  multijson: jsonRows,
};

/** The format that an address says by its end, `.csv` or `.csv.gz`; CSV where it says none. */
export function formatOf(address: string): string {
  const path = address.replace(/[?#].*$/s, '').replace(/\.gz$/i, '');
  const end = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(formats, end) ? end : end === 'jsonl' || end === 'ndjson' ? 'json' : 'csv';
}
