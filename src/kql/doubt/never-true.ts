import type { Warning } from '../run/answer.ts';
import type { Engine } from '../run/engine.ts';
import { hasRow } from '../run/has-row.ts';

/** A predicate that may never be true: what looks for a row, and what to say where there is none. Plain data. */
export interface DoubtCheck {
  /** Gives one row where one is at hand. */
  readonly sql: string;
  readonly warning: Warning;
}

/** A warning for each doubtful predicate that no row at hand makes true. Silence is what makes such a hunt dangerous. */
export async function neverTrue(
  doubts: readonly DoubtCheck[],
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<Warning[]> {
  const warnings: Warning[] = [];
  for (const { sql, warning } of doubts) if (!(await hasRow(sql, engine, signal))) warnings.push(warning);
  return warnings;
}
