import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MailhuntError } from '../../../src/errors/index.ts';
import { compileOn, type RunContext } from '../../../src/kql/index.ts';
import type { Plan } from '../../../src/kql/plan/index.ts';
import { batchesOf } from '../../../src/rules/witness/batches.ts';
import { unpackedWitnessOf } from '../../../src/rules/witness/unpacked.ts';
import type { Witness, WitnessRow } from '../../../src/rules/witness/witness.ts';
import { sessionOn } from '../../../src/server/index.ts';
import { openStore, type Store } from '../../../src/store/index.ts';
import { openSurroundings } from '../../../src/surroundings/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { evaluatePlan } from '../../kql/naive/index.ts';
import { tablesOf } from '../../kql/naive/tables.ts';
import { differenceOf } from './difference.ts';
import { writeLists } from './list-files.ts';
import { naiveTrial } from './naive-trial.ts';
import { noise } from './noise.ts';

/** A hunt as somebody published it. */
export interface Hunt {
  readonly id: string;
  readonly query: string;
}

/** What became of a hunt. */
export type Outcome =
  /** Microsoft's binder does not take it against our tables, or we do not. */
  | { readonly id: string; readonly kind: 'unbound' | 'refused' | 'failed'; readonly words: string }
  | {
      readonly id: string;
      readonly kind: 'ran';
      readonly rows: number;
      readonly witnessed: boolean;
      readonly difference: string | undefined;
    };

/**
 * Runs hunts over one store that holds witnesses of all of them and noise, and compares the rows of each with those of
 * the naive evaluation of its plan over the same tables.
 *
 * @param now the clock of the hunts, in milliseconds
 * @param options without `witnesses` the store holds the noise alone
 */
export async function runHunts(
  hunts: readonly Hunt[],
  now: number,
  { witnesses = true }: { readonly witnesses?: boolean } = {},
): Promise<Outcome[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-hunts-'));
  try {
    await using store = await openStore(join(folder, 'store'), { now: () => now, idle: 0 });
    const { unrunnable, lists, found } = await fill(store, hunts, now, witnesses);
    mkdirSync(join(folder, 'lists'));
    const externaldata = { files: writeLists(lists, join(folder, 'lists')) };
    const lender = await openSurroundings(folder, { aliases: [], watchlists: {}, geo_database: '', externaldata });
    const session = sessionOn(store, () => now, lender);
    const context = {
      catalog: store.catalog(),
      engine: store.engine,
      now: ticksFromUnixMs(now),
      surroundings: await lender.now(),
    };
    const tables = await tablesOf(everything(store) as never);
    const outcomes: Outcome[] = [];
    for (const hunt of hunts) {
      const refusal = unrunnable.get(hunt.id);
      outcomes.push(refusal ?? (await ran(hunt, found.has(hunt.id), session, context, tables)));
    }
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Filled {
  readonly unrunnable: ReadonlyMap<string, Outcome>;
  readonly lists: Witness['lists'];
  /** The hunts that a witness was found for. */
  readonly found: ReadonlySet<string>;
}

/** Puts noise and the witnesses of all hunts into a store. */
async function fill(store: Store, hunts: readonly Hunt[], now: number, witnessed: boolean): Promise<Filled> {
  let n = 0;
  const serial = (): number => ++n;
  const ticks = ticksFromUnixMs(now);
  await put(store, noise(ticks, serial));
  const learnable = { catalog: () => store.catalog(), add: (more: readonly WitnessRow[]) => put(store, more) };
  const unrunnable = new Map<string, Outcome>();
  const rows: WitnessRow[] = [];
  const lists: Witness['lists'][number][] = [];
  const found = new Set<string>();
  const lender = await openSurroundings(store.path, {
    aliases: [],
    watchlists: {},
    geo_database: '',
    externaldata: {},
  });
  const surroundings = await lender.now();
  for (const [i, { id, query }] of hunts.entries()) {
    const context = { catalog: store.catalog(), engine: store.engine, now: ticks, surroundings, serial, seed: i + 1 };
    const trial = naiveTrial(context.catalog);
    try {
      const { witness, lists: own } = await unpackedWitnessOf(query, { ...context, trial }, learnable);
      lists.push(...own);
      if (witness === undefined || !witnessed) continue;
      rows.push(...witness.rows);
      found.add(id);
    } catch (error) {
      if (!(error instanceof MailhuntError)) throw error;
      unrunnable.set(id, {
        id,
        kind: error.code === 'KQL0001' ? 'unbound' : 'refused',
        words: `${error.code} ${error.message}`,
      });
    }
  }
  await put(store, rows);
  return { unrunnable, found, lists };
}

async function put(store: Store, rows: readonly WitnessRow[]): Promise<void> {
  for (const batch of batchesOf(rows)) await store.append(batch);
  await store.flush();
}

/** A store as something whose tables can be read whole, columns that do not show included. */
const everything = (store: Store): unknown => {
  const catalog = store.catalog();
  return {
    catalog: {
      ...catalog,
      tables: catalog.tables.map((table) => ({ ...table, columns: [...table.columns, ...(table.hidden ?? [])] })),
    },
    texts: (sql: string) => store.engine.texts(sql),
  };
};

type Tables = Parameters<typeof evaluatePlan>[1];

async function ran(
  { id, query }: Hunt,
  witnessed: boolean,
  session: ReturnType<typeof sessionOn>,
  context: RunContext,
  tables: Tables,
): Promise<Outcome> {
  try {
    const { tables: plans } = await compileOn(query, context);
    const { tables: results } = await session.query(query);
    let rows = 0;
    const differences: string[] = [];
    for (const [i, result] of results.entries()) {
      const texts: string[] = [];
      for await (const block of result.blocks) texts.push(...block);
      rows += texts.length;
      const difference = compared(plans[i]!.plan, texts, tables);
      if (difference !== undefined) differences.push(`${result.name}: ${difference}`);
    }
    return {
      id,
      kind: 'ran',
      rows,
      witnessed,
      difference: differences.length === 0 ? undefined : differences.join('\n'),
    };
  } catch (error) {
    return {
      id,
      kind: 'failed',
      words: String(
        error instanceof MailhuntError ? `${error.code} ${error.message}` : ((error as Error).stack ?? error),
      ),
    };
  }
}

/** What is different, or why it cannot be told: the evaluator does not try every pattern. */
function compared(plan: Plan, texts: readonly string[], tables: Tables): string | undefined {
  try {
    return differenceOf(plan, texts, (one) => evaluatePlan(one, tables));
  } catch (error) {
    if (error instanceof MailhuntError) return `the naive evaluation ends: ${error.code} ${error.message}`;
    throw error;
  }
}
