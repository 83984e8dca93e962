import type { SchemaAnswer, SchemaFunction } from '../../../src/server/workbench/queries/schema.ts';

/** A parameter of a stored function, as the editor takes it. */
interface EditorParameter {
  readonly name: string;
  readonly type?: string;
  readonly cslDefaultValue?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
}

interface EditorFunction {
  readonly name: string;
  readonly body: string;
  readonly docstring?: string;
  readonly inputParameters: readonly EditorParameter[];
}

interface EditorTable {
  readonly name: string;
  readonly docstring?: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly docstring?: string;
    readonly examples?: readonly string[];
  }[];
}

interface EditorDatabase {
  readonly name: string;
  readonly majorVersion: number;
  readonly minorVersion: number;
  readonly tables: readonly EditorTable[];
  readonly functions: readonly EditorFunction[];
  readonly entityGroups: readonly never[];
}

/** The schema as `@kusto/monaco-kusto` takes it (`EngineSchema`). */
export interface EditorSchema {
  readonly clusterType: 'Engine';
  readonly cluster: { readonly connectionString: string; readonly databases: readonly EditorDatabase[] };
  readonly database: EditorDatabase;
}

/** What the editor completes and explains, of what the server has. */
export function editorSchema({ database: name, tables, functions, watchlists }: SchemaAnswer): EditorSchema {
  const database: EditorDatabase = {
    name,
    majorVersion: 1,
    minorVersion: 0,
    entityGroups: [],
    tables: tables.map(({ name: table, rows, from, to, columns }) => ({
      name: table,
      docstring: rows === 0 ? 'No rows.' : `${rows.toLocaleString('en')} rows${timesOf(from, to)}.`,
      columns: columns.map(({ name: column, type, holds, values }) => ({
        name: column,
        type,
        ...(holds !== undefined && { docstring: `Holds ${holds}` }),
        ...(values && { examples: values.map((value) => JSON.stringify(value)) }),
      })),
    })),
    functions: [...functions.map(functionOf), watchlistFunction(watchlists), watchlistAliases],
  };
  return { clusterType: 'Engine', cluster: { connectionString: 'mailhunt', databases: [database] }, database };
}

const timesOf = (from: string | null, to: string | null): string =>
  from && to ? `, ${from.slice(0, 10)} to ${to.slice(0, 10)}` : '';

const functionOf = ({ name, parameters, body, docString }: SchemaFunction): EditorFunction => ({
  name,
  body,
  ...(docString && { docstring: docString }),
  inputParameters: parametersIn(parameters),
});

/** The columns that each watchlist has. */
const standard = '_DTItemId:string, LastUpdatedTimeUTC:datetime, SearchKey:string, WatchlistItem:dynamic';

/** The editor knows one shape for all lists: the columns that each has, and those of every list that is there. */
function watchlistFunction(watchlists: SchemaAnswer['watchlists']): EditorFunction {
  const taken = new Set(standard.split(', ').map((column) => column.split(':')[0]));
  const own = new Map(watchlists.flatMap(({ columns }) => columns.map(({ name, type }) => [name, type] as const)));
  const more = [...own].filter(([name]) => !taken.has(name) && /^\w+$/.test(name));
  const columns = [standard, ...more.map(([name, type]) => `${name}:${type}`)].join(', ');
  return {
    name: '_GetWatchlist',
    body: `{ datatable(${columns})[] }`,
    docstring: `A watchlist: ${watchlists.map(({ alias }) => JSON.stringify(alias)).join(', ') || 'there is none'}.`,
    inputParameters: [
      { name: 'watchlistAlias', type: 'string' },
      { name: 'keys', type: 'dynamic', cslDefaultValue: 'dynamic(null)' },
    ],
  };
}

const watchlistAliases: EditorFunction = {
  name: '_GetWatchlistAlias',
  body: '{ datatable(WatchlistAlias:string)[] }',
  docstring: 'Which watchlists there are.',
  inputParameters: [],
};

/**
 * The parameters of a function as it is written.
 *
 * @example parametersIn('(T:(Sender:string), days:long=7)')
 * // [{ name: 'T', columns: [{ name: 'Sender', type: 'string' }] }, { name: 'days', type: 'long', cslDefaultValue: '7' }]
 */
export function parametersIn(text: string): readonly EditorParameter[] {
  return partsOf(text.trim().replace(/^\(|\)$/g, '')).flatMap((part): EditorParameter[] => {
    const [, name, rest] = /^\s*([\w$-]+|\['[^']*'\])\s*:\s*([\s\S]*)$/.exec(part) ?? [];
    if (name === undefined || rest === undefined) return [];
    if (rest.startsWith('(')) return [{ name, columns: columnsIn(rest) }];
    const [, type = 'string', value] = /^(\w+)\s*(?:=\s*([\s\S]*))?$/.exec(rest.trim()) ?? [];
    return [{ name, type: known(type), ...(value !== undefined && { cslDefaultValue: value.trim() }) }];
  });
}

const columnsIn = (text: string): { name: string; type: string }[] =>
  [...text.matchAll(/([\w$-]+)\s*:\s*(\w+)/g)].map(([, name = '', type = '']) => ({ name, type: known(type) }));

/** Parts between commas outside brackets and quotes. */
function partsOf(text: string): string[] {
  const parts: string[] = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\s\S]/g)) {
    if ('([{'.includes(token)) depth++;
    if (')]}'.includes(token)) depth--;
    if (token === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.filter((part) => part.trim() !== '');
}

const types = new Set(['bool', 'datetime', 'decimal', 'dynamic', 'guid', 'int', 'long', 'real', 'string', 'timespan']);

/** The editor's service knows the types by these names alone, and gives up at another one. */
const known = (type: string): string => (types.has(type) ? type : (spellings[type] ?? 'dynamic'));

const spellings: Readonly<Record<string, string>> = {
  boolean: 'bool',
  date: 'datetime',
  double: 'real',
  time: 'timespan',
  uuid: 'guid',
  uniqueid: 'guid',
};
