import { kindOf, listOf, type Syntax } from './language.ts';

/** The arguments of `bag_unpack`; the binder knows the first two only. */
const BAG_UNPACK_ARGUMENTS = 4;

/**
 * The binder's errors that the plugins' own pages contradict: it reads `ignoredProperties = …` by position (KS107) and
 * counts two arguments of bag_unpack (KS119). The plugin checks what it is given.
 */
export const isForgivenOfPlugin: Readonly<Record<string, (token: Syntax, start: number) => boolean>> = {
  KS107: (token, start) => {
    const argument = above(token, 'SimpleNamedExpression');
    if (argument === undefined || argument.Expression.TextStart !== start) return false;
    return isPlugin(above(argument, 'FunctionCallExpression'));
  },
  KS119: (token) => {
    const call = above(token, 'FunctionCallExpression');
    if (!isPlugin(call) || String(call.Name.SimpleName) !== 'bag_unpack') return false;
    return (
      call.Name.TextStart === token.TextStart && listOf(call.ArgumentList.Expressions).length <= BAG_UNPACK_ARGUMENTS
    );
  },
};

function above(node: Syntax, kind: string): Syntax | undefined {
  let found = node;
  while (found && kindOf(found) !== kind) found = found.Parent;
  return found ?? undefined;
}

const isPlugin = (call: Syntax | undefined): boolean =>
  call !== undefined && call.Parent !== null && kindOf(call.Parent) === 'EvaluateOperator';
