/** The window functions of KQL: a table, a family a file. */
import type { WindowCall } from '../plan/index.ts';
import { neighbourWindows } from './neighbours.ts';
import { numberingWindows } from './numbering.ts';
import type { WindowFunction } from './row.ts';
import { runningWindows } from './running.ts';

export type { WindowFunction, WindowRows } from './row.ts';

/** All window functions, for the support table and the tests. */
export const windowFunctions: readonly WindowFunction[] = [...numberingWindows, ...neighbourWindows, ...runningWindows];

const table = new Map(windowFunctions.map((row) => [row.name, row]));

/** The window function of a name, or undefined. */
export const windowFunction = (name: string): WindowFunction | undefined => table.get(name);

/**
 * Whether a call is computed in TypeScript, row after row: a session begins where the session before ends, and a sum of
 * reals is the sum in the order of the rows to the last bit.
 */
export const sequential = (call: WindowCall): boolean =>
  windowFunction(call.name)?.sql === undefined || (call.name === 'row_cumsum' && call.type === 'real');
