import type { Finding, Lint, Subject } from '../lint.ts';

/** Signs that look like those of code and are none: what word processors put in. Blanks of all kinds Kusto takes as blanks. */
const replacements: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '−': '-',
  '\u2060': '',
};

const strange = /[“”„‘’–−\u2060]/g;
/** What a query may hold that is no code. */
const literalOrComment = /@?"(?:[^"\\\n]|\\.)*"|@?'(?:[^'\\\n]|\\.)*'|\/\/[^\r\n]*/g;

const typographic: Lint = {
  id: 'MH427',
  name: 'typographic-characters',
  group: 'file',
  severity: 'error',
  summary: 'The query has a typographic quote or dash where code is expected.',
  why: 'Text that went through a web page or a word processor comes back with curly quotes, en dashes and word joiners. They look right, and the parser refuses them. Inside of texts and comments they are left alone.',
  source: 'https://learn.microsoft.com/kusto/query/scalar-data-types/string',
  examples: [
    {
      wrong: 'EmailEvents\n| where Subject has “invoice”',
      right: 'EmailEvents\n| where Subject has "invoice"',
    },
    {
      wrong: 'EmailUrlInfo\n| extend Length = strlen(Url) – strlen(UrlDomain)',
      right: 'EmailUrlInfo\n| extend Length = strlen(Url) - strlen(UrlDomain)',
    },
  ],
  check,
};

function* check({ rule: { query } }: Subject): Iterable<Finding> {
  const texts = Array.from(
    query.matchAll(literalOrComment),
    ({ index, 0: text }) => [index, index + text.length] as const,
  );
  let next = 0;
  for (const { index, 0: char } of query.matchAll(strange)) {
    while (next < texts.length && texts[next]![1] <= index) next++;
    if (next < texts.length && texts[next]![0] <= index) continue;
    const code = `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    const span = { start: index, length: char.length };
    const instead = replacements[char]!;
    const words = instead === '' ? 'like nothing' : `like \`${instead}\``;
    yield {
      span,
      message: `Here stands ${code}, which looks ${words} and is refused.`,
      fix: [{ span, text: instead }],
    };
  }
}

const tabs: Lint = {
  id: 'MH428',
  name: 'tab-in-query',
  group: 'file',
  severity: 'note',
  summary: 'The query has tabs outside of texts.',
  why: 'YAML forbids tabs in its own indentation: a block that begins with one is refused, and editors that mix both move lines out of the block. Blanks are safe everywhere.',
  source: 'https://yaml.org/spec/1.2.2/#61-indentation-spaces',
  examples: [
    {
      wrong: 'name: Tabs\nquery: |\n  EmailEvents\n  |\twhere isnotempty(Subject)\n',
      right: 'name: Tabs\nquery: |\n  EmailEvents\n  |    where isnotempty(Subject)\n',
    },
  ],
  *check({ rule: { query, format } }) {
    if (format !== 'sentinel') return;
    const texts = Array.from(
      query.matchAll(literalOrComment),
      ({ index, 0: text }) => [index, index + text.length] as const,
    );
    const isText = (at: number) => texts.some(([start, end]) => start <= at && at < end);
    const first = Array.from(query.matchAll(/\t/g), ({ index }) => index).filter((at) => !isText(at));
    const [start] = first;
    if (start === undefined) return;
    yield {
      span: { start, length: 1 },
      message: `The query has ${first.length} tab${first.length === 1 ? '' : 's'}: write blanks.`,
      fix: first.map((at) => ({ span: { start: at, length: 1 }, text: '    ' })),
    };
  },
};

export const characterLints: readonly Lint[] = [typographic, tabs];
