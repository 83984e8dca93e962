import { dynamicToText, type KqlType, type Value } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import { dynamicText, dynamicTexts, textsOf } from './dynamic-text.ts';
import { hostCallSql } from './host-call.ts';
import { lowerText, upperText } from './letter-case.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

/** SQL of an argument as text; what is not text is turned into it. */
export const textArg = (arg: SqlArg): string => (arg.type === 'dynamic' ? dynamicText(arg) : convertSql(arg, 'string'));

/** The same in the evaluator. */
export const textValue = (value: Value, type: KqlType | undefined): string =>
  type === 'dynamic' ? dynamicToText(value) : String(convertValue(value, type ?? 'string', 'string'));

/** A function of texts alone. */
const ofTexts = (
  name: string,
  sql: (...texts: string[]) => string,
  evaluate: (...texts: string[]) => Value,
  page = `${name.replaceAll('_', '-')}-function`,
): ScalarFunction => ({
  name,
  page,
  nullable: false,
  sql: (call) => sql(...call.args.map(textArg)),
  evaluate: (args, { argTypes }) => evaluate(...args.map((arg, i) => textValue(arg, argTypes[i]))),
});

const characters = (text: string): string[] => Array.from(text);

/** More than any text has characters; the engine counts no further. */
const MOST_CHARACTERS = 2n ** 32n - 2n;

/** A whole number in SQL as the engine counts; NULL counts as the number given. */
function numberArg({ sql, nullable, constant }: SqlArg, ifNull: number): string {
  const number = nullable ? `coalesce(CAST(${sql} AS BIGINT), ${ifNull})` : `CAST(${sql} AS BIGINT)`;
  return typeof constant === 'bigint' && constant <= MOST_CHARACTERS ? number : `least(${number}, ${MOST_CHARACTERS})`;
}

const substring: ScalarFunction = {
  name: 'substring',
  page: 'substring-function',
  nullable: false,
  sql: ({ args }) => {
    const [source, start, length] = args as [SqlArg, SqlArg, SqlArg?];
    const text = textArg(source);
    const from =
      typeof start.constant === 'bigint' && start.constant >= 0n && start.constant <= MOST_CHARACTERS
        ? String(start.constant + 1n)
        : `(CASE WHEN ${numberArg(start, 0)} < 0 THEN CASE WHEN length(${text}) + ${numberArg(start, 0)} < 0 THEN length(${text}) ELSE length(${text}) + ${numberArg(start, 0)} END ELSE ${numberArg(start, 0)} END + 1)`;
    if (length === undefined) return `substr(${text}, ${from})`;
    return `substr(${text}, ${from}, greatest(${numberArg(length, 0)}, 0))`;
  },
  evaluate: ([source = '', start = 0n, ...rest], { argTypes }) => {
    const all = characters(textValue(source, argTypes[0]));
    const at = Number(start ?? 0n);
    const from = at >= 0 ? at : at < -all.length ? all.length : all.length + at;
    const length = rest.length === 0 ? all.length : Math.max(Number(rest[0] ?? 0n), 0);
    return all.slice(from, from + length).join('');
  },
};

const strcat: ScalarFunction = {
  name: 'strcat',
  page: 'strcat-function',
  nullable: false,
  sql: ({ args }) => `(${args.map(textArg).join(' || ')})`,
  evaluate: (args, { argTypes }) => args.map((arg, i) => textValue(arg, argTypes[i])).join(''),
};

const strcatDelim: ScalarFunction = {
  name: 'strcat_delim',
  page: 'strcat-delim-function',
  nullable: false,
  sql: ({ args: [delimiter, ...parts] }) => `(${parts.map(textArg).join(` || ${textArg(delimiter!)} || `)})`,
  evaluate: ([delimiter = '', ...parts], { argTypes }) =>
    parts.map((part, i) => textValue(part, argTypes[i + 1])).join(textValue(delimiter, argTypes[0])),
};

const strcatArray: ScalarFunction = {
  name: 'strcat_array',
  page: 'strcat-array-function',
  nullable: false,
  sql: ({ args, refuse }) => {
    const [array, delimiter] = args as [SqlArg, SqlArg];
    if (delimiter.type !== 'string') refuse('needs a text as delimiter; use tostring()');
    if (delimiter.constant === undefined) refuse('needs a constant delimiter');
    return `array_to_string(${dynamicTexts(array)}, ${delimiter.sql})`;
  },
  evaluate: ([array = null, delimiter = '']) => textsOf(array).join(String(delimiter)),
};

/** This engine makes `ẞ` of `ß`, which has no capital of one letter in Unicode's own table. */
const upperSql = (text: string): string =>
  `array_to_string(list_transform(string_split(${text}, 'ß'), lambda _p: upper(_p)), 'ß')`;

