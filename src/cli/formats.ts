import type { ResultTable } from '../kql/index.ts';
import { cellsOf, textOf } from './cells.ts';
import { harmless, harmlessJson } from './harmless.ts';
import type { Output } from './output.ts';
import { writeTable } from './table.ts';

/** Writes one result table. */
export type Write = (table: ResultTable, output: Output) => Promise<void>;

/** How a result can be printed, by the name that `--format` takes. */
export const formats: Readonly<Record<string, Write>> = {
  table: writeTable,
  json: writeJson,
  jsonl: writeJsonl,
  csv: writeCsv,
};

/** An array of objects. Each result table is an array of its own. */
async function writeJson(table: ResultTable, output: Output): Promise<void> {
  const names = namesOf(table);
  let before = '[\n';
  for await (const rows of table.blocks) {
    for (const row of rows) {
      await output.write(`${before}  ${objectOf(names, row)}`);
      before = ',\n';
    }
  }
  await output.write(before === '[\n' ? '[]\n' : '\n]\n');
}

/** An object a line. */
async function writeJsonl(table: ResultTable, output: Output): Promise<void> {
  const names = namesOf(table);
  for await (const rows of table.blocks) {
    if (rows.length > 0) await output.write(`${rows.map((row) => objectOf(names, row)).join('\n')}\n`);
  }
}

const namesOf = ({ columns }: ResultTable): string[] => columns.map(({ name }) => harmlessJson(JSON.stringify(name)));

const objectOf = (names: readonly string[], row: string): string =>
  `{${cellsOf(harmlessJson(row))
    .map((cell, i) => `${names[i]}:${cell}`)
    .join(',')}}`;

/**
 * RFC 4180: a header, CRLF, quotes where they are needed. Values are what the data says, so a cell that begins with `=`,
 * `+`, `-` or `@` is a formula to a spreadsheet: import such a file as text. A terminal gets harmless text.
 */
async function writeCsv(table: ResultTable, output: Output): Promise<void> {
  const safe = output.isTerminal ? harmless : (text: string) => text;
  const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  await output.write(`${table.columns.map(({ name }) => field(safe(name))).join(',')}\r\n`);
  for await (const rows of table.blocks) {
    const lines = rows.map((row) =>
      cellsOf(row)
        .map((cell) => field(safe(textOf(cell))))
        .join(','),
    );
    if (lines.length > 0) await output.write(`${lines.join('\r\n')}\r\n`);
  }
}
