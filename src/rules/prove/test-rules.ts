import type { MailhuntError } from '../../errors/index.ts';
import { type Mutations, mutate } from '../mutate/mutate.ts';
import { readRules } from '../read/read-rules.ts';
import { Bench } from './bench.ts';
import { type Companion, companionsOf } from './companions.ts';
import { labMailroom } from './lab-mailroom.ts';
import type { Proof } from './proof.ts';
import { prove, unproved } from './prove.ts';
import type { TestRun } from './report-json.ts';
import type { Means } from './stage.ts';

/** What is to be tested, and how. */
export interface TestOptions {
  readonly paths: readonly string[];
  readonly variations: number;
  readonly seed: number;
  /** One clock for all tests, milliseconds since 1970. */
  readonly now?: number;
  /** Whether rules whose tests hold are changed to see what the tests notice. */
  readonly mutate: boolean;
  /** Whether mail has the words of the header in AuthenticationDetails, as `mailhunt ingest` writes them. */
  readonly withHeaderForm: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds that only grow. */
  readonly stopwatch: () => number;
  /** Told what is being done, in words. */
  readonly progress?: (text: string) => void;
}

/**
 * Proves the rules of files and folders by the tests beside them.
 *
 * @example (await testRules({ paths: ['rules'], variations: 20, seed: 1, mutate: false, … })).proofs[0].verdict // 'proved'
 */
export async function testRules(options: TestOptions): Promise<TestRun> {
  const { paths, variations, seed, signal, withHeaderForm } = options;
  const [read, mailroom] = await Promise.all([
    readRules(paths, signal === undefined ? {} : { signal }),
    labMailroom({ withHeaderForm }),
  ]);
  const { companions, problems } = await companionsOf(read.rules, paths, mailroom.names);
  const told = await inLanes(companions, signal, (companion, bench, about) =>
    testOne(companion, { bench, mailroom, functions: read.functions, stopwatch: options.stopwatch }, options, about),
  );
  return {
    seed,
    variations,
    proofs: told.map(({ proof }) => proof),
    ...(options.mutate ? { mutations: told.flatMap(({ mutations }) => mutations ?? []) } : {}),
    problems: [...read.problems, ...mailroom.problems, ...problems],
  };
}

interface Told {
  readonly proof: Proof;
  readonly mutations?: Mutations;
}

/** Rules that are tested at a time: the engine works in a thread of its own for each. */
const LANES = 2;

/** Does the work for each item, on a bench for each lane; the results are in the order of the items. */
async function inLanes<T>(
  items: readonly Companion[],
  signal: AbortSignal | undefined,
  work: (item: Companion, bench: Bench, about: string) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    await using bench = await Bench.open(signal);
    for (let i = next++; i < items.length; i = next++)
      results[i] = await work(items[i]!, bench, `${i + 1} of ${items.length} ${items[i]!.rule.name}`);
  };
  const lanes = Array.from({ length: Math.min(LANES, items.length) }, lane);
  for (const { status, ...end } of await Promise.allSettled(lanes))
    if (status === 'rejected') throw (end as PromiseRejectedResult).reason;
  return results;
}

async function testOne(companion: Companion, means: Means, options: TestOptions, about: string): Promise<Told> {
  const { seed, now, variations, progress = () => {} } = options;
  const { rule, tests, problem } = companion;
  if (problem !== undefined) return { proof: refused(companion) };
  const playing = { seed, ...(now === undefined ? {} : { now }) };
  const told = (test: string) => progress(`${about}: ${test}`);
  const proof = await prove(rule, tests, means, { ...playing, variations, progress: told });
  if (!options.mutate || tests === undefined || !['proved', 'unproved'].includes(proof.verdict)) return { proof };
  const left = (count: number) => progress(`${about}: ${count} changes unnoticed`);
  return { proof, mutations: await mutate(rule, tests, means, { ...playing, progress: left }) };
}

/** A rule whose tests cannot be read. */
const refused = ({ rule, problem }: Companion): Proof => ({
  ...unproved(rule, undefined),
  verdict: 'refused',
  refusal: problem as MailhuntError,
});
