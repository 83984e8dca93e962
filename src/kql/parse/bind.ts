import { MailhuntError } from '../../errors/index.ts';
import { type Column, type KqlType, kqlTypes } from '../../values/index.ts';
import type { Catalog } from '../catalog.ts';
import type { Surroundings } from '../surroundings.ts';
import { originOf } from './function-body.ts';
import { isFuzzy, type MissingSource, withoutMissing } from './fuzzy.ts';
import { globalsFor } from './globals.ts';
import { kindOf, language, listOf, type Syntax } from './language.ts';
import { isForgivenOfPlugin } from './plugin-arguments.ts';

/** The longest query text that is parsed, in UTF-16 units: Microsoft's parser is recursive and takes seconds beyond. */
const MAX_TEXT = 1_000_000;

/** Brackets deeper than this are Microsoft's parser's limit too; beyond, it takes seconds to say so. */
const MAX_NESTING = 500;

/** `let B = union A, A; let C = union B, B; …` doubles at each step what Microsoft's binder goes through. */
const MAX_UNITED = 8_000;

/** A query text, parsed and bound: every expression has its type, every operator its columns. */
export interface BoundQuery {
  readonly text: string;
  /** The QueryBlock. */
  readonly root: Syntax;
  readonly globals: Syntax;
  /** Sources of fuzzy unions that are not there and that the tree is without. */
  readonly missing: readonly MissingSource[];
}

/**
 * Parses and binds a query text with Microsoft's parser. Throws KQL0001 with their words and place for the first error,
 * KQL0004 where the parser itself throws. `reread` may say what is wrong instead, out of what could be bound.
 */
export function bind(
  text: string,
  catalog: Catalog,
  surroundings?: Surroundings,
  reread: (bound: BoundQuery) => MailhuntError | undefined = () => undefined,
): BoundQuery {
  readable(text);
  const globals = globalsFor(catalog, text, surroundings);
  const whole = analyze(text, globals);
  const { text: left, missing } = withoutMissing(text, whole.root);
  const { root, diagnostics } = left === text ? whole : analyze(left, globals);
  const error = diagnostics.find(
    (diagnostic) => diagnostic.Severity === 'Error' && !isForgiven(diagnostic, root, surroundings),
  );
  const bound = { text, root, globals, missing };
  if (error === undefined) return bound;
  const span = { start: error.Start, length: error.Length };
  const name = text.slice(span.start, span.start + span.length);
  const wrong = surroundings?.functions.find((known) => known.name === name)?.wrong;
  if (wrong !== undefined) throw new MailhuntError('KQL0011', { name, text: wrong }, { span });
  throw (
    reread(bound) ?? new MailhuntError('KQL0001', { text: String(error.Message) }, { span, foreignCode: error.Code })
  );
}

/** The tree of a text with all that Microsoft's binder says about it, mistakes included; what is forgiven is left out. */
export function inspect(
  text: string,
  catalog: Catalog,
  surroundings?: Surroundings,
): { root: Syntax; diagnostics: Said[] } {
  readable(text);
  const { root, diagnostics } = analyze(text, globalsFor(catalog, text, surroundings));
  const kept = diagnostics.filter((diagnostic) => !isForgiven(diagnostic, root, surroundings));
  return {
    root,
    diagnostics: kept.map(({ Severity, Code, Message, Start, Length }) => ({
      severity: Severity,
      code: String(Code),
      message: String(Message),
      span: { start: Start, length: Length },
    })),
  };
}

/** One thing that Microsoft's binder says. */
export interface Said {
  readonly severity: 'Error' | 'Warning' | 'Information' | 'Suggestion';
  /** `KS142`. */
  readonly code: string;
  readonly message: string;
  readonly span: { readonly start: number; readonly length: number };
}

