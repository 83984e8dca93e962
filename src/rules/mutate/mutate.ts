import { readText } from '../../kql/index.ts';
import { type Means, type ProveOptions, Stage } from '../prove/stage.ts';
import type { RuleTests } from '../prove/tests.ts';
import type { FilePlace, Rule } from '../rule.ts';
import { type Mutation, mutated } from './mutation.ts';
import { mutationsOf } from './mutations.ts';
import { type Mutant, Trial } from './trial.ts';

/** How much is tried. */
export interface MutateOptions extends Omit<ProveOptions, 'variations' | 'progress'> {
  /** Changes of one rule; of more, so many are taken evenly. @default 200 */
  readonly mutants?: number;
  /** Seconds for one rule. @default 120 */
  readonly seconds?: number;
  /** Told before each test how many changes are still unnoticed. */
  readonly progress?: (left: number, test: string) => void;
}

/** A change that no test notices. */
export interface Survivor extends Pick<Mutation, 'kind' | 'before' | 'after'> {
  /** In the rule's file. */
  readonly place: FilePlace;
}

/** What the tests of a rule notice. */
export interface Mutations {
  readonly rule: { readonly name: string; readonly path: string };
  /** Changes of which it is known whether a test notices them. */
  readonly tried: number;
  readonly noticed: number;
  readonly survivors: readonly Survivor[];
  /** Changes that were left out: they mean the same as the query or as another change. */
  readonly equal: number;
  /** The same: they do not compile. */
  readonly broken: number;
  /** The same: there were too many, or time did not suffice. */
  readonly cut: number;
  /** `noticed` of `tried`, 0 to 1; undefined where nothing was tried. */
  readonly score: number | undefined;
}

/**
 * Changes a rule's query, one small thing at a time, and names the changes that none of its tests notices. The tests have
 * to hold for the query as it is.
 *
 * @example (await mutate(rule, tests, means, { seed: 1 })).survivors[0]?.before // 'EmailDirection == "Inbound"'
 */
export async function mutate(rule: Rule, tests: RuleTests, means: Means, options: MutateOptions): Promise<Mutations> {
  const { seed, now, mutants: most = 200, seconds = 120, progress = () => {} } = options;
  const stage = new Stage(rule, tests, means, { variations: 1, seed, ...(now === undefined ? {} : { now }) });
  const clock = stage.round(undefined, 0).now;
  const { root } = readText(rule.query, { catalog: means.bench.catalog, ...stage.around(clock) });
  const all = mutationsOf(root).map((mutation) => ({ mutation, text: mutated(rule.query, mutation) }));
  const chosen = evenly(all, most);
  const trial = new Trial(stage, means, means.stopwatch() + seconds * 1000);
  const { alive, equal, broken, late } = await trial.distinct(chosen, clock);
  const survivors = await trial.survivors(alive, tests.tests, progress);
  const cut = all.length - chosen.length + late;
  const { name } = rule;
  const about = { rule: { name, path: rule.provenance.path }, equal, broken };
  // What some tests did not notice the others might have: nothing is said of it.
  if (survivors === undefined)
    return { ...about, tried: 0, noticed: 0, survivors: [], cut: cut + alive.length, score: undefined };
  const [tried, noticed] = [alive.length, alive.length - survivors.length];
  return {
    ...about,
    tried,
    noticed,
    survivors: survivors.map((mutant) => survivorOf(mutant, rule)),
    cut,
    score: tried === 0 ? undefined : noticed / tried,
  };
}

const survivorOf = ({ mutation: { kind, before, after, span } }: Mutant, rule: Rule): Survivor => ({
  kind,
  before,
  after,
  place: rule.placeOf(span.start),
});

const evenly = <T>(all: readonly T[], most: number): readonly T[] =>
  all.length <= most ? all : Array.from({ length: most }, (_, i) => all[Math.floor((i * all.length) / most)]!);
