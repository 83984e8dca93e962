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
export function declaredType(parameter: Syntax): KqlType {
  const text = String(parameter.NameAndType.Type.Type.Text).trim();
  return spellings[text] ?? (text as KqlType);
}
