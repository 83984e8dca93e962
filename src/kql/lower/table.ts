import {
  columnsOf,
  invalid,
  isOwnDatabase,
  kindOf,
  listOf,
  type Syntax,
  spanOf,
  symbolKind,
  unsupported,
} from '../parse/index.ts';
import type { Plan, ScanPlan } from '../plan/index.ts';
import type { Environment } from './environment.ts';
import { lowerExternal } from './external.ts';
import { withIngestionTime } from './ingestion-time.ts';
import { inlineTable } from './inline.ts';
import { lowerLent } from './lent.ts';
import { operators } from './operators/index.ts';
import { lowerDatatable, lowerPrint, lowerRange } from './operators/rows.ts';
import { shared } from './operators/same.ts';
import { lowerFind, lowerSearch } from './operators/search.ts';
import { lowerUnion } from './operators/union.ts';
import { lowerPatternCall } from './pattern.ts';
import { requireVisible } from './restrict.ts';
import { functionNamed } from './stored.ts';

type LowerTable = (node: Syntax, env: Environment) => Plan;

/** How each kind of tabular syntax is lowered. An operator after a bar is a row of `operators/index.ts`. */
const rows: Readonly<Record<string, LowerTable>> = {
  PipeExpression: lowerPipe,
  NameReference: lowerReference,
  PathExpression: lowerPath,
  ParenthesizedExpression: (node, env) => lowerTable(node.Expression, env),
  FunctionCallExpression: lowerTableCall,
  MaterializeExpression: lowerMaterialize,
  DataTableExpression: lowerDatatable,
  ExternalDataExpression: lowerExternal,
  PrintOperator: lowerPrint,
  RangeOperator: lowerRange,
  UnionOperator: (node, env) => lowerUnion(node, undefined, env),
  FindOperator: (node, env) => lowerFind(node, undefined, env),
  SearchOperator: (node, env) => lowerSearch(node, undefined, env),
};

/** Lowers a tabular expression. */
export function lowerTable(node: Syntax, env: Environment): Plan {
  const row = rows[kindOf(node)];
  const { windows: _, states: __, ingestionTime: ___, row: ____, ...outside } = env;
  return row === undefined ? refuseSource(node) : row(node, outside);
}

/** What is no source of rows, told as it is written. */
function refuseSource(node: Syntax): never {
  if (kindOf(node) === 'EvaluateOperator')
    return unsupported(node, `the plugin ${node.FunctionCall.Name.SimpleName} without an input`);
  if (node.ResultType?.Columns !== undefined) return unsupported(node, `the source ${operatorName(node)}`);
  return invalid(node, String(node).trim(), 'this is a value and no table; print before it makes one of it');
}

function lowerPipe(node: Syntax, env: Environment): Plan {
  const [source, ...steps] = stepsOf(node);
  return applied(steps, lowerTable(source, env), env);
}

/** Lowers operators without a source of their own (`where …  | take 1`) over an input. */
export const lowerSteps = (node: Syntax, input: Plan, env: Environment): Plan => applied(stepsOf(node), input, env);

/** What stands between the bars, in order. */
function stepsOf(node: Syntax): Syntax[] {
  const steps: Syntax[] = [];
  let first = node;
  while (kindOf(first) === 'PipeExpression') {
    steps.unshift(first.Operator);
    first = first.Expression;
  }
  return [first, ...steps];
}

const applied = (steps: readonly Syntax[], source: Plan, env: Environment): Plan =>
  steps.reduce((input, step) => {
    const lower = operators[kindOf(step)];
    if (lower === undefined) return unsupported(step, `the operator ${operatorName(step)}`);
    const plan = withIngestionTime(step, input, env, (from, inside) =>
      lower(step, from, { ...inside, row: from.schema }),
    );
    return plan.schema.length === 0 ? unsupported(step, 'a table without columns') : plan;
  }, source);

/** `TopNestedOperator` as it is spelled: `top-nested`. */
const operatorName = (step: Syntax): string => String(step.GetFirstToken?.().Text ?? kindOf(step));

function lowerReference(node: Syntax, env: Environment): Plan {
  const name = String(node.SimpleName);
  const binding = env.scope.find(name) ?? functionNamed(name, env);
  requireVisible(node, binding, env);
  if (binding?.kind === 'table') return binding.plan;
  if (binding?.kind === 'function') return inlineTable(node, binding, [], env);
  if (symbolKind(node) !== 'Table') return unsupported(node, `the name ${name} as a table`);
  return scan(node, env);
}

/** A table of the store. One without rows may be worth a word. */
const scan = (node: Syntax, env: Environment): ScanPlan => scanOf(String(node.ReferencedSymbol.Name), node, env);

function scanOf(table: string, node: Syntax, env: Environment): ScanPlan {
  requireVisible(node, table, env);
  if (env.context.catalog.tables.find(({ name }) => name === table)?.rows === 0) {
    env.notes.empty.push({ table, span: spanOf(node) });
  }
  return { kind: 'scan', table, schema: columnsOf(node) };
}

function lowerTableCall(node: Syntax, env: Environment): Plan {
  const name = String(node.Name.SimpleName);
  const binding = functionNamed(name, env);
  requireVisible(node, binding, env);
  if (binding !== undefined) return inlineTable(node, binding, listOf(node.ArgumentList.Expressions), env);
  if (name === 'table') return lowerNamedTable(node, env);
  return lowerLent(node, env) ?? lowerPatternCall(node, env) ?? unsupported(node, `the function ${name} as a table`);
}

/** `table('name')`. */
function lowerNamedTable(node: Syntax, env: Environment): Plan {
  const [name, ...scope] = listOf(node.ArgumentList.Expressions).map((arg) => env.scalar(arg, env));
  if (name?.kind !== 'literal') return invalid(node, 'table()', 'its name must be a constant');
  if (scope.some((arg) => arg.kind !== 'literal' || !['all', 'default', 'hotcache'].includes(String(arg.value))))
    return invalid(node, 'table()', "the data scope is 'all', 'default' or 'hotcache'");
  const table = String(name.value);
  return env.context.catalog.tables.some((known) => known.name === table)
    ? scanOf(table, node, env)
    : invalid(node, 'table()', `there is no table ${table}`);
}

/** `database('name').T` and `cluster('name').database('name').T` of this very database, and a pattern with its path. */
function lowerPath(node: Syntax, env: Environment): Plan {
  if (!isOwnDatabase(node.Expression.ResultType)) return lowerPatternCall(node, env) ?? refuseElsewhere(node);
  if (symbolKind(node.Selector) === 'Table') return scan(node.Selector, env);
  return kindOf(node.Selector) === 'FunctionCallExpression' || functionNamed(String(node.Selector.SimpleName), env)
    ? env.table(node.Selector, env)
    : unsupported(node, `the source ${String(node).trim()}`);
}

/** A database or cluster that is none of ours. */
function refuseElsewhere(node: Syntax): never {
  const source = String(node).trim();
  if (!/^(database|cluster|workspace|app|resource)\s*\(/.test(source)) return unsupported(node, `the source ${source}`);
  return invalid(
    node,
    source,
    'no other database, cluster or workspace can be reached; if this store stands for it, list its name under aliases in mailhunt.yaml',
  );
}

function lowerMaterialize(node: Syntax, env: Environment): Plan {
  return shared(env.table(node.Expression, env), env);
}
