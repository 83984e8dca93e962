import { improve } from '../../../src/kql/improve/index.ts';
import type { RunContext } from '../../../src/kql/index.ts';
import { bindAndLower } from '../../../src/kql/lower/index.ts';
import type { Plan } from '../../../src/kql/plan/index.ts';
import { learnColumns } from '../../../src/kql/stages/learn.ts';

/** The plan of one result table, as the text says it and as it is printed. */
export interface BothPlans {
  readonly lowered: Plan;
  readonly improved: Plan;
}

/** The plans of a query text. */
export async function plansOf(text: string, context: RunContext): Promise<BothPlans[]> {
  const { tables } = await learnColumns(text, context, (learned) => bindAndLower(learned, context));
  return tables.map(({ plan }) => ({ lowered: plan, improved: improve(plan) }));
}