/** Throws KQL0003, KQL0009 or KQL0006 for a text that is not given to Microsoft's parser: none, a command, one too large. */
export function readable(text: string): void {
  if (text.trim() === '') throw new MailhuntError('KQL0003', {});
  const [command] = /^\s*\.\w[\w-]*/.exec(text) ?? [];
  if (command !== undefined) throw new MailhuntError('KQL0009', { command: command.trim() });
  if (text.length > MAX_TEXT)
    throw new MailhuntError('KQL0006', { text: `${text.length} characters; the limit is ${MAX_TEXT}` });
  if (nestingOf(text) > MAX_NESTING) throw new MailhuntError('KQL0006', { text: 'it is nested too deeply' });
  if (unitedBy(text) > MAX_UNITED)
    throw new MailhuntError('KQL0006', { text: `its unions of unions read more than ${MAX_UNITED} tables` });
}

/** A name with wildcards that fits no table is an error, but for a source of `union isfuzzy=true`, which does without. */
function isForgiven({ Code, Start }: Syntax, root: Syntax, surroundings: Surroundings | undefined): boolean {
  const plugins = isForgivenOfPlugin[Code];
  if (plugins !== undefined) return plugins(root.GetTokenAt(Start), Start);
  if (Code !== 'KS142') return false;
  if (isColumnOfEnrichment(root.GetTokenAt(Start), surroundings)) return true;
  let node = root.GetTokenAt(Start);
  while (node && kindOf(node) !== 'UnionOperator') node = kindOf(node) === 'PipeExpression' ? null : node.Parent;
  return isFuzzy(node);
}