/** The text many times, `strrep(x, 3, '-')`; less than once counts as once, more than 1024 times as 1024. */
const strrep: ScalarFunction = {
  name: 'strrep',
  page: 'strrep-function',
  nullable: false,
  sql: ({ args, refuse }) => {
    const [value, times, delimiter] = args as [SqlArg, SqlArg, SqlArg?];
    if (typeof times.constant !== 'bigint' || times.constant < 1n)
      return refuse('needs a constant count of at least 1');
    const count = times.constant > 1024n ? 1024n : times.constant;
    const text = textArg(value);
    if (delimiter === undefined) return `repeat(${text}, ${count})`;
    return `(${text} || repeat(${textArg(delimiter)} || ${text}, ${count - 1n}))`;
  },
  evaluate: ([value = '', times = 1n, ...rest], { argTypes }) => {
    const count = Math.min(1024, Number(times ?? 1n));
    return Array<string>(count)
      .fill(textValue(value, argTypes[0]))
      .join(rest.length === 0 ? '' : textValue(rest[0]!, argTypes[2]));
  },
};

/** An array of the parts of a text between delimiters, or, with an index, of that part alone. */
const split: ScalarFunction = {
  name: 'split',
  page: 'split-function',
  nullable: true,
  sql: (call) => {
    const { args, refuse } = call;
    const [source, delimiter, index] = args as [SqlArg, SqlArg, SqlArg?];
    if (delimiter.constant === '') refuse('needs a delimiter');
    const text = textArg(source);
    const parts = `CASE WHEN ${delimiter.sql} = '' THEN [${text}] ELSE string_split(${text}, ${delimiter.sql}) END`;
    const list = delimiter.constant === undefined ? `(${parts})` : `string_split(${text}, ${delimiter.sql})`;
    if (index === undefined) return `CAST(to_json(${list}) AS VARCHAR)`;
    if (index.constant === undefined) return hostCallSql(call);
    if (typeof index.constant !== 'bigint' || index.constant < 0n) return refuse('needs an index from 0 on');
    return `NULLIF(CAST(to_json(${list}[${index.constant + 1n}:${index.constant + 1n}]) AS VARCHAR), '[]')`;
  },
  evaluate: ([source = '', delimiter = '', ...rest], { argTypes }) => {
    const text = textValue(source, argTypes[0]);
    const parts = delimiter === '' ? [text] : text.split(String(delimiter));
    if (rest.length === 0) return parts;
    const part = parts[Number(rest[0])];
    return part === undefined ? null : [part];
  },
};

const codePointOrder = (a: string, b: string): bigint => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return BigInt(Buffer.compare(left, right));
};

/** Signs of `searchList` become those of `replacementList` at the same place; its last one stands for all further ones. */
function translated(search: string, replacement: string, source: string): string {
  const put = characters(replacement);
  const known = new Map<string, string>();
  characters(search).forEach((character, i) => {
    if (!known.has(character)) known.set(character, put[i] ?? put.at(-1) ?? '');
  });
  return characters(source)
    .map((character) => known.get(character) ?? character)
    .join('');
}

const padded = (search: string, replacement: string): string =>
  `CASE WHEN ${replacement} = '' THEN '' ELSE ${replacement} || repeat(right(${replacement}, 1), greatest(length(${search}) - length(${replacement}), 0)) END`;

/** Plain functions of text. Characters are code points. */
export const stringsFunctions: readonly ScalarFunction[] = [
  ofTexts(
    'strlen',
    (text) => `length(${text})`,
    (text = '') => BigInt(characters(text).length),
  ),
  ofTexts(
    'string_size',
    (text) => `strlen(${text})`,
    (text = '') => BigInt(Buffer.byteLength(text)),
    'string-size-function',
  ),
  substring,
  strcat,
  strcatDelim,
  strcatArray,
  ofTexts(
    'tolower',
    (text) => `lower(${text})`,
    (text = '') => lowerText(text),
  ),
  ofTexts('toupper', upperSql, (text = '') => upperText(text)),
  ofTexts(
    'replace_string',
    (text, lookup, rewrite) => `replace(${text}, ${lookup}, ${rewrite})`,
    (text = '', lookup = '', rewrite = '') => (lookup === '' ? text : text.split(lookup).join(rewrite)),
  ),
  ofTexts(
    'reverse',
    // The engine's own reverse() keeps what people see as one character in order.
    (text) => `array_to_string(list_reverse(string_split(${text}, '')), '')`,
    (text = '') => characters(text).reverse().join(''),
  ),
  strrep,
  split,
  ofTexts(
    'strcmp',
    (a, b) => `CAST(CASE WHEN ${a} = ${b} THEN 0 WHEN ${a} < ${b} THEN -1 ELSE 1 END AS BIGINT)`,
    (a = '', b = '') => codePointOrder(a, b),
  ),
  ofTexts(
    'translate',
    (search, replacement, source) => `translate(${source}, ${search}, ${padded(search, replacement)})`,
    (search = '', replacement = '', source = '') => translated(search, replacement, source),
  ),
];
