import {
  type CallScalar,
  childrenOf,
  mapScalars,
  membersOf,
  type Plan,
  type Scalar,
  walk,
} from '../../../kql/index.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { withoutMember } from './dead-member.ts';
import { keyOf } from './key.ts';
import { quoted, textAt } from './telling.ts';

export const repeated: Lint = {
  id: 'MH112',
  name: 'repeated',
  group: 'logic',
  severity: 'note',
  summary: 'The same predicate, or the same member of a list, stands there twice.',
  why: 'It changes nothing. Often one of the two was meant to be another: a copied line whose value was not changed.',
  source: 'https://learn.microsoft.com/kusto/query/in-operator',
  examples: [
    {
      wrong: 'EmailEvents\n| where Subject has_any ("js", "vbs", "js")',
      right: 'EmailEvents\n| where Subject has_any ("js", "vbs")',
    },
    {
      wrong: 'EmailEvents\n| where Subject has "invoice" or Subject has "payment" or Subject has "invoice"',
      right: 'EmailEvents\n| where Subject has "invoice" or Subject has "payment"',
    },
  ],
  *check(subject) {
    yield* repeatedMembers(subject);
    yield* repeatedPredicates(subject);
  },
};

/** Operators whose lists are sets. */
const sets = new Set([
  ...['InExpression', 'InCsExpression', 'NotInExpression', 'NotInCsExpression', 'HasAnyExpression', 'HasAllExpression'],
]);

function* repeatedMembers({ reading }: Subject): Iterable<Finding> {
  if (reading === undefined) return;
  for (const node of walk(reading.root)) {
    if (!sets.has(node.kind)) continue;
    const isCased = /^!?in$/i.test(node.child('Operator')?.text ?? '');
    const seen = new Set<string>();
    for (const literal of membersOf(node.child('Right')?.child('Expressions'))) {
      if (literal.literal === undefined) continue;
      const text = isCased ? literal.literal : literal.literal.toLowerCase();
      const fix = seen.has(text) ? withoutMember(literal) : undefined;
      if (seen.has(text))
        yield {
          span: literal.span,
          message: `${quoted(literal.literal)} stands in this list before`,
          ...(fix && { fix }),
        };
      seen.add(text);
    }
  }
}

function* repeatedPredicates({ reading }: Subject): Iterable<Finding> {
  const found = new Map<string, CallScalar>();
  for (const plan of reading?.plans ?? []) lookIn(plan, reading!.text, found);
  for (const call of found.values())
    yield { ...(call.span && { span: call.span }), message: `${textAt(reading!, call)} stands there before` };
}

function lookIn(plan: Plan, text: string, found: Map<string, CallScalar>): void {
  mapScalars(plan, (scalar) => {
    lookInScalar(scalar, text, found);
    return scalar;
  });
  for (const child of childrenOf(plan)) lookIn(child, text, found);
}

/** Columns that a table does not have are all the same; so what is called repeated is written in the same words, too. */
function lookInScalar(scalar: Scalar, text: string, found: Map<string, CallScalar>): void {
  if (scalar.kind !== 'call') return;
  const seen = new Map<string, CallScalar>();
  for (const arg of scalar.name === 'and' || scalar.name === 'or' ? scalar.args : []) {
    if (arg.kind !== 'call' || arg.span === undefined) continue;
    const key = `${keyOf(arg)} ${wordsOf(text.slice(arg.span.start, arg.span.start + arg.span.length))}`;
    const before = seen.get(key);
    // what one text becomes twice, as the body of a function or `* has`, is written once
    if (before !== undefined && arg.span.start !== before.span?.start) found.set(`${arg.span.start}`, arg);
    seen.set(key, arg);
  }
  for (const arg of scalar.args) lookInScalar(arg, text, found);
}

const wordsOf = (text: string): string => text.replace(/\s+/g, '');