/** `invoke FileProfile(SHA1)`: an enrichment takes a column of its input bare, which no function of KQL does. */
function isColumnOfEnrichment(token: Syntax, surroundings: Surroundings | undefined): boolean {
  let call = token;
  while (call && kindOf(call) !== 'FunctionCallExpression')
    call = kindOf(call) === 'PipeExpression' ? null : call.Parent;
  if (!call || call.Parent === null || kindOf(call.Parent) !== 'InvokeOperator') return false;
  const name = String(call.Name.SimpleName);
  return surroundings?.enrichments.some((known) => known.name === name) ?? false;
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

/** How many tables the largest union of a text has, once the `let`s that it names are written out. */
function unitedBy(text: string): number {
  const lets = [...text.matchAll(/\blet\s+(?:\[\s*["'])?([A-Za-z_]\w*)(?:["']\s*\])?\s*=/g)];
  const sizes = new Map<string, number>();
  for (const [i, found] of lets.entries()) {
    const body = text.slice(found.index + found[0].length, lets[i + 1]?.index);
    const named = [...body.matchAll(/[A-Za-z_]\w*/g)].flatMap(([name]) => sizes.get(name) ?? []);
    const isUnion = /\bunion\b/.test(body);
    const size = named.reduce((all, one) => (isUnion ? all + one : Math.max(all, one)), isUnion ? 0 : 1);
    sizes.set(found[1]!, Math.max(1, size));
  }
  return Math.max(0, ...sizes.values());
}

interface Analysis {
  readonly root: Syntax;
  readonly diagnostics: Syntax[];
}

/**
 * Texts that are asked again and again (rules, tiles, what an investigation looks up, a text that was just inspected) are
 * analyzed once: the binder is what takes long. Parameters are no part of a text: other values, the same analysis.
 */
const KEPT = 128;
/** UTF-16 units of a text that is kept: the tree of a long one takes megabytes. */
const KEPT_TEXT = 10_000;
const kept = new Map<string, { readonly globals: Syntax; readonly analysis: Analysis }>();
let last: { readonly text: string; readonly globals: Syntax; readonly analysis: Analysis } | undefined;

function analyze(text: string, globals: Syntax): Analysis {
  const found = last?.text === text ? last : kept.get(text);
  const analysis = found !== undefined && found.globals === globals ? found.analysis : analyzeAnew(text, globals);
  last = { text, globals, analysis };
  if (text.length <= KEPT_TEXT) keep(text, { globals, analysis });
  return analysis;
}

/** Those used last stay. */
function keep(text: string, entry: { readonly globals: Syntax; readonly analysis: Analysis }): void {
  kept.delete(text);
  kept.set(text, entry);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
}

/** Microsoft's parser throws on some texts; that is caught here and nowhere else. */
function analyzeAnew(text: string, globals: Syntax): Analysis {
  try {
    const code = language().Kusto.Language.KustoCode.ParseAndAnalyze(text, globals);
    return { root: code.Syntax, diagnostics: listOf(code.GetDiagnostics()) };
  } catch (error) {
    // what the surroundings lend says itself what is wrong with it
    if (error instanceof MailhuntError) throw error;
    const words = error instanceof RangeError ? 'it is nested too deeply' : String((error as Error)?.message ?? error);
    throw new MailhuntError('KQL0004', { text: words }, { cause: error, span: { start: 0, length: text.length } });
  }
}

/** The place of a node in the query text. */
export const spanOf = (node: Syntax): { start: number; length: number } => ({
  start: originOf(node) + node.TextStart,
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

/** True for a call whose result the binder names after its first argument, as `todynamic(Extra)`. */
export function isCalledAsArgument(node: Syntax): boolean {
  if (kindOf(node) !== 'FunctionCallExpression') return false;
  const { Kusto, System } = language();
  const kind = node.ReferencedSymbol?.ResultNameKind;
  return kind !== undefined && System.Enum.toString(Kusto.Language.Symbols.ResultNameKind, kind) === 'FirstArgument';
}

/** What a name refers to: `Column`, `Variable`, `Parameter`, `Table`, `Function`, …, or undefined. */
export function symbolKind(node: Syntax): string | undefined {
  const symbol = node.ReferencedSymbol;
  if (symbol === null || symbol === undefined) return undefined;
  const { Kusto, System } = language();
  return String(System.Enum.toString(Kusto.Language.Symbols.SymbolKind, symbol.Kind));
}

/** Columns that the binder believes in and Kusto does not give: see {@link hideLastColumn}. */
const phantoms = new WeakSet<object>();

/**
 * Takes the last column from an operator, and from those behind it that hand the column on. Without `with_match_id` the
 * binder gives `scan` a column `match_id` all the same.
 */
export function hideLastColumn(node: Syntax): void {
  phantoms.add(listOf(node.ResultType.Columns).at(-1));
}

/** The columns that the binder gave to a tabular expression or operator. */
export function columnsOf(node: Syntax): Column[] {
  const columns = node.ResultType?.Columns;
  if (columns === undefined) return unsupported(node, 'an expression that is not a table here');
  const shown = listOf(columns).filter((column) => !phantoms.has(column));
  return shown.map((column) => ({ name: String(column.Name), type: columnType(column, node) }));
}

/** A table, view or variable that a name with wildcards stands for. */
export interface Member {
  readonly name: string;
  /** The columns of a table of the database; undefined for what the text defines. */
  readonly table: Column[] | undefined;
}

/** What `E*` stands for, in the binder's order. */
export function membersOf(node: Syntax): Member[] {
  const symbol = node.ReferencedSymbol;
  const symbols = symbolKind(node) === 'Group' ? listOf(symbol.Members) : [symbol];
  return symbols.map((member) => memberOf(member, node));
}

/** All tables of the database. */
export const databaseTables = (globals: Syntax, node: Syntax): Member[] =>
  listOf(globals.Database.Tables).map((table) => memberOf(table, node));

function memberOf(symbol: Syntax, node: Syntax): Member {
  const name = String(symbol.Name);
  if (symbolKind({ ReferencedSymbol: symbol }) !== 'Table') return { name, table: undefined };
  return {
    name,
    table: listOf(symbol.Columns).map((column) => ({ name: String(column.Name), type: columnType(column, node) })),
  };
}

/** The same without those that the binder knows no type of, as of a table that `isfuzzy=true` does without. */
export function knownColumnsOf(node: Syntax): Column[] {
  const columns = listOf(node.ResultType?.Columns).filter(({ Type }) => kqlTypes.some((known) => known === Type?.Name));
  return columnsOf({ ResultType: { Columns: columns } });
}

function columnType(column: Syntax, node: Syntax): KqlType {
  const name = column.Type?.Name;
  const type = kqlTypes.find((known) => known === name);
  return type ?? unsupported(node, `the column ${column.Name} of type ${name}`);
}
