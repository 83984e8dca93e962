/** Microsoft's parser and binder, and the only place that touches them. */
export {
  type BoundQuery,
  bind,
  columnsOf,
  databaseTables,
  hideLastColumn,
  inspect,
  invalid,
  isCalledAsArgument,
  knownColumnsOf,
  type Member,
  membersOf,
  type Said,
  spanOf,
  symbolKind,
  typeOf,
  unsupported,
} from './bind.ts';
export { format } from './format.ts';
export { calledBody } from './function-body.ts';
export { firstOf, isFuzzy, isUnknown } from './fuzzy.ts';
export { isOwnDatabase } from './globals.ts';
export { kindOf, listOf, type Syntax } from './language.ts';
export { literalNode } from './literal-text.ts';
export { calledErrors, declarationOf, isElsewhere, readFunction } from './stored-function.ts';
