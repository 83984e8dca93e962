import type { Diagnostic, Reading } from '../../../kql/index.ts';
import type { Finding, Lint, Subject } from '../lint.ts';

/** Names that the target does not know are findings of the lints about its schema. */
const unknownNames = new Set(['KS142', 'KS204', 'KS211']);

export const doesNotParse: Lint = {
  id: 'MH401',
  name: 'does-not-parse',
  group: 'file',
  severity: 'error',
  summary: 'The query is no KQL: it would be refused wherever it is put.',
  why: 'Microsoft’s own parser and binder read the text against the tables of the target. What they refuse, the portals refuse too, and a rule that cannot be saved protects nobody. Names of tables, columns and functions that are not known are findings of other lints.',
  source: 'https://learn.microsoft.com/kusto/query/syntax-conventions',
  examples: [
    { wrong: 'EmailEvents\n| wher Subject has "invoice"', right: 'EmailEvents\n| where Subject has "invoice"' },
    {
      wrong: 'EmailEvents\n| where Subject has ("invoice"',
      right: 'EmailEvents\n| where Subject has ("invoice")',
    },
    {
      wrong: 'EmailEvents\n| summarize count() by SenderFromDomain\n| project-away dcount(SenderFromDomain)',
      right: 'EmailEvents\n| summarize count() by SenderFromDomain\n| project-away *1',
    },
    { wrong: '.show tables', right: 'search "invoice"' },
  ],
  check,
};

function* check({ reading, unread }: Subject): Iterable<Finding> {
  if (unread !== undefined) {
    const message = `The query cannot be read: ${unread.message}.`;
    yield unread.span === undefined ? { message } : { span: unread.span, message };
    return;
  }
  const [first, ...more] = reading === undefined ? [] : mistakesIn(reading);
  if (first === undefined) return;
  // what comes behind a mistake is mostly misread because of it
  const others = more.length === 0 ? '' : ` Behind it the parser meets ${more.length} more.`;
  yield { span: first.span, message: `The query is refused (${first.code}): ${sentence(first.message)}${others}` };
}

function mistakesIn({ text, diagnostics }: Reading): Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'Error');
  const hasUnknown = errors.some(({ code }) => unknownNames.has(code));
  return errors.filter(({ code, span }) => {
    if (unknownNames.has(code)) return false;
    // `project-away *1` where no column ends in 1: the editor objects, the engine does not
    if (code === 'KS109' && text.slice(span.start, span.start + span.length).includes('*')) return false;
    // what is wrong with a type may follow from a name that is not known
    return !hasUnknown || isSyntax(code);
  });
}

/** Codes below 100 are of the parser, as are some of operators that stand where none may; the others are of the binder. */
const isSyntax = (code: string): boolean => /^KS(?:0\d\d|17[4-7]|198)$/.test(code);

/** On one line, with a full stop. */
const sentence = (words: string): string => `${words.replaceAll(/\s+/g, ' ').replace(/[.\s]+$/, '')}.`;
