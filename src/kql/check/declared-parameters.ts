import type { KqlType } from '../../values/index.ts';
import { membersOf, type SyntaxNode, walk } from '../syntax/node.ts';

/** A parameter that the text declares for whoever runs it. */
export interface DeclaredParameter {
  readonly name: string;
  /** As it is written: `long`, `datetime`, `int64`. */
  readonly type: KqlType | (string & {});
  /** The text of its default, `ago(7d)`; undefined where the one who runs the query must give a value. */
  readonly value: string | undefined;
}

/**
 * What `declare query_parameters(…)` declares, in its order.
 *
 * @see https://learn.microsoft.com/kusto/query/query-parameters-statement
 * @example `declare query_parameters(days:long = 7); EmailEvents` // [{ name: 'days', type: 'long', value: '7' }]
 */
export const declaredParameters = (root: SyntaxNode): readonly DeclaredParameter[] =>
  [...walk(root)]
    .filter(({ kind }) => kind === 'QueryParametersStatement')
    .flatMap((statement) => membersOf(statement.child('Parameters')))
    .flatMap((parameter) => {
      const declaration = parameter.child('NameAndType');
      const name = declaration?.child('Name');
      if (declaration === undefined || name === undefined) return [];
      return [
        {
          name: plainName(name.text),
          type: declaration.child('Type')?.text ?? 'string',
          value: parameter.child('DefaultValue')?.child('Value')?.text,
        },
      ];
    });

/** `['days']` is the name `days`. */
const plainName = (text: string): string => /^\[\s*(["'])(.*)\1\s*\]$/.exec(text)?.[2] ?? text;
