/** The server, as the page sees it. */
export { type CallOptions, call, type Failure, getJson, postJson, ServerError, sendJson } from './call.ts';
export { huntLink } from './hunt-link.ts';
export { type Me, useMe } from './me.ts';
export {
  type Column,
  type Piece,
  type QueryRequest,
  streamQuery,
  type TableHead,
  type Visualization,
  type Warning,
} from './stream-query.ts';
export { type Asked, useJson } from './use-json.ts';
