import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ResultTable, runQuery } from '../../kql/index.ts';
import type { Building, Case } from '../../lab/index.ts';
import { openSandbox, type Sandbox } from '../../store/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import { formats } from '../formats.ts';

/** Where rows are put together, and how long that may go on. */
interface Means {
  readonly sandbox: Sandbox;
  readonly signal: AbortSignal;
}

/**
 * Writes what cases leave in the tables, a file of JSON lines for each: letters of the weeks before, first contact, clicks and
 * removals included, which no message holds.
 *
 * @returns how many rows
 * @example await writeTables('lab-rows', [await caseNamed('spoof-clicked')], { seed: 1, now: Date.now(), variations: 0 }, signal)
 */
export async function writeTables(
  folder: string,
  cases: readonly Case[],
  building: Building,
  signal: AbortSignal,
): Promise<number> {
  await using sandbox = await openSandbox();
  await mkdir(folder, { recursive: true });
  const written = new Map<string, number>();
  for (const one of cases) {
    for (let variation = 0; variation <= building.variations; variation++) {
      for (const { table, text, count } of await tablesOf(one, { ...building, variation }, { sandbox, signal })) {
        const before = written.get(table);
        await (before === undefined ? writeFile : appendFile)(join(folder, `${table}.jsonl`), text);
        written.set(table, (before ?? 0) + count);
      }
    }
  }
  return [...written.values()].reduce((sum, count) => sum + count, 0);
}

/** The rows of one case, table by table, as an export has them. */
async function tablesOf(one: Case, building: Building & { readonly variation: number }, { sandbox, signal }: Means) {
  const { receive } = await import('../../lab/index.ts');
  const { batches } = await receive(one, building);
  await sandbox.fill(batches);
  const { catalog, engine } = sandbox;
  const found: { readonly table: string; readonly text: string; readonly count: number }[] = [];
  for (const { table, rows } of batches) {
    const { tables } = await runQuery(table, { catalog, engine, signal, now: ticksFromUnixMs(building.now) });
    found.push({ table, text: await linesOf(tables[0]!), count: rows.length });
  }
  return found;
}

async function linesOf(table: ResultTable): Promise<string> {
  const parts: string[] = [];
  const write = async (text: string) => void parts.push(text);
  await formats.jsonl!(table, { isTerminal: false, width: Number.POSITIVE_INFINITY, write });
  return parts.join('');
}
