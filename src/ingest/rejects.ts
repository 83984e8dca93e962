import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';

/** A line, a value of a JSON document or a message that did not come in. */
export interface Rejected {
  readonly file: string;
  /** From 1; undefined where it is a message, which `file` names. */
  readonly line?: number;
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
  const paths = new Map<string, string>();
  const twins = new Map<string, number>();
  const opened = new Map<string, { readonly lines: number; readonly reasons: number }>();
  let running = false;

  const pathOf = (file: string): string => {
    let path = paths.get(file);
    if (path === undefined) {
      const name = file === '-' ? 'stdin' : harmlessName(basename(file));
      const number = (twins.get(name) ?? 0) + 1;
      twins.set(name, number);
      path = join(folder, `${stamp}-${number === 1 ? '' : `${number}-`}${name}`);
      paths.set(file, path);
    }
    return path;
  };
  const filesOf = (file: string) => {
    let files = opened.get(file);
    if (files === undefined) {
      mkdirSync(folder, { recursive: true });
      if (opened.size >= OPEN) closeOldest(opened);
      const path = pathOf(file);
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

/** Files that are open at once: each message that is set aside has its own. */
const OPEN = 50;
const NAME_LENGTH = 120;

/** A name out of an archive may hold anything, and be of any length. */
const harmlessName = (name: string): string =>
  name.replace(/[\p{C}\\/:*?"<>|\ufffd]/gu, '_').slice(-NAME_LENGTH) || '_';

function closeOldest(opened: Map<string, { readonly lines: number; readonly reasons: number }>): void {
  const [file, { lines, reasons }] = opened.entries().next().value!;
  closeSync(lines);
  closeSync(reasons);
  opened.delete(file);
}
