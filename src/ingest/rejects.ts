import { mkdirSync, openSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A line (or a value of a JSON document) that did not come in. */
export interface Rejected {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly reason: string;
}

/**
 * Sets the bytes of what did not come in aside. A long line comes in several calls, `more` true on all but the last; it
 * is never held as a whole.
 */
export type RejectSink = (rejected: Rejected, bytes: Uint8Array, more: boolean) => void;

/**
 * A sink that keeps the lines of each source file as they were, in a file of its own under a folder, and beside it, one
 * JSON line each, where they stood and why they did not come in. Nothing is created until there is something to set aside.
 *
 * @example rejectsFolder('/var/mailhunt/rejects', Date.now()) // …/2026-07-18T140856-EmailEvents.csv and ….reasons.jsonl
 */
export function rejectsFolder(folder: string, now: number): RejectSink {
  const stamp = new Date(now).toISOString().slice(0, 19).replaceAll(':', '');
  const opened = new Map<string, { readonly lines: number; readonly reasons: number }>();
  let running = false;

  const filesOf = (file: string) => {
    let files = opened.get(file);
    if (files === undefined) {
      mkdirSync(folder, { recursive: true });
      const twins = [...opened.keys()].filter((other) => basename(other) === basename(file)).length;
      const path = join(
        folder,
        `${stamp}-${twins === 0 ? '' : `${twins + 1}-`}${file === '-' ? 'stdin' : basename(file)}`,
      );
      files = { lines: openSync(path, 'a'), reasons: openSync(`${path}.reasons.jsonl`, 'a') };
      opened.set(file, files);
    }
    return files;
  };

  return (rejected, bytes, more) => {
    const { lines, reasons } = filesOf(rejected.file);
    if (!running) writeSync(reasons, `${JSON.stringify(rejected)}\n`);
    running = more;
    writeSync(lines, bytes);
    if (!more && bytes.at(-1) !== 10) writeSync(lines, '\n');
  };
}
