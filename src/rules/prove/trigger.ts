import type { Rule, Schedule } from '../rule.ts';

const operators: Readonly<
  Record<NonNullable<Schedule['triggerOperator']>, (rows: number, threshold: number) => boolean>
> = {
  gt: (rows, threshold) => rows > threshold,
  lt: (rows, threshold) => rows < threshold,
  eq: (rows, threshold) => rows === threshold,
  ne: (rows, threshold) => rows !== threshold,
};

/**
 * Whether a rule fires on so many rows: by its own trigger where it runs by a schedule, otherwise on any.
 *
 * @example fires({ kind: 'scheduled', schedule: { triggerOperator: 'gt', triggerThreshold: 3 } }, 3) // false
 */
export function fires({ kind, schedule }: Pick<Rule, 'kind' | 'schedule'>, rows: number): boolean {
  if (kind !== 'scheduled') return rows > 0;
  const { triggerOperator = 'gt', triggerThreshold = 0 } = schedule ?? {};
  return operators[triggerOperator](rows, triggerThreshold);
}

const words = { gt: 'more than', lt: 'fewer than', eq: 'exactly', ne: 'other than' } as const;

/** The trigger in words, where it is not just any row; `more than 3 rows`. */
export function triggerWords({ kind, schedule }: Pick<Rule, 'kind' | 'schedule'>): string | undefined {
  const { triggerOperator = 'gt', triggerThreshold = 0 } = schedule ?? {};
  if (kind !== 'scheduled' || (triggerOperator === 'gt' && triggerThreshold === 0)) return undefined;
  return `${words[triggerOperator]} ${triggerThreshold} ${triggerThreshold === 1 ? 'row' : 'rows'}`;
}
