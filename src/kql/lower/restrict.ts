import { invalid, kindOf, listOf, type Syntax, unsupported } from '../parse/index.ts';
import type { Environment } from './environment.ts';
import type { Binding } from './scope.ts';

/**
 * `restrict access to (…)`: what comes after sees no tables, views and patterns but those named.
 * https://learn.microsoft.com/kusto/query/restrict-statement
 */
export function restrictAccess(node: Syntax, env: Environment): void {
  const before = env.scope.restriction;
  const named = listOf(node.Expressions).map(readSpecifier);
  const isNamed = (name: string, qualified: boolean): boolean =>
    named.some((one) => one.qualified === qualified && matchesWildcard(one.name, name));
  const known = [...env.scope.names()].filter(([, { kind }]) => kind !== 'scalar');
  const tables = env.context.catalog.tables
    .map(({ name }) => name)
    .filter((name) => before?.tables.has(name) ?? true)
    .filter((name) => isNamed(name, true) || named.some((one) => !one.qualified && one.name === name));
  const hidden = known.filter(([name]) => !isNamed(name, false)).map(([, binding]) => binding);
  env.scope.restriction = { tables: new Set(tables), hidden: new Set([...(before?.hidden ?? []), ...hidden]) };
}

/** A name, or `database().name`; a wildcard without a database means what `let` has defined. */
function readSpecifier(node: Syntax): { name: string; qualified: boolean } {
  if (kindOf(node) === 'NameReference') return { name: String(node.SimpleName), qualified: false };
  const call = node.Expression;
  const isDatabase = kindOf(node) === 'PathExpression' && kindOf(call) === 'FunctionCallExpression';
  if (!isDatabase || String(call.Name.SimpleName) !== 'database')
    return unsupported(node, 'restrict access to anything but names of this database');
  return { name: String(node.Selector.SimpleName), qualified: true };
}

/** Whether a name fits a text in which `*` stands for anything. */
function matchesWildcard(wildcard: string, name: string): boolean {
  const [start = '', ...rest] = wildcard.split('*');
  const end = rest.pop();
  if (end === undefined) return start === name;
  if (!name.startsWith(start)) return false;
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length >= at + end.length && name.endsWith(end);
}

/** Refuses a table of the store, or what a name stands for, where `restrict access` hides it. */
export function requireVisible(node: Syntax, what: string | Binding | undefined, env: Environment): void {
  if (what !== undefined && !isVisible(what, env)) invalid(node, String(node).trim(), 'restrict access leaves it out');
}

/** Whether `restrict access` leaves a table of the store, or what a name stands for, to be read. */
export function isVisible(what: string | Binding, env: Environment): boolean {
  const { restriction } = env.scope;
  if (restriction === undefined) return true;
  return typeof what === 'string' ? restriction.tables.has(what) : !restriction.hidden.has(what);
}
