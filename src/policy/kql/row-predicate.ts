import { MailhuntError } from '../../errors/index.ts';
import { compile, evaluate, type Row, type Scalar } from '../../kql/index.ts';
import { bareCatalog } from '../../store/index.ts';

/** A KQL predicate over a row of EmailEvents, decided without a database. */
export interface RowPredicate {
  readonly source: string;
  readonly holds: (row: Row) => boolean;
}

const LONGEST = 10_000;
/** Two moments that differ in everything that now() could decide. */
const MOMENTS = [630_000_000_000_000_000n, 640_123_456_789_012_345n] as const;

/**
 * Reads a predicate: what may stand behind `EmailEvents | where`, with the meaning that it has there.
 *
 * @param refuse told why it cannot be had: not KQL, no bool, asks the time or other rows
 * @example rowPredicate('SenderDisplayName has "CEO"', refuse).holds(new Map([['SenderDisplayName', 'the CEO']])) // true
 */
export function rowPredicate(source: string, refuse: (why: string) => never): RowPredicate {
  if (source.length > LONGEST) refuse(`the predicate is longer than ${LONGEST} characters`);
  const [one, other] = MOMENTS.map((now) => scalarOf(source, now, refuse)) as [Scalar, Scalar];
  if (written(one) !== written(other)) refuse('the predicate asks what time it is, which a policy must not depend on');
  const holds = (row: Row): boolean => evaluate(one, row) === true;
  try {
    holds(new Map());
  } catch (error) {
    refuse(wordsOf(error));
  }
  return { source, holds };
}

function scalarOf(source: string, now: bigint, refuse: (why: string) => never): Scalar {
  try {
    const text = `EmailEvents\n| project Holds = (\n${source}\n)`;
    const { tables, warnings } = compile(text, { catalog: bareCatalog(), now });
    const [table] = tables;
    const plan = table?.plan;
    if (tables.length !== 1 || plan?.kind !== 'project' || plan.input.kind !== 'scan' || plan.columns.length !== 1)
      return refuse('it is more than a predicate');
    if (plan.schema[0]?.type !== 'bool') return refuse(`it gives ${plan.schema[0]?.type}, and a predicate gives bool`);
    if (warnings.length > 0) return refuse(warnings.map(({ message }) => message).join('; '));
    return plan.columns[0]!.value;
  } catch (error) {
    return refuse(wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof MailhuntError) return `the predicate cannot be used: ${error.message}`;
  throw error;
}

const written = (scalar: Scalar): string =>
  JSON.stringify(scalar, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
