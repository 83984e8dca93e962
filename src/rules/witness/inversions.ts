import type { Scalar } from '../../kql/index.ts';
import { type Dynamic, dynamicToText, type Value } from '../../values/index.ts';
import { sampleOf } from './pattern-sample.ts';
import { asDynamic, type Call, converted, elementsOf, type Place, type Proposal, SECOND } from './proposal.ts';
import { valueIn } from './symbols.ts';

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
    i % 2 === 1 && valueIn(arg, place.cells) === wanted ? place.propose(scalar.args[i - 1]!, true, place) : [],
  );
  const otherwise =
    valueIn(scalar.args.at(-1)!, place.cells) === wanted
      ? scalar.args.flatMap((arg, i) =>
          i % 2 === 0 && i < scalar.args.length - 1 ? place.propose(arg, false, place) : [],
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
