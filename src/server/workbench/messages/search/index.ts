/** The words of the message search, as conditions and as KQL. */
export { among, literal, searchHunt, searchPredicates } from './kql.ts';
export { parseSearch } from './parse-search.ts';
