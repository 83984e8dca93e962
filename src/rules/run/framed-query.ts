import { MailhuntError } from '../../errors/index.ts';
import type { StoredFunction } from '../../kql/index.ts';
import { formatDatetime } from '../../values/index.ts';
import { wordsOf } from '../read/named-tables.ts';

/** A query with what the rule has around it: functions of the files beside it, and the time that it sees. */
export interface FramedQuery {
  readonly text: string;
  /** An error about the framed text as one about the query itself; any other error as it is. */
  placed(error: unknown): unknown;
  /** The place in the query of a place in the framed text; undefined for what stands before the query. */
  spanOf(span: Span): Span | undefined;
}

type Span = NonNullable<MailhuntError['span']>;

/** What is put before a query. */
export interface Frame {
  /** Functions that it may call; those that it names are defined. */
  readonly functions: readonly StoredFunction[];
  /** Datetime ticks: rows of the tables before that are not there. */
  readonly from: bigint | undefined;
}

/** Puts what a rule has around it before its query, as statements of KQL: any store, also behind a server, understands it. */
export function framedQuery(query: string, { functions, from }: Frame): FramedQuery {
  const scope =
    from === undefined
      ? ''
      : `set query_datetimescope_column='Timestamp'; set query_datetimescope_from=datetime(${formatDatetime(from)}); `;
  const before = `${scope}${namedIn(query, functions)
    .map(({ name, parameters, body }) => `let ${name} = ${parameters} ${body};\n`)
    .join('')}`;
  const spanOf = ({ start, length }: Span): Span | undefined =>
    start < before.length ? undefined : { start: start - before.length, length };
  const placed = (error: unknown): unknown => {
    if (!(error instanceof MailhuntError) || error.span === undefined || before === '') return error;
    const span = spanOf(error.span);
    const { code, facts, foreignCode } = error;
    const options = { ...(span && { span }), ...(foreignCode !== undefined && { foreignCode }), cause: error };
    return new MailhuntError(code, facts, options);
  };
  return { text: before + query, placed, spanOf };
}

/** The functions that a text names, and those that these name: each after the ones that it calls. Cycles are cut. */
function namedIn(query: string, functions: readonly StoredFunction[]): readonly StoredFunction[] {
  const byName = new Map(functions.map((one) => [one.name, one]));
  const found = new Set<StoredFunction>();
  const begun = new Set<string>();
  const add = (text: string): void => {
    for (const name of new Set(wordsOf(text))) {
      const one = byName.get(name);
      if (one === undefined || begun.has(name)) continue;
      begun.add(name);
      add(one.body);
      found.add(one);
    }
  };
  add(query);
  return [...found];
}
