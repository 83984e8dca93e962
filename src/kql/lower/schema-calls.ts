import type { Column } from '../../values/index.ts';
import { columnsOf, invalid, kindOf, listOf, type Syntax, typeOf } from '../parse/index.ts';
import { column, literal, type Scalar } from '../plan/index.ts';
import { apply, convert } from './apply.ts';
import type { Environment } from './environment.ts';

type LowerCall = (node: Syntax, env: Environment) => Scalar;

const argumentsOf = (node: Syntax): Syntax[] => listOf(node.ArgumentList.Expressions);

/** The columns that stand before the operator of an expression. */
function columnsBefore(node: Syntax, env: Environment): readonly Column[] {
  if (env.row !== undefined) return env.row;
  for (let [at, parent] = [node, node.Parent]; parent; [at, parent] = [parent, parent.Parent]) {
    if (kindOf(parent) === 'PipeExpression' && parent.Operator === at) return columnsOf(parent.Expression);
  }
  return [];
}

/** The column that the first argument names, or undefined where the row at hand has none such. */
function columnNamed(node: Syntax, env: Environment): Column | undefined {
  const [nameNode] = argumentsOf(node);
  const name = env.scalar(nameNode, env);
  if (name.kind !== 'literal') return invalid(nameNode, String(node.Name.SimpleName), 'needs a constant name');
  return columnsBefore(node, env).find((known) => known.name === name.value);
}

const columnIfExists: LowerCall = (node, env) => {
  const found = columnNamed(node, env);
  const value = found ? column(found.name, found.type) : env.scalar(argumentsOf(node)[1], env);
  return convert(node, value, typeOf(node));
};

const isColumn: LowerCall = (node, env) => literal('bool', columnNamed(node, env) !== undefined);

const columnNamesOf: LowerCall = (node) =>
  literal(
    'dynamic',
    columnsOf(argumentsOf(node)[0]).map(({ name }) => name),
  );

/** Each column under its own name. */
const bagPackColumns: LowerCall = (node, env) =>
  apply(
    node,
    'bag_pack',
    'dynamic',
    argumentsOf(node).flatMap((arg) => [literal('string', String(arg.SimpleName)), env.scalar(arg, env)]),
  );

/** Types of which a value takes eight bytes, null or not. */
const eightBytes = ['long', 'real', 'datetime', 'timespan'];

const sizeOf = (node: Syntax, { name, type }: Column): Scalar => {
  if (eightBytes.includes(type)) return literal('long', 8n);
  if (type === 'string') return apply(node, 'string_size', 'long', [column(name, type)]);
  return invalid(node, 'estimate_data_size', `how much a ${type} takes (${name}) is told nowhere`);
};

/** The bytes of the columns named, or of all. */
const estimateDataSize: LowerCall = (node, env) => {
  const columns = argumentsOf(node).flatMap((arg) => {
    if (kindOf(arg) === 'StarExpression') return columnsBefore(node, env);
    return [{ name: String(arg.SimpleName), type: typeOf(arg) }];
  });
  const sizes = columns.map((one) => sizeOf(node, one));
  return sizes.reduce((sum, size) => apply(node, '+', 'long', [sum, size]), literal('long', 0n));
};

/** The functions that ask which columns there are. */
export const schemaCalls: ReadonlyMap<string, LowerCall> = new Map([
  ['column_ifexists', columnIfExists],
  ['columnifexists', columnIfExists],
  ['iscolumnexists', isColumn],
  ['column_names_of', columnNamesOf],
  ['bag_pack_columns', bagPackColumns],
  ['estimate_data_size', estimateDataSize],
]);
