import type { Scalar } from '../../../src/kql/plan/index.ts';
import {
  type Dynamic,
  dynamicFrom,
  dynamicToJson,
  dynamicToText,
  parseDatetime,
  parseDynamic,
  type Value,
} from '../../../src/values/index.ts';
import { sampleOf } from './pattern-sample.ts';
import { valueIn } from './symbols.ts';

/** A cell and the value that it should take. */
export interface Proposal {
  readonly cell: string;
  readonly value: Value;
}

/** What proposals are made from: the cells as they are, and values where none suggests itself. */
export interface Place {
  readonly cells: ReadonlyMap<string, Value>;
  /** A value that the cell has not held before. */
  readonly fresh: (cell: string) => Value;
  /** Texts that stand in the conditions. */
  readonly hints: readonly string[];
}

type Call = Extract<Scalar, { kind: 'call' }>;

const SECOND = 10_000_000n;

/** Changes of single cells that may make a predicate come out as wanted; none of them is certain to. */
export function proposalsFor(scalar: Scalar, wanted: boolean, place: Place): Proposal[] {
  if (scalar.kind === 'column') return [{ cell: scalar.name, value: wanted }];
  if (scalar.kind !== 'call') return [];
  if (scalar.name === 'not') return proposalsFor(scalar.args[0]!, !wanted, place);
  if (scalar.name === 'and' || scalar.name === 'or')
    return scalar.args.flatMap((arg) => proposalsFor(arg, wanted, place));
  const specific = predicate(scalar, wanted, place);
  return [...specific, ...cellsOf(scalar).map((cell) => ({ cell, value: place.fresh(cell) }))];
}

function predicate(scalar: Call, wanted: boolean, place: Place): Proposal[] {
  const name = wanted ? scalar.name : (OPPOSITE[scalar.name] ?? scalar.name);
  const [left, ...others] = scalar.args as [Scalar, ...Scalar[]];
  const texts = TEXT_PREDICATES[name];
  const values = others.flatMap((other) => elementsOf(valueIn(other, place.cells)));
  if (texts !== undefined) {
    const old = String(valueIn(left, place.cells) ?? '');
    const all = texts(
      values.map((value) => String(value ?? '')),
      old,
    );
    const reversed = EQUALITIES.has(name)
      ? others.flatMap((other) => inversions(other, valueIn(left, place.cells) ?? null, place))
      : [];
    const exact = EQUALITIES.has(name)
      ? values.flatMap((value) => inversions(left, converted(value, left), place))
      : [];
    return [...exact, ...reversed, ...all.flatMap((value) => inversions(left, converted(value, left), place))];
  }
  if (COMPARISONS.has(name)) return comparison(name, scalar.args, place);
  if (name === 'isnotempty' || name === 'isnotnull')
    return ['text', ...place.hints].flatMap((text) => inversions(left, converted(text, left), place));
  if (name === '!=') return different(left, place);
  if (name === 'isempty' || name === 'isnull') return inversions(left, left.type === 'string' ? '' : null, place);
  if (name === 'set_has_element') return inversions(left, values, place);
  if (name === 'iff' || name === 'iif' || name === 'case' || name === 'coalesce')
    return scalar.args.flatMap((arg) => (arg.type === 'bool' ? proposalsFor(arg, wanted, place) : []));
  if (scalar.type === 'bool' && scalar.args.length === 1) return inversions(left, wanted, place);
  return [];
}

/** Another text that ends as the one that is there, so that what was made to fit stays. */
function different(left: Scalar, place: Place): Proposal[] {
  const old = valueIn(left, place.cells);
  if (typeof old !== 'string') return [];
  return cellsOf(left).flatMap((cell) => {
    const mark = String(place.fresh(cell)).replace(/\W/g, '');
    return [...inversions(left, `${mark} ${old}`, place), ...inversions(left, `${mark}${old}`, place)];
  });
}

