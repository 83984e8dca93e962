import { readText } from '../../kql/index.ts';
import type { Rule } from '../rule.ts';
import type { Around, Bench } from './bench.ts';
import { Trace } from './trace.ts';

/**
 * What may help to see why a query gives no row over what the bench holds: where the last rows get lost, and what the
 * engine warns of.
 *
 * @param rows how many it gave
 */
export async function hintsFor(rule: Rule, around: Around, bench: Bench, rows: number): Promise<readonly string[]> {
  try {
    const lost = rows > 0 ? undefined : await whereLost(rule, around, bench);
    return [...(lost === undefined ? [] : [lost]), ...(await bench.warnings(rule.query, around))];
  } catch (error) {
    if (bench.isStopped) throw error;
    // A part of a query may not run by itself; then there is no hint.
    return [];
  }
}

function whereLost(rule: Rule, around: Around, bench: Bench): Promise<string | undefined> {
  const { root } = readText(rule.query, { catalog: bench.catalog, ...around });
  const trace = new Trace(root, {
    count: (text) => bench.count(text, around),
    placeOf: (offset) => rule.placeOf(offset),
  });
  return trace.run();
}
