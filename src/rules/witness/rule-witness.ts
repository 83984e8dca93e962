import { compileOn, givesRow, type Plan, type StoredFunction } from '../../kql/index.ts';
import type { Sandbox } from '../../store/index.ts';
import { type GivenList, surroundingsWith } from '../../surroundings/index.ts';
import type { FilePlace, Rule } from '../rule.ts';
import { withinSeconds } from '../time-limit.ts';
import { batchesOf } from './batches.ts';
import { listings, withLists } from './lists.ts';
import { type MessageWitness, messageOf } from './message.ts';
import { unpackedWitnessOf } from './unpacked.ts';
import type { Obstacle, Witness, WitnessContext, WitnessRow } from './witness.ts';

/** What a search works with. */
export interface WitnessMeans {
  readonly sandbox: Sandbox;
  /** What `now()` says, datetime ticks. */
  readonly now: bigint;
  readonly seed: number;
  /** How often it is tried. @default 24 */
  readonly attempts?: number;
  /** How long it may take. @default 60 */
  readonly seconds?: number;
  /** Stored functions that the query may call. */
  readonly functions?: readonly StoredFunction[];
  /** The columns of the watchlists that it may read; their rows are found. */
  readonly lists?: Readonly<Record<string, GivenList>>;
  /** Domains in whose name a message may be made, beside those that nobody has. */
  readonly own?: readonly string[];
  readonly signal?: AbortSignal;
}

/** What stands in the way of a rule. */
export interface WitnessObstacle {
  readonly kind: Obstacle['kind'];
  /** The predicate as it is written; empty where it is not one alone. */
  readonly text: string;
  readonly place: FilePlace | undefined;
}

/** A rule that was made to fire, or why it was not. */
export interface RuleWitness {
  readonly rule: Rule;
  readonly witness: Witness | undefined;
  /** A message that leaves such rows, where one can be written. */
  readonly message: MessageWitness | undefined;
  /** Empty where there is a witness. */
  readonly obstacles: readonly WitnessObstacle[];
}

/**
 * Builds rows that make a rule fire, from its query alone: the real engine has run the query's plan over them.
 *
 * @throws MailhuntError KQL0001 and others where the query does not compile; RULE0023 where it takes too long
 * @example (await witnessRule(rule, { sandbox, now, seed: 1 })).witness?.rows[0]?.cells.get('EmailDirection') // 'Inbound'
 */
export async function witnessRule(rule: Rule, means: WitnessMeans): Promise<RuleWitness> {
  return withinSeconds(means.seconds ?? SECONDS, means.signal, (signal) => searched(rule, { ...means, signal }));
}

/** A search that takes longer has met a query that blows up. */
const SECONDS = 60;

async function searched(rule: Rule, means: WitnessMeans): Promise<RuleWitness> {
  const search = new RuleSearch(means);
  const { witness, obstacles } = await search.find(rule.query);
  const message = witness && (await messageOf(witness, (found) => search.fires(rule.query, found), means));
  return { rule, witness, message, obstacles: distinct(obstacles.map((one) => told(one, rule))) };
}

class RuleSearch {
  readonly #means: WitnessMeans;
  readonly #learned: WitnessRow[] = [];
  #serial = 0;

  constructor(means: WitnessMeans) {
    this.#means = means;
  }

  find(query: string) {
    const { sandbox } = this.#means;
    return unpackedWitnessOf(query, this.#context(), {
      catalog: () => sandbox.catalog,
      add: async (rows) => {
        this.#learned.push(...rows);
        await sandbox.fill(batchesOf(this.#learned));
      },
    });
  }

  #context(): WitnessContext {
    const { sandbox, now, seed, attempts, functions = [], lists = {}, signal } = this.#means;
    return {
      catalog: sandbox.catalog,
      engine: sandbox.engine,
      now,
      seed,
      surroundings: surroundingsWith({ lists, functions, updated: now }),
      serial: () => ++this.#serial,
      trial: async (plan, witness) => {
        await sandbox.fill(batchesOf([...this.#learned, ...witness.rows]));
        return givesRow(withLists(plan, witness.lists), this.#engine());
      },
      ...(attempts === undefined ? {} : { attempts }),
      ...(signal === undefined ? {} : { signal }),
    };
  }

  #engine() {
    const { sandbox, signal } = this.#means;
    return { catalog: sandbox.catalog, engine: sandbox.engine, ...(signal === undefined ? {} : { signal }) };
  }

  /** Whether the query finds something over what the sandbox holds now, with the lists of a witness. */
  async fires(query: string, witness: Witness): Promise<boolean> {
    for (const plan of await this.#plansOf(query, witness)) if (await givesRow(plan, this.#engine())) return true;
    return false;
  }

  async #plansOf(query: string, { lists }: Witness): Promise<Plan[]> {
    const context = this.#context();
    const known = listings();
    const { tables } = await compileOn(query, { ...context, surroundings: known.around(context.surroundings) });
    return tables.map(({ plan }) => withLists(plan, lists));
  }
}

function told({ kind, span }: Obstacle, rule: Rule): WitnessObstacle {
  if (span === undefined || span.start + span.length > rule.query.length) return { kind, text: '', place: undefined };
  return { kind, text: rule.query.slice(span.start, span.start + span.length), place: rule.placeOf(span.start) };
}

const distinct = (obstacles: readonly WitnessObstacle[]): readonly WitnessObstacle[] => [
  ...new Map(obstacles.map((one) => [JSON.stringify([one.kind, one.text, one.place]), one])).values(),
];
