/** Plan scalars computed in TypeScript. */
export { evaluate, type Row } from './evaluate.ts';
export { fold } from './fold.ts';
