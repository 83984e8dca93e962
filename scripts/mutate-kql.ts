/** Random numbers below a bound, the same for the same seed and index. */
export type Random = (bound: number) => number;

/** A generator of its own for each query of a run, so that any one can be made again. */
export function randomAt(seed: number, index: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35);
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const TOKENS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[A-Za-z_$][\w-]*|\d[\w.]*|\s+|[=!<>~]+|./gsu;
const isText = (token: string): boolean => /^["']/.test(token);
const isNumber = (token: string): boolean => /^\d/.test(token);
const isWord = (token: string): boolean => /^[A-Za-z_]/.test(token);

const numbers = [
  '9223372036854775807',
  '9223372036854775808',
  '-9223372036854775808',
  '1e308',
  '1e-320',
  '0',
  '-1',
  '99999999999d',
  '2147483648',
  '0.1',
  'long(null)',
  'real(nan)',
  'datetime(0001-01-01)',
  'datetime(9999-12-31)',
  '1tick',
  '100000000',
];
const texts = [
  '""',
  "''",
  '"\\u0000"',
  '"\u{1F600}\u0301"',
  '"ß\u0130ı"',
  '"\u202Eabc"',
  '"%_\\\\"',
  '"[(*+"',
  '"(a+)+$"',
  '"\'"',
  '"a\\"; drop table x; --"',
  '@"\\d+("',
  `"${'x'.repeat(5_000)}"`,
  'h"secret"',
  '"{\\"a\\":[1,{}]}"',
  '"[1,2"',
];
const operators = [
  'where',
  'extend x =',
  'project',
  'summarize count() by',
  'sort by',
  'take 0',
  'distinct *',
  'mv-expand',
  'count',
  'join kind=inner',
  'union',
  'serialize',
  'parse',
  'make-series count() on',
  'top 3 by',
  '|',
  '(',
  ')',
  ',',
  '[',
  ']',
  'and',
  'or',
  'not(',
  '==',
  '!=',
  'has',
  'in',
  'in~',
  'between',
  '..',
  '+',
  '-',
  '*',
  '/',
  '%',
  'tostring(',
  'toint(',
  'parse_json(',
  'bin(',
  'iff(',
  'prev(',
  'row_number()',
  'dynamic(',
  'make_list(',
  'arg_max(',
  'toscalar(',
  ';',
  'let',
];

type Mutation = (tokens: string[], random: Random, others: readonly string[]) => string[];

const at = (tokens: readonly string[], random: Random, wanted: (token: string) => boolean): number => {
  const places = tokens.flatMap((token, i) => (wanted(token) ? [i] : []));
  return places.length === 0 ? 0 : places[random(places.length)]!;
};
const solid = (token: string): boolean => token.trim() !== '';
const one = <T>(list: readonly T[], random: Random): T => list[random(list.length)]!;
const stepsOf = (text: string): string[] => text.split(/\n?\s*\|(?!\|)/).slice(1);

/** Each changes a text a little; most of the results are no KQL any more, some are KQL that nobody wrote. */
const mutations: readonly Mutation[] = [
  (tokens, random) => tokens.toSpliced(at(tokens, random, solid), 1 + random(3)),
  (tokens, random) => {
    const i = at(tokens, random, solid);
    return tokens.toSpliced(i, 0, tokens[i] ?? '', ' ');
  },
  (tokens, random) => {
    const [i, j] = [at(tokens, random, solid), at(tokens, random, solid)];
    return tokens.with(i, tokens[j]!).with(j, tokens[i]!);
  },
  (tokens, random) => tokens.with(at(tokens, random, isNumber), one(numbers, random)),
  (tokens, random) => tokens.with(at(tokens, random, isText), one(texts, random)),
  (tokens, random) => tokens.with(at(tokens, random, isWord), tokens[at(tokens, random, isWord)]!),
  (tokens, random) => tokens.with(at(tokens, random, isWord), one(numbers, random)),
  (tokens, random) => tokens.toSpliced(at(tokens, random, solid), 0, ' ', one(operators, random), ' '),
  (tokens, random, others) => [...tokens, '\n|', one([' count', ...stepsOf(one(others, random))], random)],
  (tokens, random, others) => {
    const i = at(tokens, random, (token) => token === '|');
    return tokens.toSpliced(i, 0, '|', one([' take 5 ', ...stepsOf(one(others, random))], random), '\n');
  },
  (tokens, random) => {
    const steps = stepsOf(tokens.join(''));
    return steps.length === 0 ? tokens : [...tokens, `\n|${one(steps, random)}`.repeat(1 + random(12))];
  },
  (tokens, random) => {
    const i = at(tokens, random, isWord);
    const depth = one([3, 30, 300, 3_000], random);
    const name = one(['', 'not', 'tostring', 'strlen', 'parse_json', '-', 'abs', 'iff'], random);
    return tokens.with(i, `${name}(`.repeat(depth) + tokens[i] + ')'.repeat(depth));
  },
  (tokens, random, others) => ['let T0 = ', ...tokens, ';\n', one(others, random), '\n| union T0'],
  (tokens, random) => tokens.slice(0, random(tokens.length + 1)),
];

/** One of the texts, changed in one to four places. */
export function mutated(texts: readonly string[], random: Random): string {
  let tokens = one(texts, random).match(TOKENS) ?? [''];
  for (let times = 1 + random(3); times > 0 && tokens.length > 0; times--)
    tokens = one(mutations, random)([...tokens], random, texts)
      .join('')
      .match(TOKENS) ?? [''];
  return tokens.join('').slice(0, 100_000);
}
