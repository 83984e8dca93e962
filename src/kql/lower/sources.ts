import type { Span } from '../../errors/index.ts';
import {
  databaseTables,
  firstOf,
  invalid,
  isFuzzy,
  isUnknown,
  kindOf,
  listOf,
  type Member,
  membersOf,
  type Syntax,
  spanOf,
  symbolKind,
  unsupported,
} from '../parse/index.ts';
import type { Plan } from '../plan/index.ts';
import type { Warning } from '../run/answer.ts';
import { warning } from '../run/warnings.ts';
import { NamedSources } from '../stages/index.ts';
import type { Environment } from './environment.ts';
import { inlineTable } from './inline.ts';
import { isVisible } from './restrict.ts';

/** One of the tables that `union`, `find` and `search` read, under the name that they show for it. */
export interface Source {
  readonly name: string;
  readonly plan: Plan;
}

/** The sources that a list names: tables, views, queries, and names with wildcards. A query without a name is numbered. */
export function sourcesOf(nodes: readonly Syntax[], from: number, env: Environment, word?: Asking): Source[] {
  const sources: Source[] = [];
  for (const node of nodes) {
    if (isWildcard(node)) sources.push(...wildcard(node, env));
    else if (isMissing(node, env))
      env.notes.warnings.push(missingWarning({ name: String(firstOf(node)).trim(), span: spanOf(node) }));
    else sources.push({ name: nameOf(node, env) ?? numbered(from + sources.length, word), plan: env.table(node, env) });
  }
  if (sources.length === 0 && from === 0)
    return invalid(nodes[0], String(nodes[0]).trim(), 'none of the tables exists');
  return sources;
}

/**
 * Every table of the database, for `find` and `search` without `in`. Where `restrict access` hides some or `let` has
 * defined views, they are written out: the binder then knows the columns.
 */
function allSources(node: Syntax, env: Environment): Source[] {
  const tables = databaseTables(env.globals, node);
  const visible = tables.filter(({ name }) => isVisible(name, env));
  const views = viewsBefore(node, env);
  if (views.length === 0 && visible.length === tables.length)
    return visible.map((member) => sourceOf(node, member, env));
  const names = [...new Set([...views, ...visible.map(({ name }) => name)])];
  const place = { start: spanOf(node.WhereKeyword ?? node.Condition).start, length: 0 };
  if (names.length === 0) return invalid(node, firstWord(node), 'restrict access leaves no table');
  const needsWhere = kindOf(node) === 'FindOperator' && !node.WhereKeyword;
  throw new NamedSources(firstWord(node), place, names, (list) => `in (${list}) ${needsWhere ? 'where ' : ''}`);
}

const firstWord = (node: Syntax): string => String(node.GetFirstToken().Text);

/** The views that `let` has defined before a place and that `restrict access` leaves visible. */
function viewsBefore(node: Syntax, env: Environment): string[] {
  const { start } = spanOf(node);
  return env.scope.all().flatMap(([name, binding]) => {
    if (binding.kind !== 'function' || !binding.declaration.ViewKeyword || !isVisible(binding, env)) return [];
    const declared = spanOf(binding.declaration);
    const isBefore = declared.start + declared.length <= start;
    return isBefore && listOf(binding.declaration.Parameters.Parameters).length === 0 ? [name] : [];
  });
}

/** The operator after which sources without a name are called. */
type Asking = 'union' | 'search';

/** What a source without a name is called. */
export const numbered = (n: number, word: Asking = 'union'): string => `${word}_arg${n}`;

/** The name of a table, a view or what `as` ends; undefined for any other query, also one that `let` has named. */
export function nameOf(node: Syntax, env: Environment): string | undefined {
  if (kindOf(node) === 'ParenthesizedExpression') return nameOf(node.Expression, env);
  if (kindOf(node) === 'NameReference') return nameOfReference(String(node.SimpleName), env);
  if (kindOf(node) === 'PathExpression' && symbolKind(node.Selector) === 'Table')
    return String(node.Selector.SimpleName);
  const isNamed = kindOf(node) === 'PipeExpression' && kindOf(node.Operator) === 'AsOperator';
  return isNamed ? String(node.Operator.Name.SimpleName) : undefined;
}

function nameOfReference(name: string, env: Environment): string | undefined {
  const binding = env.scope.find(name);
  if (binding?.kind !== 'table') return name;
  return binding.plan.kind === 'scan' ? binding.plan.table : undefined;
}

/** True for `E*`, where something fits. */
export const isWildcard = (node: Syntax): boolean =>
  kindOf(node) === 'NameReference' && kindOf(node.Name) === 'WildcardedName' && !isUnknown(node);

function wildcard(node: Syntax, env: Environment): Source[] {
  const members = membersOf(node);
  const visible = members.filter(({ name }) => isVisible(env.scope.find(name) ?? name, env));
  const text = String(node).trim();
  if (visible.length === 0) return invalid(node, text, 'restrict access leaves none of these tables');
  // the binder sees no columns of a view that a wildcard finds alone
  const isSeen = members.length > 1 || members[0]?.table !== undefined;
  if (visible.length === members.length && isSeen) return visible.map((member) => sourceOf(node, member, env));
  const names = visible.map(({ name }) => name);
  throw new NamedSources(text, spanOf(node), names);
}

function sourceOf(node: Syntax, { name, table }: Member, env: Environment): Source {
  if (table !== undefined) return { name, plan: { kind: 'scan', table: name, schema: table } };
  const binding = env.scope.find(name);
  if (binding?.kind === 'table') return { name, plan: binding.plan };
  if (binding?.kind === 'function') return { name, plan: inlineTable(node, binding, [], env) };
  return unsupported(node, `${name} as a table of a wildcard`);
}

/** True where `isfuzzy=true` does without a source: the table that it begins with is not there. */
function isMissing(node: Syntax, env: Environment): boolean {
  const first = firstOf(node);
  if (!isUnknown(first) || env.scope.find(String(first.SimpleName)) !== undefined) return false;
  let around = node.Parent;
  while (around && kindOf(around) !== 'UnionOperator') around = around.Parent;
  return isFuzzy(around);
}

/** The warning for a source that a fuzzy union does without, in Kusto's words. */
export const missingWarning = ({ name, span }: { name: string; span: Span }): Warning =>
  warning('WARN0006', `Failed to resolve entity '${name}'`, span);

/** The sources of an `in (…)`, or without one all tables. */
export const listedSources = (clause: Syntax, node: Syntax, env: Environment): Source[] =>
  clause ? sourcesOf(listOf(clause.Expressions), 0, env, asking(node)) : allSources(node, env);

/** What names the unnamed sources of an operator. */
export const asking = (node: Syntax): Asking => (kindOf(node) === 'SearchOperator' ? 'search' : 'union');
