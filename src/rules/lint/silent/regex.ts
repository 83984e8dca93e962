import type { SyntaxNode } from '../../../kql/index.ts';
import { type Constant, constantsOf } from '../constants.ts';
import type { Lint } from '../lint.ts';
import { argumentsOf, calledName, comparisonsOf, nodesOfKind } from '../nodes.ts';
import { mailRows } from './mail-rows.ts';
import { traceOf } from './trace.ts';

/** A regular expression that matches something else than it seems to. */
export const regexSaysOtherwise: Lint = {
  id: 'MH210',
  name: 'regex-says-otherwise',
  group: 'silent',
  severity: 'warning',
  summary: 'A regular expression matches something else than it seems to.',
  why: [
    '- A dot matches any character: `evil.com` matches `evilxcom` and `evil-com.example`. Write `evil\\.com` in a string with `@` before it.',
    '- `^a|b$` is "begins with a, or ends with b", not "is a or b": write `^(?:a|b)$`.',
    '- `[A-z]` also takes `[ \\ ] ^ _` and the backtick, which stand between `Z` and `a`: write `[A-Za-z]`.',
    '- `{a-z0-9}` is no class and no repetition but these characters in that order: write `[a-z0-9]`.',
    '- `"\\b"` in a string without `@` is the backspace character, not the border of a word.',
    '- `extract(regex, 1, text)` of a regex without a group gives nothing.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/regex',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromDomain matches regex @"^micros0ft.com$"',
      right: 'EmailEvents | where SenderFromDomain matches regex @"^micros0ft\\.com$"',
    },
    {
      wrong: 'EmailEvents | where SenderFromAddress matches regex @"^ceo@|cfo@|finance@example\\.test$"',
      right: 'EmailEvents | where SenderFromAddress matches regex @"^(?:ceo|cfo|finance)@example\\.test$"',
    },
    {
      wrong: 'EmailEvents | where Subject matches regex @"^[A-z]{8}$"',
      right: 'EmailEvents | where Subject matches regex @"^[A-Za-z]{8}$"',
    },
    {
      wrong: 'EmailEvents | where SenderFromDomain matches regex @"^{a-z0-9}+bank\\.test$"',
      right: 'EmailEvents | where SenderFromDomain matches regex @"^[a-z0-9]+bank\\.test$"',
    },
    {
      wrong: 'EmailEvents | where Subject matches regex "\\binvoice\\b"',
      right: 'EmailEvents | where Subject matches regex @"\\binvoice\\b"',
    },
    {
      wrong: 'EmailUrlInfo | extend Host = extract(@"https?://[^/]+", 1, Url)',
      right: 'EmailUrlInfo | extend Host = extract(@"https?://([^/]+)", 1, Url)',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    for (const pattern of patternsOf(reading.root))
      for (const { find, says } of mistakes) {
        const found = find(pattern.text);
        if (found !== undefined) yield { span: pattern.node.span, message: `${says(found)}.` };
      }
    yield* groupless(reading.root);
  },
};

interface Mistake {
  /** What is wrong in a pattern, as it is written. */
  readonly find: (pattern: string) => string | undefined;
  readonly says: (found: string) => string;
}

/** The longest pattern that is looked at; a longer one is a list that no person reads either. */
const longest = 4000;

const mistakes: readonly Mistake[] = [
  {
    find: bareDot,
    says: (found) => `The dot of "${found}" is not escaped and matches any character`,
  },
  {
    find: (pattern) =>
      /\\d\{1,3\}\.\\d|\\d\{1,3\}\.\)\{3\}|\[0-9\]\{1,3\}\.(?:\)\{3\}|\[)/.test(pattern) ? pattern : undefined,
    says: () => 'The dot between the numbers of the address is not escaped and matches any character',
  },
  {
    find: halfAnchored,
    says: (found) => `Only one branch of the alternation is bound by ${found}: the others match anywhere`,
  },
  {
    find: (pattern) => /\[[^\]]*A-z[^\]]*\]/.exec(pattern)?.[0],
    says: (found) => `${found} also takes the six characters between Z and a: [ \\ ] ^ _ and the backtick`,
  },
  {
    find: (pattern) => /(?<!\\[pP]|\\x|\\)\{[a-zA-Z]-[a-zA-Z]/.exec(withoutClasses(pattern))?.[0],
    says: (found) => `${found}… is no character class: the brace and what follows are taken as they stand`,
  },
  {
    find: (pattern) => (pattern.includes('\b') ? '\\b' : undefined),
    says: () => '\\b in a string without @ is the backspace character, not the border of a word',
  },
];

/** A dot as it stands before the end of a domain, or anywhere in a pattern that is a domain and nothing else. */
function bareDot(pattern: string): string | undefined {
  const plain = withoutClasses(pattern);
  const whole = /^\^?[a-z0-9-]{2,}(?:\.[a-z0-9-]{2,})+\$?$/i.exec(plain);
  return whole?.[0] ?? endOfDomain.exec(plain)?.[0];
}

const endOfDomain =
  /[a-z0-9)+}#]\.(?:com|net|org|info|biz|io|ru|cn|de|uk|app|dev|cloud|online|top|xyz|tech|example|test|microsoft)(?![a-z0-9-])/i;

/** A pattern with its character classes and escaped characters blanked: what is left stands for itself. */
const withoutClasses = (pattern: string): string =>
  pattern.replace(/\\./gs, '##').replace(/\[[^\]]*\]/g, (found) => '#'.repeat(found.length));

