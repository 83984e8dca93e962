import { columnsOf, kindOf, listOf, type Syntax, spanOf, symbolKind, unsupported } from '../parse/index.ts';
import type { Plan, ScanPlan } from '../plan/index.ts';
import type { Environment } from './environment.ts';
import { inlineTable } from './inline.ts';
import { operators } from './operators/index.ts';
import { lowerDatatable, lowerPrint, lowerRange } from './operators/rows.ts';
import { lowerUnion } from './operators/union.ts';

type LowerTable = (node: Syntax, env: Environment) => Plan;

/** How each kind of tabular syntax is lowered. An operator after a bar is a row of `operators/index.ts`. */
const rows: Readonly<Record<string, LowerTable>> = {
  PipeExpression: lowerPipe,
  NameReference: lowerReference,
  ParenthesizedExpression: (node, env) => lowerTable(node.Expression, env),
  FunctionCallExpression: lowerTableCall,
  MaterializeExpression: lowerMaterialize,
  DataTableExpression: lowerDatatable,
  PrintOperator: lowerPrint,
  RangeOperator: lowerRange,
  UnionOperator: (node, env) => lowerUnion(node, undefined, env),
};

/** Lowers a tabular expression. */
export function lowerTable(node: Syntax, env: Environment): Plan {
  const row = rows[kindOf(node)];
  return row === undefined ? unsupported(node, `the source ${kindOf(node)}`) : row(node, env);
}

function lowerPipe(node: Syntax, env: Environment): Plan {
  const steps: Syntax[] = [];
  let source = node;
  while (kindOf(source) === 'PipeExpression') {
    steps.unshift(source.Operator);
    source = source.Expression;
  }
  return steps.reduce(
    (input, step) => {
      const lower = operators[kindOf(step)];
      if (lower === undefined) return unsupported(step, `the operator ${operatorName(step)}`);
      return lower(step, input, env);
    },
    lowerTable(source, env),
  );
}

/** `TopNestedOperator` as it is spelled: `top-nested`. */
const operatorName = (step: Syntax): string => String(step.GetFirstToken?.().Text ?? kindOf(step));

function lowerReference(node: Syntax, env: Environment): Plan {
  const name = String(node.SimpleName);
  const binding = env.scope.find(name);
  if (binding?.kind === 'table') return binding.plan;
  if (binding?.kind === 'function') return inlineTable(node, binding, [], env);
  if (symbolKind(node) !== 'Table') return unsupported(node, `the name ${name} as a table`);
  return scan(node, env);
}

/** A table of the store. One without rows is worth a word: an anti-join against it keeps everything, silently. */
function scan(node: Syntax, env: Environment): ScanPlan {
  const table = String(node.ReferencedSymbol.Name);
  if (env.context.catalog.tables.find(({ name }) => name === table)?.rows === 0) {
    env.notes.warnings.push({ code: 'WARN0001', message: `the table ${table} is empty`, span: spanOf(node) });
  }
  return { kind: 'scan', table, schema: columnsOf(node) };
}

function lowerTableCall(node: Syntax, env: Environment): Plan {
  const name = String(node.Name.SimpleName);
  const binding = env.scope.find(name);
  if (binding?.kind === 'function') return inlineTable(node, binding, listOf(node.ArgumentList.Expressions), env);
  return unsupported(node, `the function ${name} as a table`);
}

function lowerMaterialize(node: Syntax, env: Environment): Plan {
  const input = env.table(node.Expression, env);
  env.notes.shared += 1;
  return { kind: 'shared', name: `shared_${env.notes.shared}`, input, schema: input.schema };
}
