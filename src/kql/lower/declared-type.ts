import type { KqlType } from '../../values/index.ts';
import type { Syntax } from '../parse/index.ts';

/** Other spellings of the types that a declaration may use. */
const spellings: Readonly<Record<string, KqlType>> = {
  boolean: 'bool',
  double: 'real',
  date: 'datetime',
  time: 'timespan',
  int32: 'int',
  int64: 'long',
  uniqueid: 'guid',
  uuid: 'guid',
};

/** The type that a function or query parameter is declared with. */
export const declaredType = (parameter: Syntax): KqlType => declaredTypeOf(parameter.NameAndType.Type);

/** The type that a PrimitiveTypeExpression names. */
export function declaredTypeOf(node: Syntax): KqlType {
  const text = String(node.Type.Text).trim();
  return spellings[text] ?? (text as KqlType);
}