/** The anchor that only the first or only the last branch of the outermost alternation has. */
function halfAnchored(pattern: string): string | undefined {
  const branches = outermost(withoutClasses(pattern));
  const [first, last] = [branches[0], branches.at(-1)];
  if (first === undefined || last === undefined || branches.length < 2 || !branches.every(isPlain)) return undefined;
  const count = (test: (branch: string) => boolean): number => branches.filter(test).length;
  const [begins, ends] = [count((branch) => branch.startsWith('^')), count((branch) => branch.endsWith('$'))];
  const isFirst = begins === 1 && first.startsWith('^') && (ends === 0 || (ends === 1 && last.endsWith('$')));
  const isLast = ends === 1 && last.endsWith('$') && (begins === 0 || isFirst);
  if (isFirst && isLast) return '^ and another by $';
  return isFirst ? '^' : isLast ? '$' : undefined;
}

/** A branch of a few plain characters: what is bound and what not is then seldom meant. */
const isPlain = (branch: string): boolean => /^\^?[\w@#. -]{1,40}\$?$/.test(branch);

/** The branches of a pattern that stand in no group. */
function outermost(pattern: string): readonly string[] {
  const branches = [''];
  let depth = 0;
  for (const character of pattern) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === '|' && depth === 0) branches.push('');
    else branches[branches.length - 1] += character;
  }
  return branches;
}

/** The texts that stand where a regular expression does. */
function patternsOf(root: SyntaxNode): readonly Constant[] {
  const compared = comparisonsOf(root).flatMap(({ operator, right }) => (operator === 'matches regex' ? right : []));
  const called = nodesOfKind(root, 'FunctionCallExpression').flatMap((call) => {
    const at = positions[calledName(call) ?? ''];
    return at === undefined ? [] : argumentsOf(call).slice(at, at + 1);
  });
  const patterns = [...compared, ...called].flatMap((node) => constantsOf(node));
  return [...new Map(patterns.map((pattern) => [pattern.node, pattern])).values()].filter(
    ({ text }) => text.length <= longest,
  );
}

/** Which argument is the pattern. */
const positions: Readonly<Record<string, number>> = { extract: 0, extract_all: 0, replace_regex: 1, split_regex: 1 };

function* groupless(root: SyntaxNode): Generator<{ span: SyntaxNode['span']; message: string }> {
  for (const call of nodesOfKind(root, 'FunctionCallExpression')) {
    if (calledName(call) !== 'extract') continue;
    const [pattern, group] = argumentsOf(call);
    const [constant] = pattern === undefined ? [] : constantsOf(pattern);
    const wanted = Number(group?.text ?? 0);
    const groups =
      constant === undefined ? undefined : (withoutClasses(constant.text).match(/\((?!\?)|\(\?P?</g)?.length ?? 0);
    if (groups === undefined || !Number.isInteger(wanted) || wanted <= groups || constant === undefined) continue;
    yield {
      span: group?.span ?? call.span,
      message: `Group ${wanted} is asked of a pattern that has ${groups === 0 ? 'none' : groups}: the result is always empty.`,
    };
  }
}

/** Wildcards and alternatives in operators that take every character as it stands. */
export const wildcardTaken: Lint = {
  id: 'MH211',
  name: 'wildcard-taken-literally',
  group: 'silent',
  severity: 'warning',
  summary: 'A `*` or `|` stands in a text that is compared as it is.',
  why: [
    '`==`, `in`, `has`, `contains`, `startswith` and `endswith` know no wildcards and no alternatives: `SenderFromAddress == "*@evil.example"` looks for',
    'an asterisk, and `Subject has "invoice|payment"` for a subject with that very bar; both find nothing. Write',
    '`endswith "@evil.example"`, `has_any ("invoice", "payment")`.',
  ].join('\n'),
  source: 'https://learn.microsoft.com/kusto/query/datatypes-string-operators',
  examples: [
    {
      wrong: 'EmailEvents | where SenderFromAddress == "*@evil.example"',
      right: 'EmailEvents | where SenderFromAddress endswith "@evil.example"',
    },
    {
      wrong: 'EmailEvents | where Subject has "invoice|payment"',
      right: 'EmailEvents | where Subject has_any ("invoice", "payment")',
    },
  ],
  *check({ reading }) {
    if (reading === undefined) return;
    const trace = traceOf(reading.root);
    for (const { operator, left, right } of comparisonsOf(reading.root)) {
      const origin = operator === 'matches regex' ? undefined : trace.originOf(left);
      if (origin === undefined || mailRows[origin.table] === undefined) continue;
      for (const { text, node } of right.flatMap((side) => constantsOf(side))) {
        const sign = signOf(text);
        if (sign !== undefined)
          yield {
            span: node.span,
            message: `${operator} takes the ${sign} of "${text}" as it stands, it is no ${sign === '*' ? 'wildcard' : 'alternative'}.`,
          };
      }
    }
  },
};

function signOf(text: string): '*' | '|' | undefined {
  if (/^\*[\w.@-]{2,}|^[\w.@:/-]{2,}\*$/.test(text) && !text.includes('**')) return '*';
  return /^\w[\w .@-]*\w(?:\|\w[\w .@-]*\w)+$/.test(text) ? '|' : undefined;
}
