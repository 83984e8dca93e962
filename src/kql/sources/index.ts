/** Rows from outside: what a query needs is learned while it is compiled, loaded, and the query compiled again. */
export { loadSources } from './load.ts';
export { NotLoaded, type Source } from './not-loaded.ts';
