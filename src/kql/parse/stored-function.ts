import type { StoredFunction } from '../surroundings.ts';
import { placeTree } from './function-body.ts';
import { kindOf, language, listOf, type Syntax } from './language.ts';

/** Where the texts of stored functions begin, which are no part of the query text: all their places are below zero. */
const ELSEWHERE = -1e12;

const declarations = new WeakMap<StoredFunction, Syntax>();

/** The declaration of a stored function as syntax, parsed once. */
export function declarationOf(fn: StoredFunction): Syntax {
  const known = declarations.get(fn);
  if (known !== undefined) return known;
  // bound, for the types of the defaults; the body is bound anew for each call
  const { KustoCode, GlobalState } = language().Kusto.Language;
  const text = `${PREFIX}${fn.parameters} ${fn.body}`;
  const tree = KustoCode.ParseAndAnalyze(text, GlobalState.Default).Syntax;
  placeTree(tree, ELSEWHERE);
  const declaration = listOf(tree.Statements)[0].Expression;
  declarations.set(fn, declaration);
  return declaration;
}

const PREFIX = 'let f = ';

/** Whether a place lies in the text of a stored function. */
export const isElsewhere = ({ start }: { readonly start: number }): boolean => start < 0;

/**
 * Takes `(parameters) { body }` apart.
 *
 * @returns what is wrong where it is no function
 * @example readFunction('(n:long) { print n }') // { parameters: '(n:long)', body: '{ print n }' }
 */
export function readFunction(text: string): Pick<StoredFunction, 'parameters' | 'body'> | { readonly wrong: string } {
  const code = language().Kusto.Language.KustoCode.Parse(`${PREFIX}${text}`);
  const [error] = listOf(code.GetSyntaxDiagnostics?.() ?? code.GetDiagnostics());
  if (error !== undefined) return { wrong: String(error.Message) };
  const [statement, ...more] = listOf(code.Syntax.Statements).filter((item) => item.Width > 0);
  const declaration = statement?.Expression;
  if (more.length > 0 || declaration === undefined || kindOf(declaration) !== 'FunctionDeclaration')
    return { wrong: 'it is not of the form (parameters) { body }' };
  return { parameters: String(declaration.Parameters).trim(), body: String(declaration.Body).trim() };
}

/** What the binder found wrong in the body of the stored function that a node calls. */
export const calledErrors = (call: Syntax): string[] =>
  listOf(call.GetCalledFunctionDiagnostics?.())
    .filter(({ Severity }) => Severity === 'Error')
    .map(({ Message }) => String(Message));
