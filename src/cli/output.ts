import type { Writable } from 'node:stream';

/** Where a command prints. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal; Infinity in a pipe. */
  readonly width: number;
  /** Resolves when more may be written. Bytes are what somebody else wrote, and not for a terminal. */
  write(text: string | Uint8Array): Promise<void>;
}

/** A stream as output: `process.stdout`, or a test's own. */
export function outputOn(stream: Writable & { isTTY?: boolean; columns?: number }): Output {
  const isTerminal = stream.isTTY === true;
  return {
    isTerminal,
    width: isTerminal ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY,
    write: (text) =>
      new Promise((resolve) => {
        if (stream.write(text)) resolve();
        else stream.once('drain', resolve);
      }),
  };
}
