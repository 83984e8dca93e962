import type { Reading } from '../../kql/index.ts';
import { timeFilters } from '../lint/deploy/time-filter.ts';
import { argumentsOf, calledName, nodesOfKind } from '../lint/nodes.ts';
import { readQuery } from '../lint/read-query.ts';
import { targetSchema } from '../lint/target-schema.ts';
import { lookBackOf } from '../prove/look-back.ts';
import { tablesRead } from '../prove/tables-read.ts';
import { namedTables } from '../read/named-tables.ts';
import type { Rule } from '../rule.ts';

/** What a rule needs of the store that it runs on, as far as its text says. */
export interface Needs {
  readonly tables: readonly string[];
  /** Milliseconds: the longest of its time filters and of the look-back of its schedule; undefined where neither is there. */
  readonly lookBack: number | undefined;
  /** Aliases of watchlists. */
  readonly watchlists: readonly string[];
  /** Parameters that have no default. */
  readonly parameters: readonly string[];
  /** Addresses that `externaldata` reads. */
  readonly addresses: readonly string[];
}

/** What a rule needs; `now` in datetime ticks. */
export function needsOf(rule: Rule, now: bigint): Needs {
  const { reading } = readQuery(rule.query, targetSchema('mailhunt').catalog, now);
  const backs = reading === undefined ? [] : timeFilters(reading).map(({ back }) => back);
  const lookBack = Math.max(lookBackOf(rule) ?? 0, ...backs);
  return {
    tables: tablesOf(rule, reading),
    lookBack: lookBack > 0 ? lookBack : undefined,
    watchlists: reading === undefined ? [] : watchlistsOf(reading),
    parameters: reading === undefined ? [] : parametersOf(reading),
    addresses: reading === undefined ? [] : addressesOf(reading),
  };
}

/** Those of its plans; what it names where there is no plan. */
function tablesOf(rule: Rule, reading: Reading | undefined): readonly string[] {
  const read = new Set(reading?.plans.flatMap((plan) => [...tablesRead(plan)]));
  return read.size > 0 ? [...read] : namedTables(rule.query);
}

const distinct = (texts: readonly (string | undefined)[]): readonly string[] => [
  ...new Set(texts.filter((text) => text !== undefined)),
];

/** Aliases of the watchlists that a query asks for. */
export const watchlistsOf = ({ root }: Reading): readonly string[] =>
  distinct(
    nodesOfKind(root, 'FunctionCallExpression')
      .filter((node) => calledName(node) === '_getwatchlist')
      .map((node) => argumentsOf(node)[0]?.literal),
  );

const parametersOf = ({ root }: Reading): readonly string[] =>
  distinct(
    nodesOfKind(root, 'QueryParametersStatement')
      .flatMap((statement) => nodesOfKind(statement, 'FunctionParameter'))
      .filter((parameter) => parameter.child('DefaultValue') === undefined)
      .map((parameter) => parameter.child('NameAndType')?.child('Name')?.text),
  );

const addressesOf = ({ root }: Reading): readonly string[] =>
  distinct(
    nodesOfKind(root, 'ExternalDataExpression')
      .flatMap((node) => nodesOfKind(node, 'StringLiteralExpression'))
      .map(({ literal }) => literal)
      .filter((text) => text !== undefined && /^[a-z]+:\/\//i.test(text)),
  );
