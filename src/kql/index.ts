/** KQL text -> typed plan -> SQL -> typed result. Knows nothing of mail. */
export type { Catalog, CatalogTable, HiddenColumn } from './catalog.ts';
export { type CheckedText, checkText, type DeclaredParameter } from './check/index.ts';
export { evaluate, fold, type Row } from './evaluate/index.ts';
export { hostTextOfValue, valueOfHostText } from './functions/index.ts';
export {
  ChunkLimit,
  type HostFunction,
  hostError,
  hostFunctions,
  hostFunctionsWith,
  type LookUpPlace,
} from './host/index.ts';
export { pruneColumns } from './improve/prune.ts';
export { format, readFunction } from './parse/index.ts';
export {
  type AggregateCall,
  type CallScalar,
  call,
  childrenOf,
  column,
  countColumns,
  literal,
  mapChildren,
  mapScalarPlans,
  mapScalars,
  type Named,
  type Plan,
  type PlanKind,
  type PlanOf,
  replaceColumns,
  type Scalar,
  type Schema,
} from './plan/index.ts';
export {
  answerOf,
  type Compiled,
  type CompiledTable,
  compile,
  compileOn,
  givesRow,
  type RunContext,
  type RunnableTable,
  runQuery,
} from './query.ts';
export type { QueryContext, TimeScope } from './query-context.ts';
export type { Answer, ResultTable, Visualization, Warning } from './run/answer.ts';
export type { Engine } from './run/engine.ts';
export { type WarningCode, warningCodes } from './run/warnings.ts';
export type {
  Enrichment,
  ExternalRequest,
  LentTable,
  LoadedRows,
  StoredFunction,
  Surroundings,
} from './surroundings.ts';
export {
  type Diagnostic,
  membersOf,
  type Reading,
  readText,
  type Symbol,
  type SyntaxNode,
  walk,
} from './syntax/index.ts';
