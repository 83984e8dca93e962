import { physicalNames, sqlName, sqlTypes } from '../../duckdb/index.ts';
import { MailhuntError } from '../../errors/index.ts';
import { errorSql, toDynamicSql } from '../functions/index.ts';
import type { Named, PlanOf, Scalar } from '../plan/index.ts';
import type { Printer } from './printer.ts';
import { isSubquery, type Place, printAggregate, printScalar } from './scalar.ts';
import { nested, type Select, selectAll, selectText } from './select.ts';

type Aggregate = PlanOf<'series'>['aggregates'][number];

/** The most elements of a series, as in Kusto. */
const MOST_BINS = 1_048_576;

/** The bins of the axis in SQL. */
interface Bins {
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Where bins are counted from. */
  readonly origin: string;
  readonly step: string;
  /** How many there are where both ends are given. */
  readonly count: string | undefined;
}

/**
 * `make-series`: rows fall into bins counted from `from` (the end is not included), are aggregated by group and bin, and
 * each group's array is written from its bins in order, the fallback where a bin has no row.
 */
export function seriesSelect(plan: PlanOf<'series'>, printer: Printer): Select {
  const place = printer.place(plan.input.schema);
  const none = printer.place([]);
  const axis = printScalar(plan.axis.value, place);
  const names = physicalNames(plan.schema);
  const group = plan.by.map((_, i) => `g${i}`);
  const bins = binsOf(plan, (scalar) => printScalar(scalar, none));
  // the engine groups by a number of one byte in an array, by a larger one in a hash table: 24 ms against 31
  const bin = (sql: string): string => (Number(bins.count) <= 256 ? `CAST(${sql} AS UTINYINT)` : sql);
  const binned: Select = {
    ...selectAll(printer.source(plan.input)),
    columns: [
      ...plan.by.map(({ value }, i) => `${printScalar(value, place)} AS g${i}`),
      `${bin(binNumber(plan, axis, bins))} AS bin`,
      ...plan.aggregates.map(({ value }, i) => `${printAggregate(value, place)} AS a${i}`),
    ],
    where: [
      bins.from === undefined ? `${axis} IS NOT NULL` : `${axis} >= ${bins.from}`,
      ...(bins.to === undefined ? [] : [`${axis} < ${bins.to}`]),
      // the engine takes NaN for the greatest
      ...(plan.axis.value.type === 'real' && bins.to === undefined ? [`NOT isnan(${axis})`] : []),
    ],
    // by position: a name would be read as the source's column of that name
    groupBy: [...group, 'bin'].map((_, i) => String(i + 1)),
  };
  const ends = bins.count === undefined ? ['min(bin) AS least', 'max(bin) AS greatest'] : [];
  // what the arrays' lambda functions read may not be a subquery: such a one becomes a column
  const held: string[] = [];
  const readable = (sql: string, name: string): string => {
    if (!isSubquery(sql)) return sql;
    held.push(`${sql} AS ${name}`);
    return name;
  };
  const origin = readable(bins.origin, 'origin');
  const fallbacks = plan.aggregates.map(({ value, fallback }, i) =>
    readable(fallbackSql(fallback, value.type, none), `f${i}`),
  );
  const filled: Select = {
    ...selectAll(nested(selectText(binned))),
    columns: [...group, ...plan.aggregates.map((item, i) => `${entriesSql(item, i)} AS m${i}`), ...ends, ...held],
    // of no rows there is no group, where the query does not ask for one
    groupBy: group.length > 0 || plan.nonempty ? group : ['true'],
  };
  const [first, end] = endsOf(bins);
  const numbers = `range(${first}, ${end})`;
  const asArray = (sql: string, type: Scalar['type']): string =>
    `'[' || array_to_string(list_transform(${numbers}, lambda i: ${json(sql, type)}), ',') || ']'`;
  const output = (item: Named<unknown>, sql: string): string => `${sql} AS ${sqlName(names.get(item.name)!)}`;
  return {
    ...selectAll(nested(selectText(filled))),
    columns: [
      ...plan.by.map((item, i) => output(item, `g${i}`)),
      ...plan.aggregates.map((item, i) => output(item, cellsSql(`m${i}`, fallbacks[i]!, first, end))),
      output(plan.axis, asArray(`(${origin} + i * ${bins.step})`, plan.axis.value.type)),
    ],
  };
}

function binsOf(plan: PlanOf<'series'>, print: (scalar: Scalar) => string): Bins {
  const [from, to] = [plan.from, plan.to].map((bound) => bound && print(bound));
  const origin = from ?? (plan.axis.value.type === 'real' ? '0::DOUBLE' : '0');
  const step = print(plan.step);
  const count = from === undefined || to === undefined ? undefined : binCount(plan, { from, to, step });
  return { from, to, origin, step, count };
}

