import { harmless } from './harmless.ts';
import type { Output } from './output.ts';
import { cut } from './width.ts';

const EVERY_MS = 100;

/** One line on a terminal that is written over again and again; nothing at all in a pipe. */
export interface ProgressLine {
  show(text: string): void;
  /** Removes the line. */
  clear(): void;
}

/** A progress line on an output. */
export function progressLine(output: Output, now: () => number): ProgressLine {
  if (!output.isTerminal) return { show: () => {}, clear: () => {} };
  let [last, shown] = [Number.NEGATIVE_INFINITY, false];
  return {
    show: (text) => {
      if (now() - last < EVERY_MS) return;
      [last, shown] = [now(), true];
      void output.write(`\r\u001b[K${cut(harmless(text), output.width - 1)}`);
    },
    clear: () => {
      if (shown) void output.write('\r\u001b[K');
      shown = false;
    },
  };
}
