import { MailhuntError } from '../../errors/index.ts';
import type { Answer, StoredFunction, Warning } from '../../kql/index.ts';
import type { Column } from '../../values/index.ts';
import { lookBackOf } from '../prove/look-back.ts';
import { fires, triggerWords } from '../prove/trigger.ts';
import type { Rule } from '../rule.ts';
import { framedQuery } from './framed-query.ts';

/** Whoever answers queries over a store: a session. */
export interface Answering {
  query(
    text: string,
    options: {
      readonly now: bigint;
      readonly parameters: Readonly<Record<string, string>>;
      readonly signal: AbortSignal;
    },
  ): Promise<Answer>;
}

/** With what, and how, rules are run. */
export interface RunMeans {
  readonly store: Answering;
  /** Datetime ticks. */
  readonly now: bigint;
  readonly signal: AbortSignal;
  readonly functions: readonly StoredFunction[];
  /** Values for `declare query_parameters`; those that the rule does not declare are not given to it. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Rows of the result that are kept; the others are counted. */
  readonly rows: number;
  /** True where a scheduled rule is to see more than the rows of its look-back: all there are. */
  readonly isWhole: boolean;
  /** Milliseconds that only grow. */
  readonly stopwatch: () => number;
}

/** What a rule found in a store. */
export interface RuleRun {
  readonly rule: Rule;
  readonly count: number;
  readonly hasFired: boolean;
  /** When it fires, in words, where that is not just any row. */
  readonly trigger: string | undefined;
  /** Milliseconds before now that it sees; undefined where its own time filters alone count. */
  readonly lookBack: number | undefined;
  readonly columns: readonly Column[];
  /** The first rows, each the text of a JSON array. */
  readonly rows: readonly string[];
  /** With places in the rule's query. */
  readonly warnings: readonly Warning[];
  readonly milliseconds: number;
}

/**
 * Runs a rule over a store. A scheduled rule sees the rows of its look-back alone, as where it is deployed; for others the
 * time filters of the query count.
 *
 * @throws MailhuntError KQL…, with places in the rule's query; RULE0021 where it has several results
 */
export async function runRule(rule: Rule, means: RunMeans): Promise<RuleRun> {
  const { store, now, signal, stopwatch } = means;
  const began = stopwatch();
  const lookBack = means.isWhole ? undefined : lookBackOf(rule);
  const from = lookBack === undefined ? undefined : now - BigInt(lookBack) * TICKS;
  const framed = framedQuery(rule.query, { functions: means.functions, from });
  try {
    const parameters = declaredOf(rule.query, means.parameters);
    const answer = await store.query(framed.text, { now, parameters, signal });
    const [table, ...others] = answer.tables;
    if (table === undefined || others.length > 0) throw new MailhuntError('RULE0021', { count: answer.tables.length });
    const rows: string[] = [];
    let count = 0;
    for await (const block of table.blocks) {
      signal.throwIfAborted();
      count += block.length;
      rows.push(...block.slice(0, Math.max(0, means.rows - rows.length)));
    }
    return {
      rule,
      count,
      hasFired: fires(rule, count),
      trigger: triggerWords(rule),
      lookBack,
      columns: table.columns,
      rows,
      warnings: answer.warnings.map(({ span, ...warning }) => {
        const own = span && framed.spanOf(span);
        return own === undefined ? warning : { ...warning, span: own };
      }),
      milliseconds: stopwatch() - began,
    };
  } catch (error) {
    throw framed.placed(error);
  }
}

/** Ticks of a millisecond. */
const TICKS = 10_000n;

/** The values for parameters whose names the query has: a folder of rules takes one set of values. */
export const declaredOf = (query: string, given: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  /\bquery_parameters\b/.test(query)
    ? Object.fromEntries(Object.entries(given).filter(([name]) => query.includes(name)))
    : {};

/** Whether an error is about a rule and its query, and not about the store or this program. */
export const isOfRule = (error: unknown): error is MailhuntError =>
  error instanceof MailhuntError && /^(?:KQL|RULE)/.test(error.code);
