/**
 * What a filter costs: messages a second over connections that are kept, and how much longer a client waits for its 250.
 * `mailhunt gateway` as a milter of Postfix and as an SMTP server, beside OpenDKIM with OpenDMARC, and beside rspamd with
 * SPF, DKIM, DMARC and ARC alone, each in processes of its own; Postfix and the sink without any of them are the floor.
 * Messages of 20 KB, each another one, DKIM-signed; DNS by UDP from one name server for all, in a network of their own.
 * Rounds are interleaved, so that what else the machine does disturbs all alike. The gate's store is owned by
 * `mailhunt serve`, whose work counts as the gate's. Needs root, and Debian's postfix, opendkim, opendmarc and rspamd.
 *
 *     node bench/gate.ts [--messages 1000] [--rounds 3] [--connections 20] [--waits 300] [--rows 1000000]
 */
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DNS_ADDRESS, runApart } from './gate/apart.ts';
import { type Child, forked } from './gate/child.ts';
import type { Mailed, Mailing, Said } from './gate/client.ts';
import { type Contender, domains, names, startField } from './gate/contenders.ts';
import { atRest, cpuSeconds } from './gate/cpu.ts';
import { startHunting } from './gate/hunts.ts';
import type { TextRecords } from './gate/name-server.ts';

/** Messages a second on one connection while waits are measured. */
const RATE = 20;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '20' },
    waits: { type: 'string', default: '300' },
    rows: { type: 'string', default: '1000000' },
    apart: { type: 'boolean', default: false },
  },
});
const [messages, rounds, connections, waits, rows] = [
  Number(values.messages),
  Number(values.rounds),
  Number(values.connections),
  Number(values.waits),
  Number(values.rows),
];

const quantile = (numbers: readonly number[], share: number): number => {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
};
const median = (numbers: readonly number[]): number => quantile(numbers, 0.5);
const shown = (value: number, digits = 0): string => value.toFixed(digits).padStart(9);
const row = (name: string, cells: readonly string[]): void => console.log(`${name.padEnd(32)}${cells.join('')}`);
const heads = (...words: readonly string[]): string[] => words.map((word) => word.padStart(9));

/** Has the client send something, and waits until it is done. */
async function mailed({ process: client }: Child, mailing: Omit<Mailing, 'to'> & { to?: string }): Promise<Mailed> {
  const answered = once(client, 'message') as Promise<[Said]>;
  client.send({ to: domains.measured, ...mailing });
  const [said] = await answered;
  if (said.kind !== 'mailed') throw new Error(JSON.stringify(said));
  return said.mailed;
}

interface Round {
  readonly rate: number;
  /** Milliseconds of a processor for a message, what is done afterwards included. */
  readonly cpu: number;
}

async function throughput(client: Child, { port, pids }: Contender, count: number): Promise<Round> {
  const before = cpuSeconds(pids);
  const { seconds } = await mailed(client, { port, connections, count });
  return { rate: count / seconds, cpu: (((await atRest(pids)) - before) * 1_000) / count };
}

/** The same for all, one after the other, over and over: what disturbs one disturbs the others. */
async function interleaved<T>(
  contenders: readonly Contender[],
  times: number,
  measure: (contender: Contender) => Promise<T>,
): Promise<ReadonlyMap<string, readonly T[]>> {
  const found = new Map<string, T[]>(contenders.map(({ name }) => [name, []]));
  for (let time = 0; time < times; time++) {
    const [later, first] = [contenders.slice(0, time % contenders.length), contenders.slice(time % contenders.length)];
    for (const contender of [...first, ...later]) found.get(contender.name)!.push(await measure(contender));
  }
  return found;
}

function showRates(found: ReadonlyMap<string, readonly Round[]>): void {
  const against = (mine: readonly Round[], name: string): string => {
    const theirs = found.get(name);
    return theirs === undefined
      ? '-'.padStart(9)
      : shown(median(mine.map(({ rate }, at) => rate / theirs[at]!.rate)), 2);
  };
  row('', heads('a second', 'x ODMARC', 'x rspamd', 'CPU ms'));
  for (const [name, mine] of found) {
    const cells = [
      shown(median(mine.map(({ rate }) => rate))),
      against(mine, names.openDkim),
      against(mine, names.rspamd),
    ];
    row(name, [...cells, shown(median(mine.map(({ cpu }) => cpu)), 2)]);
  }
}

function showWaits(contenders: readonly Contender[], found: ReadonlyMap<string, readonly (readonly number[])[]>): void {
  row('', heads('median', 'p95', 'worst', '+ median', '+ p95'));
  for (const { name, floor } of contenders) {
    const all = found.get(name)!.flat();
    const bare = floor === undefined ? undefined : found.get(floor)!.flat();
    const added = bare === undefined ? [] : [0.5, 0.95].map((share) => quantile(all, share) - quantile(bare, share));
    row(
      name,
      [0.5, 0.95, 1].map((share) => shown(quantile(all, share), 1)).concat(added.map((value) => shown(value, 1))),
    );
  }
}

async function bench(stack: AsyncDisposableStack, folder: string): Promise<void> {
  const client = stack.use(forked('./client.ts', [String(messages)]));
  const [{ records }] = (await once(client.process, 'message')) as [{ readonly records: TextRecords }];
  const dns = stack.use(forked('./name-server.ts', [DNS_ADDRESS]));
  dns.process.send(records);
  await once(dns.process, 'message');
  const look = (port: number) => mailed(client, { port, connections: 1, count: 1, to: domains.sample });
  const { contenders, address, missing } = await startField(stack, { folder, rows }, look);
  for (const text of missing) console.log(`left out: ${text}`);

  console.log(`${messages} messages of 20 KB over ${connections} connections, median of ${rounds} rounds`);
  // A server that has just started compiles its own code first.
  for (const contender of contenders) await throughput(client, contender, messages);
  showRates(await interleaved(contenders, rounds, (contender) => throughput(client, contender, messages)));

  const wait = async ({ port }: Contender): Promise<readonly number[]> => {
    const sent = await mailed(client, { port, connections: 1, count: Math.ceil(waits / rounds), rate: RATE });
    return sent.waits;
  };
  console.log(`\nms from the final dot to the 250, ${waits} messages at ${RATE} a second, nobody hunts`);
  showWaits(contenders, await interleaved(contenders, rounds, wait));
  await using hunter = startHunting(address);
  const hunted = await interleaved(contenders, rounds, wait);
  console.log(`\nthe same while one client hunts in ${rows} rows of mail (${hunter.answered} hunts answered)`);
  showWaits(contenders, hunted);
  console.log(`\nload ${loadavg()[0]!.toFixed(1)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'mailhunt-bench-gate-'));
chmodSync(folder, 0o755);
try {
  if (values.apart) {
    await using stack = new AsyncDisposableStack();
    await bench(stack, folder);
  } else process.exitCode = await runApart(folder, '--apart');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
