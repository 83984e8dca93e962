/** A query as its reader sees it: the bound text, its mistakes, its plans. Nothing runs. */
export type { Said as Diagnostic } from '../parse/index.ts';
export { membersOf, type Symbol, type SyntaxNode, walk } from './node.ts';
export { type Reading, readText } from './reading.ts';
