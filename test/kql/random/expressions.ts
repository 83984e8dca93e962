import type { Schema } from '../../../src/kql/plan/index.ts';
import type { KqlType } from '../../../src/values/index.ts';
import type { Picker } from './picker.ts';

/** What an expression may read, and how deep it may go. */
export interface Scope {
  readonly schema: Schema;
  readonly picker: Picker;
}

type Make = (type: KqlType) => string;

const literals: Readonly<Record<KqlType, readonly string[]>> = {
  bool: ['true', 'false', 'bool(null)'],
  int: ['int(1)', 'int(0)', 'int(-5)', 'int(null)'],
  long: ['1', '0', '-3', '7', '10', 'long(null)', '1000000'],
  real: ['1.5', '0.0', '-2.0', '0.1', 'real(null)', 'real(nan)', 'real(+inf)', '1e10'],
  decimal: ['decimal(1.5)', 'decimal(0)', 'decimal(-3)', 'decimal(null)'],
  string: ['"a"', '""', '"alpha"', '"Alpha Beta"', '"10"', '"ß"', '"x_y"', "'q\"uote'", '"😀"', '"2025-07-01"'],
  datetime: ['datetime(2025-07-15)', 'datetime(null)', 'datetime(2024-02-29 23:59:59.9999999)', 'datetime(1601-01-01)'],
  timespan: ['1h', '0s', '-1d', 'timespan(null)', '1tick', 'timespan(10.01:02:03.4567891)'],
  guid: ['guid(8e1e5a3b-0000-4000-8000-00000000000a)', 'guid(null)'],
  dynamic: ['dynamic([1,2,3])', 'dynamic({"a":1,"b":"x"})', 'dynamic(null)', 'dynamic(["x",null,2.5])', 'dynamic([])'],
};

const everyType = Object.keys(literals) as readonly KqlType[];
const ordered: readonly KqlType[] = ['long', 'int', 'real', 'decimal', 'datetime', 'timespan'];
const numbers: readonly KqlType[] = ['long', 'int', 'real'];

/** The forms of a type's expressions; `e` makes the expressions inside. */
type Forms = readonly ((e: Make, picker: Picker) => string)[];

const conditional =
  (type: KqlType): Forms[number] =>
  (e, picker) =>
    picker.of([
      () => `iff(${e('bool')}, ${e(type)}, ${e(type)})`,
      () => `case(${e('bool')}, ${e(type)}, ${e('bool')}, ${e(type)}, ${e(type)})`,
      () => `coalesce(${e(type)}, ${e(type)})`,
    ])();

const textTests = [
  'has',
  '!has',
  'has_cs',
  'contains',
  '!contains',
  'contains_cs',
  'startswith',
  '!startswith',
  'startswith_cs',
  'endswith',
  '!endswith',
  'endswith_cs',
  'hasprefix',
  'hassuffix',
  '=~',
  '!~',
  '==',
  '!=',
];

const needles = ['"alpha"', '"a"', '"BETA"', '"10"', '"ß"', '"ΣΑΣ"', '"x"', '"b;"', '""'];
const patterns = ['"al.ha"', '"^[a-z]+"', '"(?i)ALPHA"', '"[0-9]+$"', '"b.t"'];
const parts = ['"a"', '"b"', '" "', '";"', '"alpha"'];