const OPPOSITE: Readonly<Record<string, string>> = {
  '!=': '==',
  '!~': '=~',
  '!in': 'in',
  '!in~': 'in~',
  '!has': 'has',
  '!contains': 'contains',
  '!startswith': 'startswith',
  '!endswith': 'endswith',
  isnotempty: 'isempty',
  isnotnull: 'isnull',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  notbetween: 'between',
  '!between': 'between',
};
const EQUALITIES = new Set(['==', '=~', 'in', 'in~']);
const COMPARISONS = new Set(['<', '<=', '>', '>=', 'between']);

/** Texts for the left side of a predicate, from those on its right and the one that is there. */
type Texts = (values: readonly string[], old: string) => string[];

const within: Texts = (values, old) =>
  values.flatMap((value) => [
    value,
    `${old} ${value}`,
    `${value} ${old}`,
    `${old}${value}`,
    `${value}${old}`,
    `a${value}a`,
    inside(old, value),
  ]);
/** Put into the last text of a JSON text, else behind it. */
const inside = (old: string, value: string): string =>
  /^[[{].*"/s.test(old) ? old.replace(/"([^"]*)$/, ` ${value}"$1`) : `${old} ${value}`;
const every: Texts = (values, old) => [values.join(' '), `${old} ${values.join(' ')}`];
const begins: Texts = (values, old) => values.flatMap((value) => [value, `${value}${old}`, `${value}a`]);
const ends: Texts = (values, old) => values.flatMap((value) => [value, `${old}${value}`, `a${value}`]);
const same: Texts = (values) => [...values];

const TEXT_PREDICATES: Readonly<Record<string, Texts>> = {
  '==': same,
  '=~': same,
  in: same,
  'in~': same,
  has: within,
  has_cs: within,
  contains: within,
  contains_cs: within,
  has_any: within,
  has_all: every,
  hasprefix: within,
  hassuffix: within,
  hasprefix_cs: within,
  hassuffix_cs: within,
  has_any_index: within,
  startswith: begins,
  startswith_cs: begins,
  endswith: ends,
  endswith_cs: ends,
  has_ipv4: within,
  has_any_ipv4: within,
  'matches regex': (values, old) => values.flatMap((value) => [sampleOf(value), `${old} ${sampleOf(value)}`]),
};

/** Numbers and times on the right side of a limit, for either side of the comparison. */
function comparison(name: string, [left, ...others]: readonly Scalar[], place: Place): Proposal[] {
  if (left === undefined) return [];
  const limits = others.map((other) => valueIn(other, place.cells) ?? null);
  const own = valueIn(left, place.cells) ?? null;
  const up = name.startsWith('>');
  if (name === 'between')
    return near(limits[0]!, true)
      .concat(near(limits[1] ?? null, false), middle(limits))
      .flatMap((value) => inversions(left, value, place));
  return [
    ...near(limits[0]!, up).flatMap((value) => inversions(left, value, place)),
    ...near(own, !up).flatMap((value) => inversions(others[0]!, value, place)),
  ];
}

/** Values at a limit and beyond it; ticks make a second, a minute, an hour, a day of it. */
function near(limit: Value, up: boolean): Value[] {
  const sign = up ? 1n : -1n;
  if (typeof limit === 'number') return [limit, limit + Number(sign), limit + 0.01 * Number(sign)];
  if (typeof limit !== 'bigint') return [];
  return [0n, 1n, SECOND, 60n * SECOND, 3_600n * SECOND, 86_400n * SECOND].map((step) => limit + sign * step);
}

const middle = ([low, high]: readonly Value[]): Value[] =>
  typeof low === 'bigint' && typeof high === 'bigint'
    ? [(low + high) / 2n]
    : typeof low === 'number' && typeof high === 'number'
      ? [(low + high) / 2]
      : [];

const elementsOf = (value: Value | undefined): Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Changes of single cells that may give a scalar the wanted value. */
export function inversions(scalar: Scalar, wanted: Value, place: Place): Proposal[] {
  if (scalar.kind === 'column') return [{ cell: scalar.name, value: converted(wanted, scalar) }];
  if (scalar.kind !== 'call') return [];
  const invert = INVERSES[scalar.name];
  return invert === undefined ? [] : invert(scalar, wanted, place);
}

type Inverse = (scalar: Call, wanted: Value, place: Place) => Proposal[];

/** The first argument takes the value as it is, in its own type. */
const through: Inverse = ({ args }, wanted, place) => inversions(args[0]!, converted(wanted, args[0]!), place);

const each: Inverse = ({ args }, wanted, place) => args.flatMap((arg) => inversions(arg, wanted, place));

/** One operand changes, the other stays: `solve` says to what. */
const operands =
  (left: (wanted: number, other: number) => number, right: (wanted: number, other: number) => number): Inverse =>
  ({ args: [a, b], type }, wanted, place) => {
    const exact = (scalar: Scalar, value: number): Value =>
      scalar.type === 'real' || scalar.type === 'decimal'
        ? value
        : Number.isFinite(value)
          ? BigInt(Math.round(value))
          : null;
    const [x, y, z] = [a!, b!].map((one) => Number(valueIn(one, place.cells) ?? 0)).concat(Number(wanted));
    if (typeof wanted === 'bigint' && type !== 'real' && (left === minus || left === plus)) {
      const [m, n] = [a!, b!].map((one) => BigInt((valueIn(one, place.cells) as bigint | null) ?? 0n));
      return left === minus
        ? [...inversions(a!, wanted - n!, place), ...inversions(b!, wanted - m!, place)]
        : [...inversions(a!, wanted + n!, place), ...inversions(b!, m! - wanted, place)];
    }
    return [...inversions(a!, exact(a!, left(z!, y!)), place), ...inversions(b!, exact(b!, right(z!, x!)), place)];
  };
const minus = (wanted: number, other: number): number => wanted - other;
const plus = (wanted: number, other: number): number => wanted + other;

/** A member of a bag or an element of an array is set, the rest stays. */
const member: Inverse = ({ args: [base, key] }, wanted, place) => {
  const name = valueIn(key!, place.cells) ?? null;
  const old = valueIn(base!, place.cells) ?? null;
  const value = asDynamic(wanted);
  if (typeof name === 'string')
    return inversions(base!, new Map([...(old instanceof Map ? old : []), [name, value]]), place);
  if (typeof name !== 'bigint') return [];
  const items: Dynamic[] = Array.isArray(old) ? [...old] : [];
  const at = name < 0n ? Math.max(items.length + Number(name), 0) : Number(name);
  if (at > 50) return [];
  while (items.length < at) items.push('a');
  items[at] = value;
  const anew: Dynamic[] = [...Array.from({ length: at }, (_, i) => `a${i}`), value];
  return [...inversions(base!, items, place), ...inversions(base!, anew, place)];
};

const split: Inverse = ({ args: [text, separator, index] }, wanted, place) => {
  const by = String(valueIn(separator!, place.cells) ?? ' ');
  if (!Array.isArray(wanted)) return [];
  const at = index === undefined ? 0 : Number(valueIn(index, place.cells) ?? 0);
  const parts = [...Array.from({ length: Math.min(at, 20) }, () => 'a'), ...wanted.map((one) => dynamicToText(one))];
  return inversions(text!, parts.join(by), place);
};

/** Of parts put together, one takes what the others leave. */
const strcat: Inverse = ({ args }, wanted, place) => {
  const parts = args.map((arg) => dynamicToText(valueIn(arg, place.cells) ?? null));
  const whole = String(wanted);
  return args.flatMap((arg, i) => {
    const [before, after] = [parts.slice(0, i).join(''), parts.slice(i + 1).join('')];
    const fits = whole.length >= before.length + after.length && whole.startsWith(before) && whole.endsWith(after);
    return fits ? inversions(arg, converted(whole.slice(before.length, whole.length - after.length), arg), place) : [];
  });
};

const branches: Inverse = (scalar, wanted, place) => {
  const values = scalar.args.filter((_, i) => (i % 2 === 1 || i === scalar.args.length - 1) && i > 0);
  const same = scalar.args.flatMap((arg, i) =>
    i % 2 === 1 && valueIn(arg, place.cells) === wanted ? proposalsFor(scalar.args[i - 1]!, true, place) : [],
  );
  const otherwise =
    valueIn(scalar.args.at(-1)!, place.cells) === wanted
      ? scalar.args.flatMap((arg, i) =>
          i % 2 === 0 && i < scalar.args.length - 1 ? proposalsFor(arg, false, place) : [],
        )
      : [];
  return [...same, ...otherwise, ...values.flatMap((arg) => inversions(arg, wanted, place))];
};

const UNITS: Readonly<Record<string, bigint>> = {
  week: 7n * 86_400n,
  day: 86_400n,
  hour: 3_600n,
  minute: 60n,
  second: 1n,
  month: 30n * 86_400n,
  year: 365n * 86_400n,
};

const difference: Inverse = ({ args: [unit, a, b] }, wanted, place) => {
  const step = (UNITS[String(valueIn(unit!, place.cells)).toLowerCase()] ?? 1n) * SECOND;
  const [x, y] = [a!, b!].map((one) => valueIn(one, place.cells));
  if (typeof wanted !== 'bigint' || typeof x !== 'bigint' || typeof y !== 'bigint') return [];
  return [...inversions(a!, y + wanted * step, place), ...inversions(b!, x - wanted * step, place)];
};

/** An address of which some parts are given; the others stay as they are. */
const host: Inverse = ({ args }, wanted, place) => {
  if (!(wanted instanceof Map)) return [];
  const old = URL.parse(String(valueIn(args[0]!, place.cells) ?? '')) ?? new URL('https://w.example.com/');
  const part = (name: string, other: string): string => dynamicToText(wanted.get(name) ?? '') || other;
  const query = wanted.get('Query Parameters');
  const asked =
    query instanceof Map && query.size > 0
      ? `?${[...query].map(([key, value]) => `${key}=${dynamicToText(value)}`).join('&')}`
      : old.search;
  return inversions(
    args[0]!,
    `${part('Scheme', 'https')}://${part('Host', old.host)}${part('Path', old.pathname)}${asked}`,
    place,
  );
};

const INVERSES: Readonly<Record<string, Inverse>> = {
  tostring: through,
  tolower: through,
  toupper: through,
  todynamic: through,
  parse_json: through,
  parsejson: through,
  toint: through,
  tolong: through,
  todouble: through,
  toreal: through,
  todatetime: through,
  todecimal: through,
  toguid: through,
  tobool: through,
  totimespan: through,
  trim_start: through,
  trim_end: through,
  url_decode: through,
  bin: through,
  floor: through,
  round: through,
  startofday: through,
  startofhour: through,
  startofweek: through,
  startofmonth: through,
  replace_string: through,
  replace_regex: through,
  substring: through,
  extractjson: ({ args: [path, text] }, wanted, place) => {
    const keys = [...String(valueIn(path!, place.cells)).matchAll(/[\w ]+/g)].map(([key]) => key);
    return inversions(
      text!,
      keys.reduceRight<Dynamic>((inside, key) => new Map([[key, inside]]), asDynamic(wanted)),
      place,
    );
  },
  trim: ({ args }, wanted, place) => inversions(args[1]!, wanted, place),
  coalesce: each,
  iff: branches,
  iif: branches,
  case: branches,
  '+': operands(minus, minus),
  '-': operands(plus, (wanted, other) => other - wanted),
  '*': operands(
    (z, y) => z / (y || 1),
    (z, x) => z / (x || 1),
  ),
  '/': operands(
    (z, y) => z * (y || 1),
    (z, x) => x / (z || 1),
  ),
  '[]': member,
  split,
  strcat,
  datetime_diff: difference,
  parse_url: host,
  parse_urlquery: through,
  extract: ({ args: [pattern, group, text] }, wanted, place) => {
    const sample = sampleOf(
      String(valueIn(pattern!, place.cells)),
      Number(valueIn(group!, place.cells) ?? 0),
      String(wanted),
    );
    const old = String(valueIn(text!, place.cells) ?? '');
    return [sample, `a${wanted}`, `${old}${sample}`, `${old}?${sample}`, `${sample} ${old}`].flatMap((whole) =>
      inversions(text!, whole, place),
    );
  },
  jaccard_index: ({ args: [a, b] }, _, place) =>
    [
      [a!, b!],
      [b!, a!],
    ].flatMap(([from, to]) => alike(valueIn(from!, place.cells)).flatMap((items) => inversions(to!, items, place))),
  unicode_codepoints_from_string: ({ args }, wanted, place) =>
    inversions(
      args[0]!,
      String.fromCodePoint(
        ...elementsOf(wanted)
          .filter((one) => typeof one === 'bigint')
          .map(Number),
      ),
      place,
    ),
  strlen: ({ args }, wanted, place) =>
    typeof wanted === 'bigint' && wanted < 5_000n && wanted >= 0n
      ? inversions(args[0]!, 'a'.repeat(Number(wanted)), place)
      : [],
  countof: ({ args: [text, part] }, wanted, place) =>
    typeof wanted === 'bigint' && wanted < 500n && wanted > 0n
      ? inversions(text!, String(valueIn(part!, place.cells)).repeat(Number(wanted)), place)
      : [],
  array_length: ({ args }, wanted, place) =>
    typeof wanted === 'bigint' && wanted < 500n && wanted > 0n
      ? inversions(
          args[0]!,
          Array.from({ length: Number(wanted) }, (_, i) => `element ${i}`),
          place,
        )
      : [],
  indexof: ({ args: [text, part] }, wanted, place) =>
    typeof wanted === 'bigint' && wanted < 500n && wanted >= 0n
      ? inversions(text!, `${'a'.repeat(Number(wanted))}${valueIn(part!, place.cells)}`, place)
      : [],
  pack_array: ({ args }, wanted, place) =>
    elementsOf(wanted).flatMap((one) => args.flatMap((arg) => inversions(arg, one, place))),
  set_union: through,
  array_concat: through,
  array_sort_asc: through,
  array_sort_desc: through,
  set_difference: through,
  strcat_array: ({ args: [array, by] }, wanted, place) =>
    inversions(array!, String(wanted).split(String(valueIn(by!, place.cells) ?? ',') || ','), place),
  gettype: ({ args }, wanted, place) => {
    const samples: Readonly<Record<string, Value>> = {
      array: ['a'],
      dictionary: new Map([['a', 1n]]),
      string: 'a',
      long: 1n,
      double: 1.5,
      bool: true,
      null: null,
    };
    return inversions(args[0]!, samples[String(wanted)] ?? null, place);
  },
  base64_decode_tostring: ({ args }, wanted, place) =>
    inversions(args[0]!, Buffer.from(String(wanted)).toString('base64'), place),
};

/** Arrays that share most of their elements with another. */
const alike = (value: Value | undefined): Dynamic[][] =>
  Array.isArray(value)
    ? [value.slice(1), value.slice(0, -1), value.slice(0, -2), [...value, 33n], [...value, 33n, 34n]]
    : [];

/** All cells that a scalar reads. */
export function cellsOf(scalar: Scalar): string[] {
  if (scalar.kind === 'column') return [scalar.name];
  return scalar.kind === 'call' ? [...new Set(scalar.args.flatMap(cellsOf))] : [];
}

const asDynamic = (value: Value): Dynamic => value;

/** A value as one of a scalar's type. */
export function converted(value: Value, { type }: Scalar): Value {
  if (value === null) return type === 'string' ? '' : null;
  if (type === 'string') return typeof value === 'string' ? value : dynamicToJson(value);
  if (type === 'dynamic')
    return typeof value === 'string' ? (/^\s*[[{]/.test(value) ? (parseDynamic(value) ?? value) : value) : value;
  if (type === 'bool') return typeof value === 'string' ? value === 'true' || value === '1' : Boolean(value);
  if (type === 'real') return Number(value);
  if (type === 'datetime') return typeof value === 'bigint' ? value : (parseDatetime(String(value)) ?? null);
  if (type === 'int' || type === 'long' || type === 'timespan') {
    if (typeof value === 'bigint') return value;
    return Number.isFinite(Number(value)) ? BigInt(Math.trunc(Number(value))) : null;
  }
  return typeof value === 'string' ? value : dynamicToText(dynamicFrom(value, type));
}
