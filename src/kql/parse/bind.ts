import { MailhuntError } from '../../errors/index.ts';
import { type Column, type KqlType, kqlTypes } from '../../values/index.ts';
import type { Catalog } from '../catalog.ts';
import { kindOf, language, listOf, type Syntax } from './language.ts';

/** The longest query text that is parsed, in UTF-16 units: Microsoft's parser is recursive and takes seconds beyond. */
const MAX_TEXT = 1_000_000;

/** Brackets deeper than this are Microsoft's parser's limit too; beyond, it takes seconds to say so. */
const MAX_NESTING = 500;

let bound: { readonly key: string; readonly globals: Syntax } | undefined;

/**
 * Microsoft's view of the catalog: its tables in one database of one cluster. Making it takes a third of a second cold,
 * so the last one is kept until other tables or columns are asked for; the start-up snapshot holds that of the schema.
 */
function globalsFor(catalog: Catalog, text: string): Syntax {
  const declared = catalog.tables.map(({ name, columns, hidden = [] }) => ({
    name,
    columns: declaration([...columns, ...hidden.filter((column) => text.includes(column.name))]),
  }));
  const key = JSON.stringify([catalog.database, declared]);
  if (bound?.key === key) return bound.globals;
  const { Kusto } = language();
  const { Symbols, GlobalState } = Kusto.Language;
  const tables = declared.map(({ name, columns }) => Symbols.TableSymbol.From(columns).WithName(name));
  const names = [...new Set([catalog.database, 'NetDefaultDB'])];
  const databases = names.map((name) => new Symbols.DatabaseSymbol.$ctor3(name, null, tables, false));
  const cluster = new Symbols.ClusterSymbol.ctor('local', databases);
  const globals = GlobalState.Default.WithCluster(cluster).WithDatabase(databases[0]);
  bound = { key, globals };
  return globals;
}

const declaration = (columns: readonly Column[]): string =>
  `(${columns.map((column) => `['${column.name.replace(/[\\']/g, '\\$&')}']: ${column.type}`).join(', ')})`;

/** A query text, parsed and bound: every expression has its type, every operator its columns. */
export interface BoundQuery {
  readonly text: string;
  /** The QueryBlock. */
  readonly root: Syntax;
  readonly globals: Syntax;
}

/**
 * Parses and binds a query text with Microsoft's parser. Throws KQL0001 with their words and place for the first error,
 * KQL0004 where the parser itself throws.
 */
export function bind(text: string, catalog: Catalog): BoundQuery {
  if (text.trim() === '') throw new MailhuntError('KQL0003', {});
  const [command] = /^\s*\.\w[\w-]*/.exec(text) ?? [];
  if (command !== undefined) throw new MailhuntError('KQL0009', { command: command.trim() });
  if (text.length > MAX_TEXT)
    throw new MailhuntError('KQL0006', { text: `${text.length} characters; the limit is ${MAX_TEXT}` });
  if (nestingOf(text) > MAX_NESTING) throw new MailhuntError('KQL0006', { text: 'it is nested too deeply' });
  const globals = globalsFor(catalog, text);
  const { root, diagnostics } = analyze(text, globals);
  const error = diagnostics.find((diagnostic) => diagnostic.Severity === 'Error');
  if (error === undefined) return { text, root, globals };
  const span = { start: error.Start, length: error.Length };
  throw new MailhuntError('KQL0001', { text: String(error.Message) }, { span, foreignCode: error.Code });
}

/** What may hold brackets that are none (strings, comments), and brackets. */
const bracketOrQuoted = /```[\s\S]*?```|@"[^"]*"|@'[^']*'|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*|[[({\])}]/g;

/** How deep the brackets of a text are nested. */
function nestingOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [part] of text.matchAll(bracketOrQuoted)) {
    if ('[({'.includes(part)) deepest = Math.max(deepest, ++depth);
    else if ('])}'.includes(part)) depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** Microsoft's parser throws on some texts; that is caught here and nowhere else. */
function analyze(text: string, globals: Syntax): { root: Syntax; diagnostics: Syntax[] } {
  try {
    const code = language().Kusto.Language.KustoCode.ParseAndAnalyze(text, globals);
    return { root: code.Syntax, diagnostics: listOf(code.GetDiagnostics()) };
  } catch (error) {
    const words = error instanceof RangeError ? 'it is nested too deeply' : String((error as Error)?.message ?? error);
    throw new MailhuntError('KQL0004', { text: words }, { cause: error, span: { start: 0, length: text.length } });
  }
}

/** The place of a node in the query text. */
export const spanOf = (node: Syntax): { start: number; length: number } => ({
  start: node.TextStart,
  length: node.Width ?? 0,
});

/** Refuses a construct by name and place (KQL0002). */
export function unsupported(node: Syntax, what: string): never {
  throw new MailhuntError('KQL0002', { what }, { span: spanOf(node) });
}

/** Refuses an argument by what it is and what is wrong with it (KQL0005). */
export function invalid(node: Syntax, what: string, text: string): never {
  throw new MailhuntError('KQL0005', { what, text }, { span: spanOf(node) });
}

/** The KQL type that the binder gave to an expression. */
export function typeOf(node: Syntax): KqlType {
  const name = node.ResultType?.Name;
  const type = kqlTypes.find((known) => known === name);
  if (type === undefined) return unsupported(node, `an expression of type ${name ?? kindOf(node)}`);
  return type;
}

/** What a name refers to: `Column`, `Variable`, `Parameter`, `Table`, `Function`, …, or undefined. */
export function symbolKind(node: Syntax): string | undefined {
  const symbol = node.ReferencedSymbol;
  if (symbol === null || symbol === undefined) return undefined;
  const { Kusto, System } = language();
  return String(System.Enum.toString(Kusto.Language.Symbols.SymbolKind, symbol.Kind));
}

/** The columns that the binder gave to a tabular expression or operator. */
export function columnsOf(node: Syntax): Column[] {
  const columns = node.ResultType?.Columns;
  if (columns === undefined) return unsupported(node, 'an expression that is not a table here');
  return listOf(columns).map((column) => ({ name: String(column.Name), type: columnType(column, node) }));
}

function columnType(column: Syntax, node: Syntax): KqlType {
  const name = column.Type?.Name;
  const type = kqlTypes.find((known) => known === name);
  return type ?? unsupported(node, `the column ${column.Name} of type ${name}`);
}
