import { kindOf, listOf, type Syntax, spanOf, symbolKind, unsupported } from '../parse/index.ts';
import { column, type Plan } from '../plan/index.ts';
import type { Visualization } from '../run/answer.ts';
import { checked } from './aggregate-call.ts';
import type { Environment } from './environment.ts';
import { isPreview, lowerPreview } from './plugins/preview.ts';
import { Scope } from './scope.ts';

/** One result table of a query text. */
export interface Lowered {
  readonly plan: Plan;
  /** The name that the text gives it, with `as` or in a `fork`. */
  readonly name: string | undefined;
  readonly visualization: Visualization | undefined;
}

/** What Kusto calls the tables of `fork` and `facet` that have no name. */
const GENERIC = 'GenericResult';

/** The result tables of one tabular statement: one, but for `fork` and `facet` at its end. */
export function lowerResults(node: Syntax, env: Environment): Lowered[] {
  const several = kindOf(node) === 'PipeExpression' ? severalOf(node.Operator) : undefined;
  if (several !== undefined) return several(node.Operator, env.table(node.Expression, env), env);
  return [result(lastName(node), env, () => env.table(node, env))];
}

type LowerSeveral = (node: Syntax, input: Plan, env: Environment) => Lowered[];

const operators: Readonly<Record<string, LowerSeveral>> = { ForkOperator: lowerFork, FacetOperator: lowerFacet };

const severalOf = (step: Syntax): LowerSeveral | undefined =>
  isPreview(step) ? previewResults : operators[kindOf(step)];

const previewResults: LowerSeveral = (node, input, env) =>
  lowerPreview(node, input, env).map((plan) => result(undefined, env, () => plan));

/** `fork`: https://learn.microsoft.com/kusto/query/fork-operator. A table for each leg. */
function lowerFork(node: Syntax, input: Plan, env: Environment): Lowered[] {
  return listOf(node.Expressions).map((leg) => {
    const given = leg.NameEquals ? String(leg.NameEquals.Name.SimpleName) : lastName(leg.Expression);
    return steps(given ?? GENERIC, leg.Expression, input, env);
  });
}

/** `facet`: https://learn.microsoft.com/kusto/query/facet-operator. What `with` says, then how often each value is there. */
function lowerFacet(node: Syntax, input: Plan, env: Environment): Lowered[] {
  const clause = node.WithClause;
  const first = clause ? [steps(GENERIC, clause.Operator ?? clause.Expression, input, env)] : [];
  const counts = listOf(node.Expressions).map((item) => result(GENERIC, env, () => countsOf(item, input)));
  return [...first, ...counts];
}

function countsOf(item: Syntax, input: Plan): Plan {
  const own = input.schema.find(({ name }) => name === String(item.SimpleName));
  if (symbolKind(item) !== 'Column' || own === undefined) return unsupported(item, 'facet by anything but a column');
  if (own.type === 'dynamic') return unsupported(item, 'facet by a dynamic column');
  const count = {
    name: `count_${own.name}`,
    value: checked(item, { name: 'count', args: [], type: 'long', span: spanOf(item) }),
  };
  const schema = [own, { name: count.name, type: 'long' as const }];
  return {
    kind: 'aggregate',
    input,
    by: [{ name: own.name, value: column(own.name, own.type) }],
    aggregates: [count],
    schema,
  };
}

const steps = (name: string, node: Syntax, input: Plan, env: Environment): Lowered => {
  const inside = { ...env, scope: new Scope(env.scope) };
  return result(name, env, () => env.steps(node, input, inside));
};

/** One table, with what `render` says within it. */
function result(name: string | undefined, env: Environment, lower: () => Plan): Lowered {
  env.notes.visualization = undefined;
  const plan = lower();
  return { plan, name, visualization: env.notes.visualization };
}

/** The name that an `as` at the end gives; `render` may follow it. */
function lastName(node: Syntax): string | undefined {
  const last = kindOf(node) === 'PipeExpression' ? node.Operator : node;
  if (kindOf(last) === 'RenderOperator' && last !== node) return lastName(node.Expression);
  return kindOf(last) === 'AsOperator' ? String(last.Name.SimpleName) : undefined;
}