/** SQL of the number of the bin that an axis value falls into; negative below the origin. */
function binNumber({ axis: { value } }: PlanOf<'series'>, axis: string, { from, origin, step }: Bins): string {
  if (value.type === 'real') return `CAST(floor((${axis} - ${origin}) / ${step}) AS BIGINT)`;
  if (from !== undefined) return `(${axis} - ${from}) // ${step}`;
  // the engine's // and % go towards zero
  return `((${axis} - (${axis} % ${step} + ${step}) % ${step}) // ${step})`;
}

/** SQL of the number of a group's first bin and that behind its last. A row of more elements than Kusto gives is refused. */
function endsOf({ from, to, origin, step, count }: Bins): [first: string, end: string] {
  if (count !== undefined) return ['0', count];
  const first = from === undefined ? 'least' : '0';
  const end = to === undefined ? 'greatest + 1' : `CAST(ceil((${to} - ${origin}) / CAST(${step} AS DOUBLE)) AS BIGINT)`;
  return [first, limited(end, first)];
}

const json = (sql: string, type: Scalar['type']): string =>
  toDynamicSql({ sql, type, nullable: true, constant: undefined });

/** SQL of a group's bins that have rows, in order, each with its value as JSON text. */
const entriesSql = ({ value }: Aggregate, i: number): string =>
  `list({'bin': CAST(bin AS BIGINT), 'text': ${json(`a${i}`, value.type)}} ORDER BY bin)`;

/**
 * SQL of the array of all of a group's values: those there are, the fallback as often before each as bins are missing,
 * and after the last. Looking each bin up would take the square of the time: 5,000 bins 3.6 s.
 * The ends are looked at first, for they refuse what is too long.
 */
function cellsSql(entries: string, fallback: string, first: string, end: string): string {
  const missing = (sql: string): string => `repeat(',' || ${fallback}, ${sql})`;
  const before = `coalesce(${entries}[i - 1].bin, ${first} - 1)`;
  const cells = `list_transform(${entries}, lambda entry, i: ${missing(`entry.bin - ${before} - 1`)} || ',' || entry.text)`;
  const rest = missing(`${end} - 1 - coalesce(${entries}[-1].bin, ${first} - 1)`);
  const array = `'[' || substr(coalesce(array_to_string(${cells}, ''), '') || ${rest}, 2) || ']'`;
  if (/^[1-9]\d*$/.test(end)) return array;
  return `CASE WHEN ${end} > ${first} THEN ${array} WHEN ${end} <= ${first} THEN '[]' END`;
}

/** SQL of the JSON text of the value of a bin without rows. */
function fallbackSql(fallback: Scalar, type: Scalar['type'], place: Place): string {
  if (fallback.kind === 'literal' && fallback.type === type)
    return toDynamicSql({ sql: '', type, nullable: false, constant: fallback.value });
  return json(`CAST(${printScalar(fallback, place)} AS ${sqlTypes[type]})`, type);
}

const limited = (end: string, least: string): string =>
  `CASE WHEN ${end} - ${least} > ${MOST_BINS} THEN ${tooManySql()} ELSE ${end} END`;

const tooMany = (count: bigint | string) =>
  new MailhuntError('KQL0005', {
    what: 'make-series',
    text: `the series has ${count} elements; the limit is ${MOST_BINS}`,
  });

const tooManySql = (): string => `CAST(${errorSql(tooMany(`more than ${MOST_BINS}`))} AS BIGINT)`;

/** How many bins there are: a number where the bounds are constants. */
function binCount(plan: PlanOf<'series'>, sql: { from: string; to: string; step: string }): string {
  const [from, to, step] = [plan.from, plan.to, plan.step].map((bound) =>
    bound?.kind === 'literal' ? bound.value : undefined,
  );
  if (typeof from === 'bigint' && typeof to === 'bigint' && typeof step === 'bigint')
    return checkedCount(to > from ? (to - from + step - 1n) / step : 0n);
  if (typeof from === 'number' && typeof to === 'number' && typeof step === 'number')
    return checkedCount(to > from ? BigInt(Math.ceil((to - from) / step)) : 0n);
  const real = plan.axis.value.type === 'real';
  const count = real
    ? `CAST(ceil((${sql.to} - ${sql.from}) / ${sql.step}) AS BIGINT)`
    : `(${sql.to} - ${sql.from} + ${sql.step} - 1) // ${sql.step}`;
  return limited(`greatest(0, ${count})`, '0');
}

function checkedCount(count: bigint): string {
  if (count > MOST_BINS) throw tooMany(count);
  return String(count);
}
