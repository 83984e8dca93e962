import { readQuery } from '../lint/read-query.ts';
import { targetSchema } from '../lint/target-schema.ts';
import type { Rule } from '../rule.ts';
import { givesNothing } from './gives-nothing.ts';

/** Tables and watchlists by name. */
export interface Sources {
  readonly tables: readonly string[];
  readonly lists: readonly string[];
}

/** Rows of a list that has some: none of them is looked at. */
const some = { rows: '[[]]' };

/**
 * Which of the tables and lists without rows keep a rule from finding anything: those that would help if they had rows, each
 * by itself; all of them where none helps alone. None where the rule can find something all the same, or it is not known.
 *
 * @param empty what the rule reads and has no rows
 * @param filled aliases of the lists that it reads and that have rows
 * @param now datetime ticks
 */
export function blockersOf(rule: Rule, empty: Sources, filled: readonly string[], now: bigint): Sources {
  const none: Sources = { tables: [], lists: [] };
  if (empty.tables.length + empty.lists.length === 0) return none;
  const findsNothing = (without: { readonly table?: string; readonly list?: string } = {}): boolean => {
    const lists = [...filled, ...(without.list === undefined ? [] : [without.list])];
    const loaded = new Map(lists.map((alias) => [`_GetWatchlist ${JSON.stringify([alias])}`, some]));
    const { reading } = readQuery(rule.query, targetSchema('mailhunt').catalog, now, loaded);
    const tables = new Set(empty.tables.filter((name) => name !== without.table));
    const plans = reading?.plans ?? [];
    return plans.length > 0 && plans.every((plan) => givesNothing(plan, tables));
  };
  // with columns that are chosen a list is asked for by another name, and would pass for empty
  if (/_GetWatchlist\s*\([^()]*,/.test(rule.query) || !findsNothing()) return none;
  const found: Sources = {
    tables: empty.tables.filter((table) => !findsNothing({ table })),
    lists: empty.lists.filter((list) => !findsNothing({ list })),
  };
  return found.tables.length + found.lists.length > 0 ? found : empty;
}
