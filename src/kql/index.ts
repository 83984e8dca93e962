/** KQL text -> typed plan -> SQL -> typed result. Knows nothing of mail. */
export type { Catalog, CatalogTable } from './catalog.ts';
export { type HostFunction, hostError, hostFunctions } from './host/index.ts';
export { type Compiled, type CompiledTable, compile, type RunContext, runQuery } from './query.ts';
export type { QueryContext } from './query-context.ts';
export type { Answer, ResultTable, Visualization, Warning } from './run/answer.ts';
export type { Engine } from './run/engine.ts';
