import { sqlText } from '../../duckdb/index.ts';
import {
  type Dynamic,
  dynamicEquals,
  dynamicFrom,
  dynamicToText,
  formatDatetime,
  formatTimespan,
  type KqlType,
  parseDatetime,
  parseTimespan,
  type Value,
} from '../../values/index.ts';
import { convertArg, convertValue } from './convert.ts';
import { dynamicText } from './dynamic-text.ts';
import { hostCallSql } from './host-call.ts';
import { elementsOfJson, isArray, whenJson } from './json-read.ts';
import { lowerText } from './letter-case.ts';
import type { ScalarFunction, SqlArg, SqlCall } from './row.ts';

/** The items of a dynamic: of an array its elements, those of arrays within it too, of anything else itself. */
const elementsOf = (value: Value): readonly Dynamic[] => (Array.isArray(value) ? value.flatMap(elementsOf) : [value]);

const numberSql = (item: Dynamic): string | undefined => {
  if (typeof item === 'bigint') return String(item);
  return typeof item === 'number' && Number.isFinite(item) ? `CAST('${item}' AS DOUBLE)` : undefined;
};

/** Ticks where the element is just the text that such a time has inside a dynamic. */
const ticksSql =
  (parse: (text: string) => bigint | null, format: (ticks: bigint) => string) =>
  (item: Dynamic): string | undefined => {
    const ticks = typeof item === 'string' ? parse(item) : null;
    return ticks !== null && format(ticks) === item ? String(ticks) : undefined;
  };

/** An element of a constant array as SQL of the needle's type; undefined where it can equal none. Types left out refuse. */
const elementSql: Partial<Record<KqlType, (item: Dynamic) => string | undefined>> = {
  string: (item) => (typeof item === 'string' ? sqlText(item) : undefined),
  bool: (item) => (typeof item === 'boolean' ? String(item) : undefined),
  int: numberSql,
  long: numberSql,
  real: numberSql,
  datetime: ticksSql(parseDatetime, formatDatetime),
  timespan: ticksSql(parseTimespan, formatTimespan),
};

/** SQL: the elements of an array that is known only row by row, each as JSON text. */
const elementTexts = (item: SqlArg): string =>
  `CASE WHEN ${isArray(item.sql)} ` +
  `THEN ${elementsOfJson(item.sql)} ELSE [${whenJson(item.sql, `CAST(json(${item.sql}) AS VARCHAR)`)}] END`;

/** SQL: whether there may be an array within the array; such a one is looked through by `evaluate`. */
const isNested = ({ sql }: SqlArg): string => `starts_with(${sql}, '[') AND contains(substr(${sql}, 2), '[')`;

const numberAmong = (needle: SqlArg, item: SqlArg): string =>
  `(len(list_filter(${elementTexts(item)}, lambda _item: CASE ` +
  `WHEN regexp_matches(_item, '^-?[0-9]+$') THEN TRY_CAST(_item AS HUGEINT) = ${needle.sql} ` +
  `WHEN regexp_matches(_item, '^-?[0-9]') THEN TRY_CAST(_item AS DOUBLE) = ${needle.sql} END)) > 0)`;

const jsonAmong = (needle: SqlArg, item: SqlArg): string =>
  `list_contains(${elementTexts(item)}, CAST(to_json(${needle.sql}) AS VARCHAR))`;

const foldedAmong = (needle: SqlArg, item: SqlArg): string =>
  `list_contains(list_transform(list_filter(${elementTexts(item)}, lambda _item: starts_with(_item, '"')), ` +
  `lambda _item: lower(json_extract_string(_item, '$'))), lower(${needle.sql}))`;

/** SQL: whether the needle is among the elements of an array that is known only row by row. Types left out refuse. */
const amongSql: Partial<Record<KqlType, (needle: SqlArg, item: SqlArg, folds: boolean) => string>> = {
  string: (needle, item, folds) => (folds ? foldedAmong : jsonAmong)(needle, item),
  bool: jsonAmong,
  int: numberAmong,
  long: numberAmong,
  real: numberAmong,
};

const foldElement = (item: Dynamic): Dynamic => (typeof item === 'string' ? lowerText(item) : item);

/** A text argument in lower case where letter case does not count, otherwise as it is. */
function foldSql(arg: SqlArg, folds: boolean): string {
  const sql = arg.type === 'dynamic' ? dynamicText(arg) : arg.sql;
  if (!folds || !isText(arg.type)) return sql;
  return typeof arg.constant === 'string' ? sqlText(lowerText(arg.constant)) : `lower(${sql})`;
}

const isText = (type: KqlType): boolean => type === 'string' || type === 'dynamic';

const numbers: ReadonlySet<KqlType> = new Set<KqlType>(['int', 'long', 'real']);

/** The engine would read a text beside a number as one, and fail where it is none. */
const comparable = (a: KqlType, b: KqlType): boolean =>
  a === b || (isText(a) && isText(b)) || (numbers.has(a) && numbers.has(b));

/** A number may be looked for among numbers that are written as texts, as `==` compares them: `RemotePort in ("25")`. */
const isNumeral = (needle: KqlType, item: SqlArg): boolean =>
  numbers.has(needle) && item.type === 'string' && typeof item.constant === 'string';

