import type { PolicyRule, Test } from '../policy.ts';
import { alternativesOf } from './implies.ts';

/** Predicates of which a message has exactly one value: two tests without a common one exclude each other. */
const single: ReadonlySet<string> = new Set([
  'DMARC',
  'DMARCPolicy',
  'SPF',
  'CompAuth',
  'CompAuthReason',
  'ARC',
  'FirstContact',
  'Carrier',
  'FromScope',
]);

/** What the value of one predicate leaves of another (docs/composite-authentication.md, RFC 9989). */
const consequences: readonly {
  readonly of: string;
  readonly value: RegExp;
  readonly on: string;
  readonly only: RegExp;
}[] = [
  { of: 'CompAuth', value: /^"pass"$/, on: 'CompAuthReason', only: /^"1/ },
  { of: 'CompAuth', value: /^"fail"$/, on: 'CompAuthReason', only: /^"[06]/ },
  { of: 'CompAuth', value: /^"softpass"$/, on: 'CompAuthReason', only: /^"2/ },
  { of: 'DMARC', value: /^"pass"$/, on: 'Aligned', only: /^"(?:spf|dkim)"$/ },
  { of: 'DMARC', value: /^"(?:none|bestguesspass)"$/, on: 'DMARCPolicy', only: /^"none"$/ },
  { of: 'DMARC', value: /^"fail"$/, on: 'DMARCPolicy', only: /^"(?:none|quarantine|reject)"$/ },
];

/** Why no message can meet all conditions of a rule; undefined where one can, as far as the tests tell. */
export function contradictionIn({ when }: PolicyRule): string | undefined {
  const tests = when.flatMap((clause) => clause.tests);
  for (const [at, one] of tests.entries()) {
    for (const other of tests.slice(at + 1)) {
      const why = contradiction(one, other) ?? contradiction(other, one);
      if (why !== undefined) return why;
    }
  }
  return undefined;
}

function contradiction(one: Test, other: Test): string | undefined {
  const [left, right] = [alternativesOrValue(one), alternativesOrValue(other)];
  if (one.predicate === other.predicate) {
    return single.has(one.predicate) && !left.some((value) => right.includes(value)) ? said(one, other) : undefined;
  }
  const rows = consequences.filter(({ of, on }) => of === one.predicate && on === other.predicate);
  if (rows.length === 0) return undefined;
  const isPossible = left.some((value) => {
    const row = rows.find((each) => each.value.test(value));
    return row === undefined || right.some((each) => row.only.test(each));
  });
  return isPossible ? undefined : said(one, other);
}

const alternativesOrValue = (test: Test): readonly string[] => alternativesOf(test) ?? [JSON.stringify(test.value)];

const said = (one: Test, other: Test): string =>
  `${one.predicate}: ${one.written} and ${other.predicate}: ${other.written} exclude each other`;
