import { MailhuntError } from '../../errors/index.ts';
import { type Catalog, compile, evaluate, type Row, type Scalar } from '../../kql/index.ts';
import { tableNamed } from '../../schema/index.ts';
import { columnsOf, type Possible, possibleOf } from './possible.ts';
import { predicateInstead, toldColumns } from './told-columns.ts';

/** A KQL predicate over a row of EmailEvents, decided without a database. */
export interface RowPredicate {
  readonly source: string;
  /** Undefined where it cannot be computed of a row: a pattern that stands in the message and is none. */
  readonly holds: (row: Row) => boolean | undefined;
  /** What it may be where only the columns of this row are known. */
  readonly possible: (row: Row) => Possible;
  /** The columns of EmailEvents that it reads. */
  readonly columns: ReadonlySet<string>;
  /**
   * Whether it reads AuthenticationDetails as a text, which may hold the words in the header's form (`dmarc=fail`) or not,
   * and not only its members, which it always holds: `parse_json(AuthenticationDetails).DMARC`.
   */
  readonly readsDetailsAsText: boolean;
}

const LONGEST = 10_000;
/** Two moments that differ in everything that now() could decide. */
const MOMENTS = [630_000_000_000_000_000n, 640_123_456_789_012_345n] as const;

const events = tableNamed('EmailEvents')!;

/** EmailEvents and no other table, read from no store: a policy is checked where there is none. */
const catalog: Catalog = {
  database: 'mail',
  version: 'a row of EmailEvents',
  tables: [{ name: events.name, columns: events.columns, relation: events.name }],
};

/**
 * Reads a predicate: what may stand behind `EmailEvents | where`, with the meaning that it has there.
 *
 * @param refuse told why it cannot be had: not KQL, no bool, asks the time, other rows, or what nobody knows yet
 * @example rowPredicate('SenderDisplayName has "CEO"', refuse).holds(new Map([['SenderDisplayName', 'the CEO']])) // true
 */
export function rowPredicate(source: string, refuse: (why: string) => never): RowPredicate {
  if (source.length > LONGEST) refuse(`the predicate is longer than ${LONGEST} characters`);
  const [one, other] = MOMENTS.map((now) => scalarOf(source, now, refuse)) as [Scalar, Scalar];
  if (written(one) !== written(other)) refuse('the predicate asks what time it is, which a policy must not depend on');
  const columns = new Set(columnsOf(one));
  for (const name of columns) if (!toldColumns.has(name)) refuse(whyNotTold(name));
  try {
    evaluate(one, new Map());
  } catch (error) {
    refuse(wordsOf(error));
  }
  return {
    source,
    holds: holder(one),
    possible: (row) => possibleOf(one, row),
    columns,
    readsDetailsAsText: readsAsText(one),
  };
}

const holder = (scalar: Scalar) => (row: Row) => {
  try {
    return evaluate(scalar, row) === true;
  } catch (error) {
    if (error instanceof MailhuntError) return undefined;
    throw error;
  }
};

function whyNotTold(name: string): string {
  const instead = predicateInstead.get(name);
  return `${name} is not known while a message comes in${instead === undefined ? '' : `; the predicate ${instead} asks for it`}`;
}

function scalarOf(source: string, now: bigint, refuse: (why: string) => never): Scalar {
  try {
    const { tables, warnings } = compile(`EmailEvents\n| project Holds = ${parenthesized(source)}`, { catalog, now });
    const [table] = tables;
    const plan = table?.plan;
    if (tables.length !== 1 || plan?.kind !== 'project' || plan.input.kind !== 'scan' || plan.columns.length !== 1)
      return refuse('it is more than a predicate');
    if (plan.schema[0]?.type !== 'bool') return refuse(`it gives ${plan.schema[0]?.type}, and a predicate gives bool`);
    if (warnings.length > 0) return refuse(warnings.map(({ message }) => message).join('; '));
    return plan.columns[0]!.value;
  } catch (error) {
    return refuse(wordsOf(error));
  }
}

/** As an operand of a query: a comment at its end takes nothing with it. What was read as one is one in any query. */
export const parenthesized = (source: string): string => `(\n${source}\n)`;

const parses: ReadonlySet<string> = new Set(['parse_json', 'todynamic', 'parsejson', 'toobject']);

/** The members that AuthenticationDetails has in every form. */
const words: ReadonlySet<unknown> = new Set(['SPF', 'DKIM', 'DMARC', 'CompAuth']);

function readsAsText(scalar: Scalar): boolean {
  if (scalar.kind === 'column') return scalar.name === 'AuthenticationDetails';
  return scalar.kind === 'call' && !isMemberOfDetails(scalar) && scalar.args.some(readsAsText);
}

/** `parse_json(AuthenticationDetails).DMARC` */
function isMemberOfDetails({ name, args: [from, key] }: Extract<Scalar, { kind: 'call' }>): boolean {
  if (name !== '[]' || from?.kind !== 'call' || !parses.has(from.name) || key?.kind !== 'literal') return false;
  return from.args[0]?.kind === 'column' && words.has(key.value);
}

function wordsOf(error: unknown): string {
  if (error instanceof MailhuntError) return `the predicate cannot be used: ${error.message}`;
  throw error;
}

const written = (scalar: Scalar): string =>
  JSON.stringify(scalar, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
