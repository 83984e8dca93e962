/** Microsoft's parser and binder, and the only place that touches them. */
export { type BoundQuery, bind, columnsOf, invalid, spanOf, symbolKind, typeOf, unsupported } from './bind.ts';
export { kindOf, listOf, type Syntax } from './language.ts';
