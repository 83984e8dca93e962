import { aggregateFunction } from '../../aggregates/index.ts';
import { columnsOf, invalid, kindOf, listOf, type Syntax, spanOf, unsupported } from '../../parse/index.ts';
import {
  type AggregateCall,
  column,
  literal,
  type Named,
  type Plan,
  type Scalar,
  type Schema,
} from '../../plan/index.ts';
import type { LearnedColumn, Question } from '../../stages/index.ts';
import { aggregateCall, checked } from '../aggregate-call.ts';
import { apply } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { isColumnName } from './arguments.ts';
import type { LowerPlugin } from './plugin.ts';
import { schemaClause } from './schema-clause.ts';

/** Columns that one call may make of values. */
const MAX_COLUMNS = 1_000;
/** The longest name of an entity in Kusto. */
const MAX_NAME = 1_024;

/** The aggregates that the page lists, and the older name of `take_any`. */
const supported: ReadonlySet<string> = new Set(
  'min max take_any any sum dcount avg stdev variance make_list make_bag make_set count'.split(' '),
);

/** Names that no column of the input has: `$` starts none that a person can give without brackets. */
const VALUE = '$pivot_value';
const CELL = '$pivot_cell';

/** One call, its arguments read. */
interface Pivoting {
  readonly node: Syntax;
  readonly groups: Schema;
  /** The text of the value that names a column. */
  readonly value: Scalar;
  readonly cell: AggregateCall;
}

/** `pivot`: https://learn.microsoft.com/kusto/query/pivot-plugin. */
export const lowerPivot: LowerPlugin = (node, input, env) => {
  const pivoting = pivotingOf(node, env);
  const clause = schemaClause(node, question(pivoting, input), env);
  const schema = columnsOf(node);
  const names = new Set(schema.map(({ name }) => name));
  const missing = pivoting.groups.find(({ name }) => !names.has(name));
  if (missing !== undefined && clause.learned === undefined)
    return invalid(node.Schema, 'the columns of pivot', `the column ${missing.name} is missing`);
  if (schema.length === 0) return invalid(node, 'pivot', 'there is no row, so the result has no columns');
  return turned(pivoting, input, schema);
};

function pivotingOf(node: Syntax, env: Environment): Pivoting {
  const [pivot, aggregate, ...columns] = listOf(node.FunctionCall.ArgumentList.Expressions);
  if (pivot === undefined || !isColumnName(pivot)) return invalid(node, 'pivot', 'its first argument must be a column');
  for (const item of columns) if (!isColumnName(item)) return unsupported(item, 'this argument of pivot');
  const cell =
    aggregate === undefined
      ? checked(node, { name: 'count', args: [], type: 'long', span: spanOf(node) })
      : cellOf(aggregate, env);
  const groups = columnsOf(node.FunctionCall);
  const taken = groups.find(({ name }) => name === VALUE || name === CELL);
  if (taken !== undefined) return unsupported(node, `pivot of a table with a column ${taken.name}`);
  return { node, groups, value: apply(pivot, 'tostring', 'string', [env.scalar(pivot, env)]), cell };
}

function cellOf(node: Syntax, env: Environment): AggregateCall {
  if (kindOf(node) !== 'FunctionCallExpression')
    return invalid(node, 'pivot', 'its second argument must be an aggregation function');
  const name = String(node.Name.SimpleName);
  if (!supported.has(name)) return invalid(node, 'pivot', `it takes no ${name}; it takes ${[...supported].join(', ')}`);
  return aggregateCall(node, env);
}

/** The values of the pivot column, as text. */
function question({ node, groups, value, cell }: Pivoting, input: Plan): Question {
  const schema: Schema = [{ name: VALUE, type: 'string' }];
  const distinct: Plan = { kind: 'aggregate', input, by: [{ name: VALUE, value }], aggregates: [], schema };
  const plan: Plan = { kind: 'take', input: distinct, count: MAX_COLUMNS + 1, schema };
  const columns = (rows: readonly (readonly string[])[]): LearnedColumn[] => {
    const names = rows.map(([name = '']) => checkedName(node, name, groups)).sort();
    if (names.length > MAX_COLUMNS) return invalid(node, 'pivot', `the column has more than ${MAX_COLUMNS} values`);
    return [
      ...groups.map((group) => ({ ...group, fromData: false })),
      ...names.map((name) => ({ name, type: cell.type, fromData: true })),
    ];
  };
  return { plan, columns };
}

function checkedName(node: Syntax, name: string, groups: Schema): string {
  const refuse = (text: string): never => invalid(node, 'pivot', text);
  if (name.trim() === '')
    return refuse('a value is empty or null, which cannot be the name of a column; filter it away');
  if (name.length > MAX_NAME) return refuse(`a value has more than ${MAX_NAME} characters, which cannot be a column`);
  return groups.some((group) => group.name === name) ? refuse(`the value ${name} is a column already`) : name;
}

/** Groups by the value too, then each group's cells side by side. */
function turned({ node, groups, value, cell }: Pivoting, input: Plan, schema: Schema): Plan {
  const keys = groups.map(({ name, type }) => ({ name, value: column(name, type) }));
  const cells: Plan = {
    kind: 'aggregate',
    input,
    by: [...keys, { name: VALUE, value }],
    aggregates: [{ name: CELL, value: cell }],
    schema: [...groups, { name: VALUE, type: 'string' }, { name: CELL, type: cell.type }],
  };
  const isGroup = new Set(groups.map(({ name }) => name));
  const made = schema.filter(({ name }) => !isGroup.has(name));
  const wide: Plan = {
    kind: 'aggregate',
    input: cells,
    by: keys,
    aggregates: made.map(({ name }) => ({ name, value: cellUnder(node, name, cell) })),
    schema: [...groups, ...made.map(({ name }) => ({ name, type: cell.type }))],
  };
  const empty = literal(cell.type, aggregateFunction(cell.name)!.evaluate([], signatureOf(cell)));
  const columns = schema.map(({ name, type }): Named<Scalar> => {
    const own = isGroup.has(name) ? groups.find((group) => group.name === name)!.type : cell.type;
    if (own !== type) return invalid(node.Schema, `the column ${name}`, `it is a ${own}`);
    return { name, value: isGroup.has(name) ? column(name, type) : orEmpty(node, column(name, type), empty) };
  });
  return { kind: 'project', input: wide, columns, schema };
}

/** The one cell of a group under a value. */
const cellUnder = (node: Syntax, name: string, { type }: AggregateCall): AggregateCall => {
  const isName = apply(node, '==', 'bool', [column(VALUE, 'string'), literal('string', name)]);
  return checked(node, { name: 'take_anyif', args: [column(CELL, type), isName], type, span: spanOf(node) });
};

/** What the aggregate gives over no rows, where a group has none under a value. */
const orEmpty = (node: Syntax, value: Scalar, empty: Scalar & { kind: 'literal' }): Scalar =>
  empty.value === null || empty.value === ''
    ? value
    : apply(node, 'iff', value.type, [apply(node, 'isnull', 'bool', [value]), empty, value]);

const signatureOf = ({ name, type, args }: AggregateCall) => ({ name, type, argTypes: args.map((arg) => arg.type) });
