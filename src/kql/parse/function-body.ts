import type { Syntax } from './language.ts';

/** Where the text of a bound body begins in the query text; the binder binds each body as a text of its own. */
const origins = new WeakMap<object, number>();

/** The place in the query text at which the text of a node's tree begins. */
export const originOf = (node: Syntax): number => origins.get(node.Root) ?? 0;

/** Says where a tree's text begins. */
export const placeTree = (root: Syntax, at: number): void => void origins.set(root.Root, at);

/**
 * The body of a `let` function as the binder bound it for one call: its tables have the columns that the arguments
 * have. Undefined where the binder gave none.
 */
export function calledBody(call: Syntax, declaration: Syntax): Syntax | undefined {
  const body = call.GetCalledFunctionBody?.() ?? undefined;
  if (body !== undefined) origins.set(body.Root, originOf(declaration) + declaration.Body.TriviaStart);
  return body;
}
