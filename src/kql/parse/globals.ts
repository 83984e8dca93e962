import { type Column, parseDynamic, type Value } from '../../values/index.ts';
import type { Catalog, CatalogTable } from '../catalog.ts';
import type { Enrichment, LentTable, Surroundings } from '../surroundings.ts';
import { language, listOf, type Syntax } from './language.ts';

/** Globals that are kept: making them takes a third of a second cold. */
const KEPT = 4;

const kept = new Map<string, Syntax>();

/** Names by which a query may say the database and the cluster that it runs on. */
const OWN_DATABASES = ['NetDefaultDB'];
const OWN_CLUSTERS = ['local', 'localhost', '127.0.0.1', '[::1]'];

const databases = new WeakSet<object>();

/** Whether a type is this very database, under whichever of its names. */
export const isOwnDatabase = (type: Syntax): boolean =>
  typeof type === 'object' && type !== null && databases.has(type);

/**
 * Microsoft's view of the catalog and what stands around it: tables and functions in one database of one cluster, under
 * each of their names. Hidden columns show where the text names them. The start-up snapshot holds that of the schema.
 */
export function globalsFor(catalog: Catalog, text: string, surroundings?: Surroundings): Syntax {
  const { declared, key: shown } = declaredFor(catalog, text);
  const key = `${shown} ${surroundings?.version}`;
  const found = kept.get(key);
  if (found !== undefined) return found;
  const made = makeGlobals(catalog.database, declared, surroundings);
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
  kept.set(key, made);
  return made;
}

interface Declared {
  readonly declared: readonly { readonly name: string; readonly columns: string }[];
  /** Tells two catalogs apart that show other tables. */
  readonly key: string;
}

/** What a text sees that names no hidden column, as nearly all do. */
const usual = new WeakMap<Catalog, Declared & { readonly hidden: readonly string[] }>();

function declaredFor(catalog: Catalog, text: string): Declared {
  const known = usual.get(catalog) ?? {
    ...declaredIn(catalog, ''),
    hidden: [...new Set(catalog.tables.flatMap(({ hidden = [] }) => hidden.map(({ name }) => name)))],
  };
  usual.set(catalog, known);
  return known.hidden.some((name) => text.includes(name)) ? declaredIn(catalog, text) : known;
}

function declaredIn({ database, tables }: Catalog, text: string): Declared {
  const declared = tables.map((table) => ({ name: table.name, columns: declaration(shownIn(text, table)) }));
  return { declared, key: JSON.stringify([database, declared]) };
}

const shownIn = (text: string, { columns, hidden = [] }: CatalogTable): Column[] => [
  ...columns,
  ...hidden.filter(({ name }) => text.includes(name)),
];

export const declaration = (columns: readonly Column[]): string =>
  `(${columns.map((column) => `['${column.name.replace(/[\\']/g, '\\$&')}']: ${column.type}`).join(', ')})`;

function makeGlobals(
  database: string,
  declared: readonly { readonly name: string; readonly columns: string }[],
  surroundings: Surroundings | undefined,
): Syntax {
  const { Symbols, GlobalState } = language().Kusto.Language;
  const tables = declared.map(({ name, columns }) => tableSymbol(name, columns));
  // a stored function may hide no table
  const taken = new Set(declared.map(({ name }) => name));
  const members = [...tables, ...functionsOf(surroundings).filter(({ Name }) => !taken.has(String(Name)))];
  const names = surroundings?.names ?? [];
  const own = [...new Set([database, ...OWN_DATABASES, ...names])].map((name) => {
    const symbol = new Symbols.DatabaseSymbol.$ctor3(name, null, members, false);
    databases.add(symbol);
    return symbol;
  });
  const clusters = [...new Set([...OWN_CLUSTERS, ...names])].map((name) => new Symbols.ClusterSymbol.ctor(name, own));
  const globals = clusters
    .slice(1)
    .reduce(
      (state, cluster) => state.AddOrReplaceCluster(cluster),
      GlobalState.Default.WithCluster(clusters[0]).WithDatabase(own[0]),
    );
  return globals
    .WithFunctions([
      ...listOf(globals.Functions).filter(({ Name }) => Name !== 'make_timespan'),
      makeTimespanFunction(),
      workspaceFunction(own[0], names),
    ])
    .WithAggregates([...listOf(globals.Aggregates).filter(({ Name }) => Name !== 'count'), countAggregate()]);
}

/** Symbols of tables that are kept: making those of the schema is most of the work, and surroundings change beside them. */
const KEPT_TABLES = 1000;
const keptTables = new Map<string, Syntax>();

function tableSymbol(name: string, columns: string): Syntax {
  const key = `${name}${columns}`;
  const made = keptTables.get(key) ?? language().Kusto.Language.Symbols.TableSymbol.From(columns).WithName(name);
  if (keptTables.size >= KEPT_TABLES) keptTables.delete(keptTables.keys().next().value!);
  keptTables.set(key, made);
  return made;
}

