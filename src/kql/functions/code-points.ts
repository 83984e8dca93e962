import type { Dynamic, Value } from '../../values/index.ts';
import { elementsOfJson, isArray } from './json-read.ts';
import type { ScalarFunction, SqlArg } from './row.ts';
import { textArg, textValue } from './strings.ts';

const isCodePoint = (value: Dynamic): value is bigint =>
  typeof value === 'bigint' && value >= 0n && value <= 0x10ffffn && !(value >= 0xd800n && value <= 0xdfffn);

/** SQL of the whole numbers of an argument (BIGINT[]), NULL for what is none: those of an array, or the one. */
function numbersSql({ sql, type }: SqlArg): string {
  if (type !== 'dynamic') return `[CAST(${sql} AS BIGINT)]`;
  const items = `CASE WHEN ${isArray(sql)} THEN ${elementsOfJson(sql)} ELSE [CAST(${sql} AS VARCHAR)] END`;
  return `list_transform(${items}, lambda _item: CASE WHEN regexp_full_match(_item, '-?[0-9]+') THEN TRY_CAST(_item AS BIGINT) END)`;
}

const fromString: ScalarFunction = {
  name: 'unicode_codepoints_from_string',
  page: 'unicode-codepoints-from-string-function',
  nullable: false,
  sql: ({ args }) => {
    const text = textArg(args[0]!);
    const points = `list_transform(string_split(${text}, ''), lambda _sign: CAST(unicode(_sign) AS VARCHAR))`;
    return `CASE WHEN ${text} = '' THEN '[]' ELSE '[' || array_to_string(${points}, ',') || ']' END`;
  },
  evaluate: ([text = ''], { argTypes }) =>
    Array.from(textValue(text, argTypes[0]), (sign) => BigInt(sign.codePointAt(0)!)),
};

/** Code points and arrays of them, as text; '' where one is no code point. */
const fromNumbers: ScalarFunction = {
  name: 'unicode_codepoints_to_string',
  page: 'unicode-codepoints-to-string-function',
  nullable: false,
  sql: ({ args, refuse }) => {
    if (args.some(({ type }) => !['int', 'long', 'dynamic'].includes(type))) refuse('takes whole numbers and arrays');
    const all = args.map(numbersSql).reduce((list, more) => `list_concat(${list}, ${more})`);
    const isPoint = '_point BETWEEN 0 AND 1114111 AND NOT _point BETWEEN 55296 AND 57343';
    const none = `len(list_filter(${all}, lambda _point: NOT coalesce(${isPoint}, false))) = 0`;
    const signs = `list_transform(list_filter(${all}, lambda _point: coalesce(${isPoint}, false)), lambda _point: chr(CAST(_point AS INTEGER)))`;
    return `CASE WHEN ${none} THEN array_to_string(${signs}, '') ELSE '' END`;
  },
  evaluate: (args) => {
    const points = args.flatMap((arg: Value): Dynamic[] => (Array.isArray(arg) ? arg : [arg]));
    return points.every(isCodePoint) ? points.map((point) => String.fromCodePoint(Number(point))).join('') : '';
  },
};

/** Texts as the numbers of their characters. */
export const codePointFunctions: readonly ScalarFunction[] = [fromString, fromNumbers];
