/**
 * How long the default policy takes over stored mail, without investigations: 30 days of a small demo's inbound mail, each
 * message many times over, with its checks and its header. With two files the policies are compared, too.
 *
 *     node bench/simulate.ts [messages, 1000000 where nothing is said] [--policy FILE [--policy FILE]]
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { DEMO_SEED, demoBatches } from '../src/lab/index.ts';
import { defaultPolicy, readPolicy, simulate } from '../src/policy/index.ts';
import { sessionOn } from '../src/server/index.ts';
import { openStore } from '../src/store/index.ts';
import { TICKS_PER_DAY, unixMsFromTicks } from '../src/values/index.ts';
import { benchNow } from './data.ts';

/** At most, on two cores: two minutes for a million messages. */
const MOST_MS_A_MESSAGE = 0.12;
const DAYS = 33n;
/** Of the demo's EmailEvents: its letters are signed and checked one by one, which takes long. */
const DEMO_ROWS = 10_000;
const DATABASE = 'mailhunt.duckdb';

const { values, positionals } = parseArgs({
  options: { policy: { type: 'string', multiple: true } },
  allowPositionals: true,
});
const wanted = Number(positionals[0] ?? 1_000_000);

/** The demo as it comes in, without the messages themselves. */
async function fillDemo(folder: string): Promise<void> {
  await using store = await openStore(folder, { idle: 0 });
  const signal = new AbortController().signal;
  for await (const { messages: _, ...batch } of demoBatches({
    seed: DEMO_SEED,
    now: benchNow,
    rows: DEMO_ROWS,
    signal,
  })) {
    await store.append(batch);
  }
  await store.flush();
}

/** Every inbound message so often, each copy with an id of its own and some seconds later. */
async function multiply(file: string): Promise<void> {
  const database = await DuckDBInstance.create(file, { memory_limit: '4GB' });
  const connection = await database.connect();
  await connection.run(
    `CREATE TEMP TABLE kin AS SELECT DISTINCT NetworkMessageId AS id FROM "EmailEvents" WHERE EmailDirection = 'Inbound'`,
  );
  const [[count]] = (await connection.runAndReadAll('SELECT count(*)::INTEGER FROM kin')).getRowsJson() as [[number]];
  const copies = Math.ceil(wanted / count);
  for (const table of ['EmailEvents', 'EmailAuthentication', 'EmailHeaders']) {
    await connection.run(
      `CREATE OR REPLACE TEMP TABLE old AS SELECT t.* FROM "${table}" t JOIN kin ON kin.id = t.NetworkMessageId`,
    );
    await connection.run(`DELETE FROM "${table}"`);
    const days = (
      await connection.runAndReadAll(`SELECT DISTINCT Timestamp // ${TICKS_PER_DAY} FROM old ORDER BY 1`)
    ).getRowsJson();
    for (const [day] of days) {
      await connection.run(`INSERT INTO "${table}" BY NAME SELECT * EXCLUDE (k) REPLACE (
        md5(NetworkMessageId || ':' || k)::UUID::VARCHAR AS NetworkMessageId, Timestamp + k * 370000000::BIGINT AS Timestamp,
        md5_number('${table}' || _key::VARCHAR || ':' || k) AS _key, hash(_row, k) AS _row)
        FROM range(${copies}) r(k), old WHERE Timestamp // ${TICKS_PER_DAY} = ${day}`);
    }
  }
  await connection.run('CHECKPOINT');
  connection.closeSync();
  database.closeSync();
}

async function storeOf(messages: number): Promise<string> {
  const folder = join(import.meta.dirname, '..', '.cache', 'bench', `replay-${messages}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await fillDemo(unfinished);
  await multiply(join(unfinished, DATABASE));
  await rename(unfinished, folder);
  return folder;
}

await using store = await openStore(await storeOf(wanted), { memory: '3GB', idle: 0 });
const nowMs = unixMsFromTicks(benchNow);
const session = sessionOn(store, () => nowMs);
const files = values.policy ?? [];
const policies =
  files.length === 0
    ? [defaultPolicy(nowMs)]
    : await Promise.all(files.map(async (file) => readPolicy(await readFile(file, 'utf8'), file)));
const [start, used] = [performance.now(), process.cpuUsage()];
let most = 0;
const { simulations, comparison } = await simulate(
  policies,
  benchNow - DAYS * TICKS_PER_DAY,
  benchNow + TICKS_PER_DAY,
  {
    store: session,
    now: benchNow,
    signal: new AbortController().signal,
    acceptedDomains: ['contoso.com', 'fabrikam.fr'],
    trustedSealers: [],
    kept: { ids: (ids) => session.kept(ids), bytes: (id) => session.message(id) },
    progress: () => {
      most = Math.max(most, process.memoryUsage().rss);
    },
  },
);
const took = performance.now() - start;
const { user, system } = process.cpuUsage(used);
const { messages, answers } = simulations[0]!;
console.log(
  `${messages.toLocaleString('en')} messages in ${(took / 1000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of processor, ${Math.round(most / 1e6)} MB at most)`,
);
for (const one of answers)
  console.log(`${one.messages.toLocaleString('en').padStart(10)}  ${one.action} ${one.answer}`);
if (comparison !== undefined) console.log(`${comparison.differing.toLocaleString('en')} differ`);
console.log(took / messages > MOST_MS_A_MESSAGE ? 'over two minutes a million' : 'under two minutes a million');
