/** What a rule can ask about a message: the table of predicates. */
import { authenticationPredicates } from './authentication.ts';
import { contentPredicates } from './content.ts';
import { evidencePredicates } from './evidence.ts';
import { headerPredicates } from './headers.ts';
import { kqlPredicates } from './kql.ts';
import type { Predicate } from './predicate.ts';
import { recipientPredicates } from './recipients.ts';
import { senderPredicates } from './sender.ts';

export { MOST_VALUES } from './arguments.ts';
export type { Answer, Argument, Asking, ExchangeForm, Predicate } from './predicate.ts';

export const predicateTable: readonly Predicate[] = [
  ...authenticationPredicates,
  ...evidencePredicates,
  ...headerPredicates,
  ...senderPredicates,
  ...recipientPredicates,
  ...contentPredicates,
  ...kqlPredicates,
];

const byName: ReadonlyMap<string, Predicate> = new Map(predicateTable.map((row) => [row.name, row]));

export const predicateNamed = (name: string): Predicate | undefined => byName.get(name);
