import type { Value } from '../../values/index.ts';
import { kindOf, listOf, type Syntax } from '../parse/index.ts';
import { lowerLiteral } from './literal.ts';

/** The request options that a query text sets for itself, by name in lower case. */
export type SetOptions = Readonly<Record<string, Value>>;

/**
 * The `set` statements of a query text. An option that nothing here knows is kept too, as Kusto accepts it; who answers
 * the query reads those that it honours.
 *
 * @see https://learn.microsoft.com/kusto/query/set-statement
 */
export const readSetOptions = (root: Syntax): SetOptions =>
  Object.fromEntries(
    listOf(root.Statements)
      .filter((statement) => kindOf(statement) === 'SetOptionStatement')
      .map((statement) => [String(statement.Name.SimpleName).toLowerCase(), valueSet(statement)]),
  );

/** The value; a flag may stand alone, and a word without quotes. */
function valueSet(statement: Syntax): Value {
  const value = statement.ValueClause?.Expression ?? undefined;
  if (value === undefined) return true;
  return kindOf(value).endsWith('LiteralExpression') && kindOf(value) !== 'TokenLiteralExpression'
    ? lowerLiteral(value).value
    : String(value).trim();
}
