import { placeOf } from '../../../errors/index.ts';

/** A stretch of a text as SARIF says it: lines and columns from 1, the end behind the last unit. */
export function targetOffsets(text: string, start: number, end: number) {
  const [from, to] = [placeOf(text, start), placeOf(text, end)];
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}
