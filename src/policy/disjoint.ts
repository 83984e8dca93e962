import { isChange, type PolicyRule } from './policy.ts';

/** Predicates of which a message has exactly one value: two tests without a common one exclude each other. */
export const singleValued: ReadonlySet<string> = new Set([
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

/** True where no message can meet both rules: they ask for different words of one verdict. */
export function areDisjoint(one: PolicyRule, other: PolicyRule): boolean {
  return [...singleValued].some((predicate) => {
    const [mine, theirs] = [one, other].map((rule) => asked(rule, predicate));
    return mine!.some((words) => theirs!.some((more) => !words.some((word) => more.includes(word))));
  });
}

const asked = ({ when }: PolicyRule, predicate: string): readonly (readonly string[])[] =>
  when
    .flatMap(({ tests }) => tests)
    .filter((test) => test.predicate === predicate)
    .map(({ value }) => (Array.isArray(value) ? value : [value]));

/** True for a rule after which no other is asked for a message. */
export const endsAsking = ({ do: actions, stop }: PolicyRule): boolean => stop || actions.some((one) => !isChange(one));
