/** What a hunter finds beside the tables: watchlists, stored functions, `externaldata`, places of addresses. */
export { type FunctionFile, FunctionFiles } from './function-files.ts';
export type { GivenList } from './given-lists.ts';
export type { Get, Reply } from './read-bytes.ts';
export {
  bareSurroundings,
  type GivenSurroundings,
  type Lender,
  type LenderSettings,
  openSurroundings,
  surroundingsWith,
} from './surroundings.ts';
export { type ListSource, ownColumns, watchlistAliases, watchlistFunction } from './watchlist-function.ts';
