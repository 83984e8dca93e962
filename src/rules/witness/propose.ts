import type { Scalar } from '../../kql/index.ts';
import type { Value } from '../../values/index.ts';
import { inversions } from './inversions.ts';
import { sampleOf } from './pattern-sample.ts';
import { type Call, cellsOf, converted, elementsOf, type Place, type Proposal, SECOND } from './proposal.ts';
import { valueIn } from './symbols.ts';

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
