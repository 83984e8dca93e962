/** One SELECT in the making: clauses that operators may still add to, until it must be wrapped. */
export interface Select {
  /** `expression AS "name"`, or undefined for all columns of the source as they are. */
  readonly columns: readonly string[] | undefined;
  readonly distinct?: string;
  /** What stands after FROM; undefined for a SELECT without a source. */
  readonly from: string | undefined;
  readonly where: readonly string[];
  readonly groupBy: readonly string[];
  readonly orderBy: readonly string[];
  readonly limit: number | undefined;
}

/** A SELECT that reads everything of a source. */
export const selectAll = (from: string | undefined): Select => ({
  columns: undefined,
  from,
  where: [],
  groupBy: [],
  orderBy: [],
  limit: undefined,
});

const list = (items: readonly string[]): string => items.join(',\n  ');

/** The statement's text. */
export function selectText(select: Select): string {
  const head = `SELECT${select.distinct === undefined ? '' : ` ${select.distinct}`}`;
  const columns = select.columns === undefined ? ' *' : `\n  ${list(select.columns)}`;
  return [
    `${head}${columns}`,
    select.from === undefined ? '' : `FROM ${select.from}`,
    select.where.length === 0 ? '' : `WHERE ${select.where.join('\n  AND ')}`,
    select.groupBy.length === 0 ? '' : `GROUP BY ${select.groupBy.join(', ')}`,
    select.orderBy.length === 0 ? '' : `ORDER BY ${select.orderBy.join(', ')}`,
    select.limit === undefined ? '' : `LIMIT ${select.limit}`,
  ]
    .filter((clause) => clause !== '')
    .join('\n');
}

/** Literals and quoted names, which are kept as they are, and line breaks. A doubled quote reads as two neighbours. */
const quotedOrBreak = /'[^']*'|"[^"]*"|\n/g;

/** A statement as a source of another. Its lines are indented, those inside a literal or a quoted name are not. */
export const nested = (sql: string): string =>
  `(\n  ${sql.replace(quotedOrBreak, (part) => (part === '\n' ? '\n  ' : part))}\n)`;
