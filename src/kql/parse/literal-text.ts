import { kindOf, language, listOf, type Syntax } from './language.ts';

/** The literal that a text is, from its first letter to its last, bound; undefined where it is anything else. */
export function literalNode(text: string): Syntax | undefined {
  const code = language().Kusto.Language.KustoCode.ParseAndAnalyze(`print ${text}`);
  if (listOf(code.GetDiagnostics()).length > 0) return undefined;
  const [statement, ...others] = listOf(code.Syntax.Statements);
  const print = statement?.Expression;
  if (others.length > 0 || kindOf(print) !== 'PrintOperator') return undefined;
  const [value, ...more] = listOf(print.Expressions);
  const isLiteral = more.length === 0 && /LiteralExpression$|^DynamicExpression$/.test(kindOf(value));
  return isLiteral ? value : undefined;
}