/** `count()`, or `count(x)` of any value, which Microsoft's parser leaves out and their reference shows. */
function countAggregate(): Syntax {
  const { Symbols } = language().Kusto.Language;
  const { FunctionSymbol, ResultNameKind, ScalarTypes, Signature } = Symbols;
  const signatures = [[], [scalarParameter('expr')]].map(
    (parameters) => new Signature.$ctor5(ScalarTypes.Long, parameters),
  );
  const count = new FunctionSymbol.$ctor4('count', signatures);
  return count.WithResultNameKind(ResultNameKind.PrefixAndFirstArgument).WithResultNamePrefix('count');
}

/** `make_timespan(…)`, whose seconds are a real in Microsoft's reference and a whole number for their parser. */
function makeTimespanFunction(): Syntax {
  const { FunctionSymbol, Parameter, ParameterTypeKind, ScalarTypes, Signature } = language().Kusto.Language.Symbols;
  const whole = (name: string): Syntax => new Parameter.ctor(name, ParameterTypeKind.Integer);
  const seconds = (): Syntax => new Parameter.ctor('seconds', ParameterTypeKind.Number);
  const signatures = [
    [whole('hours'), whole('minutes')],
    [whole('hours'), whole('minutes'), seconds()],
    [whole('days'), whole('hours'), whole('minutes'), seconds()],
  ].map((parameters) => new Signature.$ctor5(ScalarTypes.TimeSpan, parameters));
  return new FunctionSymbol.$ctor4('make_timespan', signatures);
}

/** `workspace('name')` of Log Analytics, which Microsoft's parser leaves to its editors. */
function workspaceFunction(database: Syntax, names: readonly string[]): Syntax {
  const { Symbols } = language().Kusto.Language;
  const ours = new Set([database.Name, ...names].map((name) => String(name).toLowerCase()));
  const other = new Symbols.DatabaseSymbol.$ctor3('', null, [], true);
  const typeOf = (context: Syntax): Syntax =>
    ours.has(String(constantOf(listOf(context.Arguments)[0])).toLowerCase()) ? database : other;
  const name = new Symbols.Parameter.$ctor2('name', Symbols.ScalarTypes.String);
  return new Symbols.FunctionSymbol.ctor('workspace', typeOf, Symbols.Tabularity.Other, [name]);
}

function functionsOf(surroundings: Surroundings | undefined): Syntax[] {
  if (surroundings === undefined) return [];
  const { FunctionSymbol } = language().Kusto.Language.Symbols;
  const { functions, tables, enrichments } = surroundings;
  return [
    ...functions.map(({ name, parameters, body }) => new FunctionSymbol.$ctor16(name, parameters, body, '')),
    ...tables.map(lentTable),
    ...enrichments.map(enrichment),
  ];
}

function lentTable({ name, parameters, columns }: LentTable): Syntax {
  const { Symbols } = language().Kusto.Language;
  const typeOf = (context: Syntax): Syntax =>
    Symbols.TableSymbol.From(
      declaration(columns(listOf(context.Arguments).map((arg, i) => constantOf(arg, parameters[i]?.type)))),
    );
  const declared = parameters.map((parameter) => scalarParameter(parameter.name, parameter.optional, parameter.type));
  return new Symbols.FunctionSymbol.ctor(name, typeOf, Symbols.Tabularity.Tabular, declared);
}

function enrichment({ name, columns }: Enrichment): Syntax {
  const { Symbols } = language().Kusto.Language;
  const typeOf = (context: Syntax): Syntax => {
    const input = listOf(listOf(context.Arguments)[0]?.ResultType?.Columns);
    const taken = new Set(input.map((column) => String(column.Name)));
    const added = Symbols.TableSymbol.From(declaration(columns.filter((column) => !taken.has(column.name))));
    return new Symbols.TableSymbol.ctor([...input, ...listOf(added.Columns)]);
  };
  const rows = new Symbols.Parameter.ctor('T', Symbols.ParameterTypeKind.Tabular);
  const parameters = [rows, scalarParameter('x', true), scalarParameter('y', true)];
  return new Symbols.FunctionSymbol.ctor(name, typeOf, Symbols.Tabularity.Tabular, parameters);
}

/** A parameter of one type, or of any scalar one. */
function scalarParameter(name: string, optional = false, type?: Column['type']): Syntax {
  const { Parameter, ParameterTypeKind, ScalarTypes } = language().Kusto.Language.Symbols;
  const least = optional ? 0 : 1;
  if (type === undefined)
    return new Parameter.ctor(name, ParameterTypeKind.Scalar, undefined, null, null, false, null, least, 1, null, null);
  const known = ScalarTypes.GetSymbol(type);
  return new Parameter.$ctor3(name, known, undefined, null, null, false, null, least, 1, null, null);
}

/** The value of an argument where the binder knows it as a constant: a text, or the JSON of a `dynamic([…])`. */
function constantOf(node: Syntax, type: Column['type'] = 'string'): Value | undefined {
  const text = node?.ConstantValue;
  if (typeof text !== 'string') return undefined;
  return type === 'dynamic' ? parseDynamic(text.replace(/'((?:[^'\\"]|\\.)*)'/g, '"$1"')) : text;
}