/** And the other way round, a text among numbers: `ResultType in (50173, 50132)`. */
const isNumber = (needle: KqlType, item: SqlArg): boolean =>
  needle === 'string' && numbers.has(item.type) && item.constant !== undefined && item.constant !== null;

function numeralSql(call: SqlCall, type: KqlType, item: SqlArg): string {
  const { constant, sql } = convertArg(item, type);
  return constant === null ? call.refuse(`"${item.constant}" is not a ${type}`) : sql;
}

/** The elements of a constant array of texts alone; undefined of anything else. */
function textsOf(constant: Value | undefined): readonly string[] | undefined {
  if (constant === undefined || constant === null) return undefined;
  const elements = elementsOf(constant);
  return elements.every((element) => typeof element === 'string') ? elements : undefined;
}

/** The parts of the membership test that SQL's own IN can answer, and those it cannot. */
function searches(call: SqlCall, folds: boolean): string[] {
  const [needle, ...items] = call.args as [SqlArg, ...SqlArg[]];
  const listed: string[] = [];
  const others: string[] = [];
  for (const item of items) {
    if (item.type !== 'dynamic') {
      if (needle.type === 'dynamic' && item.type !== 'string')
        call.refuse(`compares a dynamic with text, not ${item.type}`);
      if (isNumeral(needle.type, item)) listed.push(numeralSql(call, needle.type, item));
      else if (isNumber(needle.type, item)) others.push(`${convertArg(needle, item.type).sql} = ${item.sql}`);
      else if (!comparable(needle.type, item.type)) call.refuse(`cannot look for ${needle.type} among ${item.type}`);
      else if (item.constant !== null) listed.push(foldSql(item, folds));
    } else if (needle.type === 'dynamic') {
      const texts = textsOf(item.constant);
      if (texts === undefined)
        others.push(hostCallSql({ name: folds ? 'in~' : 'in', type: 'bool', args: [needle, item] }));
      else listed.push(...texts.map((text) => sqlText(folds ? lowerText(text) : text)));
    } else if (item.constant !== undefined) {
      const toSql = elementSql[needle.type] ?? call.refuse(`does not look for ${needle.type} in an array`);
      const found = elementsOf(item.constant).map((element) => toSql(folds ? foldElement(element) : element));
      listed.push(...found.filter((sql) => sql !== undefined));
    } else {
      const toSql = amongSql[needle.type] ?? call.refuse(`looks for ${needle.type} in constant arrays only`);
      const within = hostCallSql({ name: folds ? 'in~' : 'in', type: 'bool', args: [needle, item] });
      others.push(`CASE WHEN ${isNested(item)} THEN ${within} ELSE ${toSql(needle, item, folds)} END`);
    }
  }
  const distinct = [...new Set(listed)];
  return distinct.length === 0 ? others : [`${foldSql(needle, folds)} IN (${distinct.join(', ')})`, ...others];
}

function membership(name: string, page: string, folds: boolean, negated: boolean): ScalarFunction {
  return {
    name,
    page,
    nullable: false,
    sql: (call) => {
      const parts = searches(call, folds);
      const found = parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`;
      const sure =
        call.args.every(({ nullable, type }) => !nullable || isText(type)) &&
        parts.every((part) => / IN \(/.test(part));
      const known = sure || (call.asFilter && !negated) ? found : `coalesce(${found}, false)`;
      return negated ? `(NOT ${known})` : known;
    },
    evaluate: ([needle = null, ...items], { argTypes }) => {
      const type = argTypes[0] as KqlType;
      const fold = (value: Dynamic): Dynamic => (folds ? foldElement(value) : value);
      const among = (item: Value, itemType: KqlType): boolean => {
        if (itemType !== 'dynamic') return equal(asSought(itemType), asListed(item, itemType));
        const sought = dynamicFrom(needle, type);
        const text = type === 'dynamic' ? dynamicToText(needle) : sought;
        return elementsOf(item).some((element) => equal(typeof element === 'string' ? text : sought, element));
      };
      const asSought = (itemType: KqlType): Value => {
        if (type === 'dynamic') return dynamicToText(needle);
        return type === 'string' && numbers.has(itemType) ? convertValue(needle, type, itemType) : needle;
      };
      const asListed = (item: Value, itemType: KqlType): Value =>
        numbers.has(type) && itemType === 'string' ? convertValue(item, itemType, type) : item;
      const equal = (a: Value, b: Value): boolean => a !== null && b !== null && dynamicEquals(fold(a), fold(b));
      return items.some((item, i) => among(item, argTypes[i + 1] as KqlType)) !== negated;
    },
  };
}

/**
 * `in` and its kin: whether a value equals one of the items; an array among them stands for its elements. Null equals
 * nothing. A text equals only texts of an array, a number only numbers; a dynamic is compared with texts as text.
 */
export const membershipFunctions: readonly ScalarFunction[] = [
  membership('in', 'in-cs-operator', false, false),
  membership('!in', 'not-in-cs-operator', false, true),
  membership('in~', 'in-operator', true, false),
  membership('!in~', 'not-in-operator', true, true),
];
