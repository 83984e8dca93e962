import { kindOf, language, type Syntax } from '../src/kql/parse/language.ts';
import { operatorNames } from './kql-entries.ts';

/** How a statement or source that is no operator is called in the support table. */
const kinds: Readonly<Record<string, string>> = {
  LetStatement: 'let',
  SetOptionStatement: 'set',
  AliasStatement: 'alias',
  PatternStatement: 'declare pattern',
  QueryParametersStatement: 'declare query_parameters',
  RestrictStatement: 'restrict access',
  DataTableExpression: 'datatable',
  ExternalDataExpression: 'externaldata',
  MaterializeExpression: 'materialize',
  ToScalarExpression: 'toscalar',
  BracketedExpression: '[]',
};

/** What a query text uses, by the names of the support table. The text is parsed, so that comments and strings are no use. */
export function usesOf(text: string): Set<string> {
  const names = new Set<string>();
  const nodes: Syntax[] = [language().Kusto.Language.KustoCode.Parse(text).Syntax];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    for (const name of namesOf(node)) names.add(name);
    for (let i = 0; i < node.ChildCount; i++) {
      const child = node.GetChild(i);
      if (child !== null && child !== undefined) nodes.push(child);
    }
  }
  return names;
}

function namesOf(node: Syntax): readonly string[] {
  const kind = kindOf(node);
  if (kinds[kind] !== undefined) return [kinds[kind]];
  if (kind === 'FunctionCallExpression') return [String(node.Name.SimpleName)];
  if (kind.endsWith('Operator')) return operatorNames(kind);
  const operator = kind.endsWith('Expression') && node.Operator?.Text;
  return operator ? [String(operator).toLowerCase()] : [];
}
