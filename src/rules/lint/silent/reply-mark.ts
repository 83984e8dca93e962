import type { Lint } from '../lint.ts';
import { comparisonsOf } from '../nodes.ts';
import { traceOf } from './trace.ts';

/** `RE:` looked for in the middle of words. */
export const replyMarkInWords: Lint = {
  id: 'MH225',
  name: 'reply-mark-in-words',
  group: 'silent',
  severity: 'note',
  summary: 'The mark of a reply is looked for by `contains`, which also finds it at the end of other words.',
  why: [
    '`Subject contains "RE:"` is true for `Software: your licence`, `Future: the plan` and `Fire: leave the building`, as `contains` minds neither the',
    'borders of words nor the case: new mail counts as an answer in a conversation, and is left out where only new mail is looked for. Write `has "RE:"`,',
    'or `startswith "RE:"` where nothing is put before it.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/contains-operator',
  examples: [
    {
      wrong: 'EmailEvents | where Subject contains "RE:" or Subject contains "FW:"',
      right: 'EmailEvents | where Subject has "RE:" or Subject contains "FW:"',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const { node, operator, left, right } of comparisonsOf(reading.root)) {
      const words = operator === 'contains' ? wordsEndingIn[right[0]?.literal?.trim().toLowerCase() ?? ''] : undefined;
      const token = node.child('Operator');
      if (words === undefined || token === undefined || trace.originOf(left)?.column !== 'Subject') continue;
      yield {
        span: node.span,
        message: `contains also finds ${right[0]?.text} at the end of a word: "${words}".`,
        fix: [{ span: token.span, text: 'has' }],
      };
    }
  },
};

/** Marks of replies, with a subject that ends a word in the same letters. */
const wordsEndingIn: Readonly<Record<string, string>> = {
  're:': 'Software: your licence',
  'aw:': 'New law: what changes',
  'tr:': 'Your Str: 12',
  'sv:': 'Attached CSV: customers',
  'res:': 'Expires: tomorrow',
};
