import { singleValued } from '../disjoint.ts';
import type { Asked } from './implies.ts';

/** What the value of one predicate leaves of another (docs/composite-authentication.md, RFC 9989). */
const consequences: readonly {
  readonly of: string;
  readonly values: readonly string[];
  readonly on: string;
  readonly only: RegExp;
}[] = [
  // 7xx is Microsoft's own, for a sender whose past it knows.
  { of: 'CompAuth', values: ['pass'], on: 'CompAuthReason', only: /^[17]/ },
  { of: 'CompAuth', values: ['fail'], on: 'CompAuthReason', only: /^[06]/ },
  { of: 'CompAuth', values: ['softpass'], on: 'CompAuthReason', only: /^2/ },
  { of: 'DMARC', values: ['pass'], on: 'Aligned', only: /^(?:spf|dkim)$/ },
  { of: 'DMARC', values: ['none', 'bestguesspass'], on: 'DMARCPolicy', only: /^none$/ },
  { of: 'DMARC', values: ['fail'], on: 'DMARCPolicy', only: /^(?:none|quarantine|reject)$/ },
];

/** Predicates of tests that others can exclude. */
export const canExclude: ReadonlySet<string> = new Set([
  ...singleValued,
  ...consequences.flatMap(({ of, on }) => [of, on]),
]);

/** True where no message can meet both tests. */
export const excludes = (one: Asked, other: Asked): boolean =>
  one.predicate === other.predicate
    ? singleValued.has(one.predicate) && !one.values.some((value) => other.values.includes(value))
    : leavesNothing(one, other) || leavesNothing(other, one);

function leavesNothing(one: Asked, other: Asked): boolean {
  const rows = consequences.filter(({ of, on }) => of === one.predicate && on === other.predicate);
  return (
    rows.length > 0 &&
    one.values.every((value) => {
      const row = rows.find(({ values }) => values.includes(value));
      return row !== undefined && !other.values.some((each) => row.only.test(each));
    })
  );
}

/** The first two of some tests that no message can meet both of. */
export function contradictionIn(asked: readonly Asked[]): readonly [at: number, other: number] | undefined {
  for (const [at, one] of asked.entries()) {
    const other = asked.findIndex((each, index) => index > at && excludes(one, each));
    if (other >= 0) return [at, other];
  }
  return undefined;
}
