import { text, wrong } from '../../yaml/index.ts';
import { type RowPredicate, rowPredicate } from '../kql/row-predicate.ts';
import { type Argument, byAnybody, type Predicate, predicate } from './predicate.ts';

const expression: Argument<RowPredicate> = {
  read: (spot) => rowPredicate(text(spot), (why) => wrong(spot, why)),
  schema: { type: 'string' },
};

/** What the other predicates do not ask. */
export const kqlPredicates: readonly Predicate[] = [
  predicate({
    name: 'KQL',
    about:
      'A KQL predicate holds for one of its rows in EmailEvents: whatever may stand behind `EmailEvents | where`, but the time, and what is known only after a message has come in (`DeliveryAction`, `ThreatTypes`).',
    example: '\'AttachmentCount > 3 and SenderDisplayName has "invoice"\'',
    argument: expression,
    // It may ask what the sender wrote, and nobody looks.
    isForgeable: byAnybody,
    test: ({ kql }, value) => kql(value),
    saw: ({ kql }, value) => {
      const holds = kql(value);
      return holds === undefined ? 'its row is not known' : `it ${holds ? 'holds' : 'does not hold'} for its row`;
    },
  }),
];
