import { invalid, kindOf, type Syntax, unsupported } from '../parse/index.ts';
import { column, literal, type Scalar } from '../plan/index.ts';
import { apply, convert } from './apply.ts';
import type { Environment } from './environment.ts';

/** Operators that may ask all columns at once, `* has "x"`: one that fits is enough, so none that says no is here. */
const asksAny = new Set([
  ...['has', 'contains', 'startswith', 'endswith', 'hasprefix', 'hassuffix'].flatMap((name) => [name, `${name}_cs`]),
  ...['==', '=~', 'matches regex', 'in', 'in~', 'has_any'],
]);

/** `* has "x"`: true where the text of a column fits. */
export function lowerAnyColumn(node: Syntax, name: string, args: readonly Scalar[], env: Environment): Scalar {
  if (!asksAny.has(name)) return unsupported(node, `* ${name}`);
  if (args.some(({ type }) => type !== 'string')) return unsupported(node, `* ${name} with anything but texts`);
  return anyColumn(node, env, (text) => apply(node, sensitive(name, env), 'bool', [text, ...args]));
}

/** A text that stands alone in `search` and `find`: a term in any column. */
export const lowerTerm = (node: Syntax, env: Environment): Scalar =>
  anyColumn(node, env, (text) => fits(node, text, String(node.LiteralValue), env));

/** `Column:"term"` of `search`. */
export function lowerColumnTerm(node: Syntax, env: Environment): Scalar {
  if (!isText(node.Right)) return unsupported(node.Right, 'a search for anything but a text');
  const text = String(node.Right.LiteralValue);
  if (kindOf(node.Left) === 'StarExpression') return anyColumn(node, env, (value) => fits(node, value, text, env));
  return fits(node, convert(node, env.scalar(node.Left, env), 'string'), text, env);
}

/** True for a text where a predicate must stand. */
export const isTerm = (node: Syntax): boolean => isText(node) && node.ResultType?.Name === 'bool';

const isText = (node: Syntax): boolean => kindOf(node) === 'StringLiteralExpression';

/** What `search kind=case_sensitive` makes of an operator over texts. */
export function sensitive(name: string, env: Environment): string {
  if (env.caseSensitive !== true) return name;
  if (name.endsWith('~')) return name === '=~' ? '==' : name === '!~' ? '!=' : name.slice(0, -1);
  return /^!?(has|contains|startswith|endswith|hasprefix|hassuffix)$/.test(name) ? `${name}_cs` : name;
}

function anyColumn(node: Syntax, env: Environment, test: (text: Scalar) => Scalar): Scalar {
  if (env.row === undefined) return unsupported(node, 'a test of all columns outside of where, search and find');
  const tests = env.row.map(({ name, type }) => test(convert(node, column(name, type), 'string')));
  return tests.length === 1 ? tests[0]! : apply(node, 'or', 'bool', tests);
}

/** A term of `search`: its stars say which operator it stands for. */
function fits(node: Syntax, value: Scalar, term: string, env: Environment): Scalar {
  const [start, ...rest] = term.split(/\*+/);
  if (term === '') return invalid(node, 'the term', 'it is empty');
  if (rest.length === 0) return test(node, 'has', value, term, env);
  const end = rest.pop()!;
  if (rest.length === 0 && start === '' && end === '') return literal('bool', true);
  if (rest.length === 0 && start === '') return test(node, 'hassuffix', value, end, env);
  if (rest.length === 0 && end === '') return test(node, 'hasprefix', value, start!, env);
  if (rest.length === 1 && start === '' && end === '') return test(node, 'contains', value, rest[0]!, env);
  const parts = [start!, ...rest, end].map((part) => part.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('.*');
  const pattern = `${env.caseSensitive === true ? '' : '(?i)'}${start === '' ? '' : '\\b'}${parts}${end === '' ? '' : '\\b'}`;
  return apply(node, 'matches regex', 'bool', [value, literal('string', pattern)]);
}

const test = (node: Syntax, name: string, value: Scalar, term: string, env: Environment): Scalar =>
  apply(node, sensitive(name, env), 'bool', [value, literal('string', term)]);
