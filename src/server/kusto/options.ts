import { MailhuntError } from '../../errors/index.ts';
import { parseDatetime, parseTimespan, TICKS_PER_MILLISECOND } from '../../values/index.ts';

/** Where an error in the middle of the rows is told. */
export type ErrorPlacement = 'in_data' | 'end_of_table' | 'end_of_dataset';

/**
 * The request options that are honoured; the others are accepted and change nothing.
 *
 * @see https://learn.microsoft.com/kusto/api/rest/request-properties
 */
export interface Options {
  /** Milliseconds. */
  readonly servertimeout?: number;
  readonly norequesttimeout?: boolean;
  readonly notruncation?: boolean;
  readonly truncationmaxrecords?: number;
  readonly truncationmaxsize?: number;
  readonly query_take_max_records?: number;
  /** Datetime ticks. */
  readonly query_now?: bigint;
  readonly query_datetimescope_column?: string;
  /** Datetime ticks. */
  readonly query_datetimescope_from?: bigint;
  readonly query_datetimescope_to?: bigint;
  readonly results_error_reporting_placement?: ErrorPlacement;
  readonly results_progressive_enabled?: boolean;
  readonly results_v2_fragment_primary_tables?: boolean;
  readonly results_v2_newlines_between_frames?: boolean;
}

/** Reads a value, or gives undefined where it is not of the kind. */
type Reader<T> = (value: unknown) => T | undefined;

const flag: Reader<boolean> = (value) => {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
};

const count: Reader<number> = (value) => {
  const text = String(value).trim();
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
};

/** A timespan of KQL, more than nothing; in milliseconds. */
const duration: Reader<number> = (value) => {
  const ticks = parseTimespan(String(value));
  return ticks !== null && ticks > 0n ? Number(ticks / TICKS_PER_MILLISECOND) : undefined;
};

/** A time, bare or as `datetime(…)`, or ticks already; in ticks. */
const datetime: Reader<bigint> = (value) =>
  typeof value === 'bigint'
    ? value
    : (parseDatetime(String(value).replace(/^\s*datetime\((.*)\)\s*$/i, '$1')) ?? undefined);

const placement: Reader<ErrorPlacement> = (value) =>
  (['in_data', 'end_of_table', 'end_of_dataset'] as const).find((known) => known === String(value).toLowerCase());

/** Options that a query text may not set for itself, by Kusto's documentation. */
const outside: ReadonlySet<string> = new Set([
  'servertimeout',
  'norequesttimeout',
  'results_progressive_enabled',
  'results_v2_fragment_primary_tables',
]);

/** The honoured options among those that a query text sets (`Answer.options`). Throws HTTP0002. */
export const readSetOptions = (set: Readonly<Record<string, unknown>>, path: string): Options =>
  readOptions(Object.fromEntries(Object.entries(set).filter(([name]) => !outside.has(name))), path);

const readers: { readonly [K in keyof Required<Options>]: Reader<NonNullable<Options[K]>> } = {
  servertimeout: duration,
  norequesttimeout: flag,
  notruncation: flag,
  truncationmaxrecords: count,
  truncationmaxsize: count,
  query_take_max_records: count,
  query_now: datetime,
  query_datetimescope_column: (value) => (typeof value === 'string' ? value : undefined),
  query_datetimescope_from: datetime,
  query_datetimescope_to: datetime,
  results_error_reporting_placement: placement,
  results_progressive_enabled: flag,
  results_v2_fragment_primary_tables: flag,
  results_v2_newlines_between_frames: flag,
};

/** Picks the honoured options, in whatever case they are written. Throws HTTP0002 for a value of the wrong kind. */
export function readOptions(given: Readonly<Record<string, unknown>>, path: string): Options {
  const found = Object.entries(given).flatMap(([key, value]) => {
    const name = key.toLowerCase();
    if (!Object.hasOwn(readers, name) || value === null) return [];
    const read = readers[name as keyof Options](value);
    if (read !== undefined) return [[name, read] as const];
    throw new MailhuntError('HTTP0002', { path, text: `the option ${name} has a value that it cannot have` });
  });
  return Object.fromEntries(found);
}
