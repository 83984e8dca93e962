import { MailhuntError } from '../../errors/index.ts';
import { calledErrors, declarationOf, isElsewhere, type Syntax, spanOf } from '../parse/index.ts';
import type { StoredFunction } from '../surroundings.ts';
import type { Environment } from './environment.ts';
import { type Binding, Scope } from './scope.ts';

type FunctionBinding = Extract<Binding, { kind: 'function' }>;

/** The function of a name: what a `let` defines, else what is kept beside the tables. */
export function functionNamed(name: string, env: Environment): FunctionBinding | undefined {
  const binding = env.scope.find(name);
  if (binding !== undefined) return binding.kind === 'function' ? binding : undefined;
  const { surroundings, catalog } = env.context;
  if (catalog.tables.some((table) => table.name === name)) return undefined;
  const stored = surroundings?.functions.find((known) => known.name === name);
  return stored && bindingOf(stored);
}

/** A stored function sees what it names itself, and nothing of the query that calls it. */
const bindingOf = (stored: StoredFunction): FunctionBinding => ({
  kind: 'function',
  declaration: declarationOf(stored),
  scope: new Scope(),
  restriction: undefined,
  stored: stored.name,
});

/**
 * Lowers the body of a function. What goes wrong in the text of a stored one, and what its warnings point at, is told of
 * the call: that text is no part of the query.
 */
export function placed<T>(call: Syntax, { stored }: FunctionBinding, env: Environment, lower: () => T): T {
  if (stored === undefined) return lower();
  const span = spanOf(call);
  const kept = env.context.surroundings?.functions.find(({ name }) => name === stored);
  const wrong = kept?.wrong ?? calledErrors(call)[0];
  if (wrong !== undefined) throw new MailhuntError('KQL0011', { name: stored, text: wrong }, { span });
  const { warnings } = env.notes;
  const before = warnings.length;
  try {
    return lower();
  } catch (error) {
    if (!(error instanceof MailhuntError) || error.span === undefined || !isElsewhere(error.span)) throw error;
    throw new MailhuntError('KQL0011', { name: stored, text: error.message }, { span, cause: error });
  } finally {
    for (let i = before; i < warnings.length; i++)
      if (warnings[i]!.span && isElsewhere(warnings[i]!.span!)) warnings[i] = { ...warnings[i]!, span };
  }
}
