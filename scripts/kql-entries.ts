import { aggregateFunctions } from '../src/kql/aggregates/index.ts';
import { scalarFunctions } from '../src/kql/functions/index.ts';
import { operators } from '../src/kql/lower/operators/index.ts';
import { plugins } from '../src/kql/lower/plugins/index.ts';
import { windowFunctions } from '../src/kql/windows/index.ts';

/** The parts of the support table. */
export const sections = [
  'Tabular operators and sources',
  'Plugins of evaluate',
  'Statements',
  'Aggregates',
  'Window functions',
  'Scalar functions and operators',
] as const;

export type Section = (typeof sections)[number];

/** Something of KQL that runs. */
export interface Entry {
  readonly name: string;
  readonly section: Section;
  /** The page of the KQL reference. */
  readonly page: string;
}

/** Where KQL spells an operator in another way than its kind in Microsoft's syntax; the first is the name of its page. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  filter: ['where'],
  'get-schema': ['getschema'],
  sort: ['sort', 'order'],
  take: ['take', 'limit'],
  'reduce-by': ['reduce'],
};

/** The names of a kind of operator in Microsoft's syntax: `TopNestedOperator` is `top-nested`. */
export function operatorNames(kind: string): readonly string[] {
  const name = kind
    .replace(/Operator$/, '')
    .replace(/(?<!^)[A-Z]/g, '-$&')
    .toLowerCase();
  return spellings[name] ?? [name];
}

/** What runs although it has no row in a table of functions: the compiler itself gives its value. */
const compiled: Readonly<Record<Section, Readonly<Record<string, string>>>> = {
  'Tabular operators and sources': {
    print: 'print-operator',
    range: 'range-operator',
    datatable: 'datatable-operator',
    externaldata: 'externaldata-operator',
    materialize: 'materialize-function',
  },
  'Plugins of evaluate': { preview: 'preview-plugin' },
  Statements: {
    let: 'let-statement',
    set: 'set-statement',
    alias: 'alias-statement',
    'declare pattern': 'pattern-statement',
    'declare query_parameters': 'query-parameters-statement',
    'restrict access': 'restrict-statement',
  },
  Aggregates: { percentiles: 'percentiles-aggregation-function', percentilesw: 'percentiles-aggregation-function' },
  'Window functions': { row_rank: 'row-rank-dense-function' },
  'Scalar functions and operators': {
    ago: 'ago-function',
    assert: 'assert-function',
    bag_pack_columns: 'bag-pack-columns-function',
    bin_auto: 'bin-auto-function',
    cluster: 'cluster-function',
    column_ifexists: 'column-ifexists-function',
    column_names_of: 'column-names-of-function',
    columnifexists: 'column-ifexists-function',
    current_cluster_endpoint: 'current-cluster-endpoint-function',
    current_database: 'current-database-function',
    database: 'database-function',
    estimate_data_size: 'estimate-data-size-function',
    ingestion_time: 'ingestion-time-function',
    iscolumnexists: 'column-ifexists-function',
    now: 'now-function',
    table: 'table-function',
    toscalar: 'toscalar-function',
  },
};

type Row = Omit<Entry, 'section'>;

const pluginPage = (name: string): string => `${name.replaceAll('_', '-')}-plugin`;

const registries: Readonly<Record<Section, () => readonly Row[]>> = {
  'Tabular operators and sources': () =>
    Object.keys(operators).flatMap((kind) => {
      const names = operatorNames(kind);
      return names.map((name) => ({ name, page: `${names[0]}-operator` }));
    }),
  'Plugins of evaluate': () => Object.keys(plugins).map((name) => ({ name, page: pluginPage(name) })),
  Statements: () => [],
  Aggregates: () => aggregateFunctions,
  'Window functions': () => windowFunctions,
  'Scalar functions and operators': () => scalarFunctions,
};

/** Everything that runs, from the tables that the compiler itself reads, by section and name. */
export function supportedEntries(): Entry[] {
  return sections.flatMap((section) => {
    const own = Object.entries(compiled[section]).map(([name, page]) => ({ name, page }));
    const rows = [...registries[section](), ...own].map(({ name, page }) => ({ name, page, section }));
    const byName = new Map(rows.map((row) => [row.name, row]));
    return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  });
}