const forms: Readonly<Record<KqlType, Forms>> = {
  bool: [
    (e, picker) => {
      const type = picker.of(ordered);
      return `(${e(type)} ${picker.of(['<', '<=', '>', '>=', '==', '!='])} ${e(type)})`;
    },
    (e, picker) => `(${e('string')} ${picker.of(textTests)} ${picker.of(needles)})`,
    (e, picker) =>
      `(${e('string')} ${picker.of(['==', '!=', 'contains', 'startswith', 'endswith', '=~'])} ${e('string')})`,
    (e, picker) => `(${e('bool')} ${picker.of(['and', 'or'])} ${e('bool')})`,
    (e) => `not(${e('bool')})`,
    (e, picker) =>
      `${picker.of(['isnull', 'isnotnull'])}(${e(picker.of(everyType.filter((type) => type !== 'string')))})`,
    (e, picker) => `${picker.of(['isempty', 'isnotempty'])}(${e(picker.of(everyType))})`,
    (e, picker) =>
      `(${e('string')} ${picker.of(['in', '!in', 'in~', '!in~'])} (${needles.slice(0, 1 + picker.below(4)).join(', ')}))`,
    (e, picker) => `(${e('long')} ${picker.of(['in', '!in'])} (5, 12, -7))`,
    (e, picker) => `(${e('string')} ${picker.of(['has_any', 'has_all'])} ("alpha", "beta"))`,
    (e, picker) => {
      const type = picker.of(ordered);
      return `(${e(type)} ${picker.of(['between', '!between'])} (${e(type)} .. ${e(type)}))`;
    },
    (e, picker) => `${picker.of(['isnan', 'isinf', 'isfinite'])}(${e('real')})`,
    (e, picker) => `(${e('string')} matches regex ${picker.of(patterns)})`,
    (e, picker) => `(${e(picker.of(numbers))} ${picker.of(['<', '>=', '==', '!='])} ${e(picker.of(numbers))})`,
    (e, picker) => `tobool(${e(picker.of(['long', 'string', 'dynamic']))})`,
    (e) => `(${e('guid')} == ${e('guid')})`,
    (e, picker) => `(${e('bool')} ${picker.of(['==', '!='])} ${e('bool')})`,
    (e, picker) =>
      `(${e('long')} ${picker.of(['in', '!in'])} (${picker.of(['C | project l', 'B | project k', 'A | where b | project l'])}))`,
    (e, picker) =>
      `(${e('string')} ${picker.of(['in', '!in', 'in~'])} (${picker.of(['C | project s', 'B | distinct s'])}))`,
    (e, picker) =>
      `(${picker.of(['tostring', 'tolower'])}(${e('string')}) ${picker.of(['==', '<>', '!='])} ${e('string')})`,
    (e) => `array_length(${e('dynamic')}) > 1`,
    (e, picker) => `(tostring(parse_json(${e('string')}).${picker.of(['a', 'b'])}) == "x")`,
    (e, picker) => `set_has_element(${e('dynamic')}, ${picker.of(['1', '"x"', '2'])})`,
    conditional('bool'),
  ],
  int: [
    (e, picker) => `toint(${e(picker.of(['long', 'string', 'real', 'bool', 'dynamic', 'decimal']))})`,
    conditional('int'),
    (e, picker) => `${picker.of(['hourofday', 'dayofmonth', 'monthofyear', 'getyear', 'dayofyear'])}(${e('datetime')})`,
  ],
  long: [
    (e, picker) => `(${e('long')} ${picker.of(['+', '-', '*', '/', '%'])} ${e(picker.of(['long', 'int']))})`,
    (e) => `strlen(${e('string')})`,
    (e, picker) =>
      `tolong(${e(picker.of(['string', 'real', 'int', 'bool', 'dynamic', 'decimal', 'datetime', 'timespan']))})`,
    (e, picker) => `bin(${e('long')}, ${picker.of(['1', '3', '10', '7'])})`,
    (e) => `array_length(${e('dynamic')})`,
    (e, picker) => `indexof(${e('string')}, ${picker.of(parts)})`,
    (e, picker) => `countof(${e('string')}, ${picker.of(parts)})`,
    (e, picker) =>
      `datetime_diff(${picker.of(["'day'", "'hour'", "'month'", "'year'", "'week'", "'second'"])}, ${e('datetime')}, ${e('datetime')})`,
    (e, picker) => `${picker.of(['min_of', 'max_of'])}(${e('long')}, ${e('long')})`,
    (e) => `abs(${e('long')})`,
    (e, picker) =>
      `datetime_part(${picker.of(["'year'", "'month'", "'dayOfYear'", "'hour'", "'week_of_year'"])}, ${e('datetime')})`,
    (e, picker) => `${picker.of(['binary_and', 'binary_or', 'binary_xor'])}(${e('long')}, ${e('long')})`,
    (e) => `(- ${e('long')})`,
    (_, picker) =>
      `toscalar(${picker.of(['A | count', 'B | summarize max(k)', 'C | where l > 1000 | project l', 'A | summarize sum(l)'])})`,
    conditional('long'),
    (e) => `hash_xxhash64(${e('string')}, 97)`,
    (e, picker) => `tolong(sign(${e(picker.of(['long', 'real']))}))`,
  ],
  real: [
    (e, picker) => `(${e('real')} ${picker.of(['+', '-', '*', '/', '%'])} ${e(picker.of(['real', 'long', 'int']))})`,
    (e, picker) => `todouble(${e(picker.of(['string', 'long', 'bool', 'dynamic', 'decimal', 'int']))})`,
    (e, picker) =>
      `${picker.of(['sqrt', 'exp', 'log', 'log10', 'log2', 'abs', 'sin', 'cos', 'atan', 'exp2', 'ceiling', 'round', 'radians'])}(${e('real')})`,
    (e, picker) => `round(${e('real')}, ${picker.of(['0', '1', '2', '-1'])})`,
    (e, picker) => `bin(${e('real')}, ${picker.of(['0.5', '1.0', '0.25'])})`,
    (e) => `pow(${e('real')}, ${e('long')})`,
    (e) => `(${e('timespan')} / ${e('timespan')})`,
    (e, picker) => `${picker.of(['min_of', 'max_of'])}(${e('real')}, ${e('real')})`,
    (_, picker) => `toscalar(${picker.of(['B | summarize avg(l)', 'B | where k == 1 | summarize max(x)'])})`,
    conditional('real'),
    (e) => `(- ${e('real')})`,
  ],
  decimal: [
    (e, picker) => `todecimal(${e(picker.of(['long', 'int', 'string']))})`,
    (e, picker) => `(${e('decimal')} ${picker.of(['+', '-', '*'])} ${e('decimal')})`,
    conditional('decimal'),
  ],
  string: [
    (e, picker) => `tostring(${e(picker.of(everyType))})`,
    (e) => `strcat(${e('string')}, ${e('string')})`,
    (e, picker) => `substring(${e('string')}, ${picker.of(['0', '1', '-2', '3', '2'])}, ${picker.of(['1', '2', '5'])})`,
    (e, picker) =>
      `${picker.of(['toupper', 'tolower', 'reverse', 'url_encode_component', 'base64_encode_tostring'])}(${e('string')})`,
    (e, picker) =>
      `${picker.of(['trim', 'trim_start', 'trim_end'])}(${picker.of(['" "', '"a"', '"[a-z]+"'])}, ${e('string')})`,
    (e, picker) => `replace_string(${e('string')}, ${picker.of(parts)}, ${picker.of(['"-"', '""', '"zz"'])})`,
    (e, picker) =>
      `replace_regex(${e('string')}, ${picker.of(['"[aeiou]"', '"(\\\\w)b"', '"a+"'])}, ${picker.of(['"-"', '"<\\\\0>"'])})`,
    (e, picker) => `extract(${picker.of(['"([a-z]+)"', '"(\\\\d+)"', '"a(.)"'])}, 1, ${e('string')})`,
    (e, picker) => `tostring(split(${e('string')}, ${picker.of(parts)})[${picker.of(['0', '1', '-1'])}])`,
    (e, picker) => `tostring(${e('dynamic')}${picker.of(['.a', '[0]', '.b[1]', '["c"].d'])})`,
    (e, picker) => `strcat_array(${e('dynamic')}, ${picker.of(['","', '""'])})`,
    (e, picker) => `strcat_delim("-", ${e('string')}, ${e(picker.of(['string', 'long', 'datetime']))})`,
    (e, picker) => `format_datetime(${e('datetime')}, ${picker.of(["'yyyy-MM-dd'", "'HH:mm:ss.fffffff'"])})`,
    (e) => `gettype(${e('dynamic')})`,
    conditional('string'),
    (e) => `hash_md5(${e('string')})`,
    (e, picker) => `strrep(${e('string')}, ${picker.of(['1', '2', '3'])})`,
  ],
  datetime: [
    (e, picker) => `(${e('datetime')} ${picker.of(['+', '-'])} ${picker.of(['1h', '1d', '-3m', '1tick'])})`,
    (e, picker) => `bin(${e('datetime')}, ${picker.of(['1d', '1h', '7d', '5m'])})`,
    (e, picker) =>
      `${picker.of(['startofday', 'startofweek', 'startofmonth', 'startofyear', 'endofday', 'endofweek', 'endofmonth', 'endofyear'])}(${e('datetime')})`,
    (e, picker) => `todatetime(${e(picker.of(['string', 'dynamic']))})`,
    (e, picker) =>
      `datetime_add(${picker.of(["'day'", "'month'", "'hour'", "'year'"])}, ${picker.of(['1', '-1', '13'])}, ${e('datetime')})`,
    (e, picker) => `${picker.of(['min_of', 'max_of'])}(${e('datetime')}, ${e('datetime')})`,
    (e) => `make_datetime(2000 + ${e('int')} % 20, 1 + ${e('int')} % 12, 3)`,
    conditional('datetime'),
    (e) => `unixtime_seconds_todatetime(${e('long')} % 1000000)`,
  ],
  timespan: [
    (e) => `(${e('datetime')} - ${e('datetime')})`,
    (e, picker) => `(${e('timespan')} ${picker.of(['+', '-'])} ${e('timespan')})`,
    (e) => `(${e('timespan')} * 2)`,
    (e, picker) => `bin(${e('timespan')}, ${picker.of(['1h', '1d', '10m'])})`,
    (e) => `totimespan(${e('string')})`,
    (e, picker) => `(${e('timespan')} / ${picker.of(['2', '3', '2.5'])})`,
    conditional('timespan'),
    (e) => `abs(${e('timespan')})`,
  ],
  guid: [(e) => `toguid(${e('string')})`, conditional('guid')],
  dynamic: [
    (e) => `parse_json(${e('string')})`,
    (e, picker) => `${e('dynamic')}${picker.of(['.a', '[0]', '.b', '["b"][1]', '.c.d', '[-1]'])}`,
    (e, picker) => `bag_pack("a", ${e(picker.of(everyType))}, "b", ${e(picker.of(everyType))})`,
    (e, picker) => `pack_array(${e(picker.of(everyType))}, ${e(picker.of(everyType))})`,
    (e, picker) => `split(${e('string')}, ${picker.of(parts)})`,
    (e, picker) =>
      `${picker.of(['array_concat', 'set_union', 'set_intersect', 'set_difference'])}(${e('dynamic')}, ${e('dynamic')})`,
    (e, picker) => `array_slice(${e('dynamic')}, ${picker.of(['0', '1', '-2'])}, ${picker.of(['1', '2', '-1'])})`,
    (e) => `bag_keys(${e('dynamic')})`,
    (e, picker) => `${picker.of(['array_sort_asc', 'array_sort_desc', 'array_reverse'])}(${e('dynamic')})`,
    (e) => `bag_merge(${e('dynamic')}, ${e('dynamic')})`,
    (e, picker) => `todynamic(${e(picker.of(['string', 'dynamic']))})`,
    (e, picker) => `extract_all(${picker.of(['"([a-z])"', '"(\\\\w)(\\\\w)"'])}, ${e('string')})`,
    (e) => `pack_array(array_index_of(${e('dynamic')}, 2))`,
    conditional('dynamic'),
    (e) => `zip(${e('dynamic')}, ${e('dynamic')})`,
  ],
};

/** A random expression of a type. */
export function expression({ schema, picker }: Scope, type: KqlType, depth = 2): string {
  const columns = schema.filter((column) => column.type === type).map(({ name }) => `['${name}']`);
  const leaf = (): string =>
    columns.length > 0 && picker.below(4) < 3 ? picker.of(columns) : picker.of(literals[type]);
  if (depth <= 0 || picker.below(5) < 2) return leaf();
  return picker.of(forms[type])((inner) => expression({ schema, picker }, inner, depth - 1), picker);
}
