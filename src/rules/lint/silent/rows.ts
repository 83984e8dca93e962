import type { SyntaxNode } from '../../../kql/index.ts';
import { argumentsOf, bare, calledName } from '../nodes.ts';

/** The column of a table that a value was taken from. */
export interface Origin {
  readonly table: string;
  readonly column: string;
  /** Functions on the way that keep what it names: `tolower`, `tostring`, outermost first. */
  readonly through: readonly string[];
}

/** What is known of a column of some rows. */
export interface Source {
  readonly origin?: Origin;
  /** The table columns that it was computed from, where it was. */
  readonly reads?: readonly Origin[];
  /** The columns of joins that its value depends on. */
  readonly marks: ReadonlySet<JoinedColumn>;
}

/** A column of one side of a join: whether anything reads it afterwards is what its lints ask. */
export interface JoinedColumn {
  readonly join: JoinSight;
  readonly side: 'left' | 'right';
  readonly column: string;
}

/** What is known of the rows of a tabular expression without running it. */
export interface Rows {
  /** By name, in order. */
  readonly columns: ReadonlyMap<string, Source>;
  /** Tables of which a row of these has one row each: `EmailEvents` and `EmailUrlInfo` after a join of both by message. */
  readonly grains: readonly string[];
  /** Lists of columns on which no two rows agree. */
  readonly unique: readonly (readonly string[])[];
  /** Columns that are never empty. */
  readonly filled: ReadonlySet<string>;
  /** Columns that hold one value in all rows. */
  readonly pinned: ReadonlySet<string>;
}

/** A join as its lints see it. */
export interface JoinSight {
  readonly node: SyntaxNode;
  /** As written, `innerunique` where nothing is; of `lookup` `leftouter`. */
  readonly kind: string;
  readonly isDefault: boolean;
  readonly left: Rows;
  readonly right: Rows;
  readonly keys: readonly { readonly left: string; readonly right: string; readonly node: SyntaxNode }[];
  /** What is read of its result, by the names of its sides. */
  readonly used: { readonly left: ReadonlySet<string>; readonly right: ReadonlySet<string> };
}

/** Whether no two of the rows agree on these columns. */
export const isUniqueOn = ({ unique, pinned }: Rows, names: readonly string[]): boolean =>
  unique.some((key) => key.every((name) => names.includes(name) || pinned.has(name)));

/** Rows of which only the names of the columns are known. */
export const unknownRows = (node: SyntaxNode): Rows => ({
  columns: new Map((node.columns ?? []).map(({ name }) => [name, nothing])),
  ...noFacts,
});

/** The table columns that a column is, or was computed from. */
export const originsOf = ({ origin, reads = [] }: Source): readonly Origin[] =>
  origin === undefined ? reads : [origin];

/** A column of which nothing is known. */
export const nothing: Source = { marks: new Set() };

/** The facts of rows of which nothing is known. */
export const noFacts: Omit<Rows, 'columns'> = { grains: [], unique: [], filled: new Set(), pinned: new Set() };

/** The table column that an expression is, computed on these rows. */
export function originIn(rows: Rows, node: SyntaxNode): Origin | undefined {
  const value = bare(node);
  if (value.kind === 'NameReference') return rows.columns.get(value.symbol?.name ?? value.text)?.origin;
  const name = calledName(value);
  const [first] = argumentsOf(value);
  if (name === undefined || first === undefined || !keeping.has(name)) return undefined;
  const origin = originIn(rows, first);
  return origin === undefined ? undefined : { ...origin, through: [name, ...origin.through] };
}

const keeping = new Set(['tolower', 'toupper', 'tostring', 'trim']);
