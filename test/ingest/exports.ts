import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { type IngestOptions, type IngestReport, ingest } from '../../src/ingest/index.ts';
import { MemoryStore } from './memory-store.ts';

/** Files in a folder of their own, gone after the test. */
export function exportsFolder(t: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'mailhunt-ingest-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** A run, with what was set aside: file, line, reason and text of each. */
export interface Taken extends IngestReport {
  readonly store: MemoryStore;
  readonly aside: readonly { readonly line: number | undefined; readonly reason: string; readonly text: string }[];
}

export async function take(paths: readonly string[], options: Partial<IngestOptions> = {}): Promise<Taken> {
  const store = (options.store ?? new MemoryStore()) as MemoryStore;
  const aside: { line: number | undefined; reason: string; text: string }[] = [];
  let open = false;
  const report = await ingest(paths, {
    now: () => 0,
    ...options,
    store,
    reject: ({ line, reason }, bytes, more) => {
      if (open) aside.at(-1)!.text += Buffer.from(bytes).toString();
      else aside.push({ line, reason, text: Buffer.from(bytes).toString() });
      open = more;
    },
  });
  return { ...report, store, aside };
}

/** Takes one file of this name and content. */
export async function takeText(
  t: TestContext,
  name: string,
  content: string | Uint8Array,
  options: Partial<IngestOptions> = {},
): Promise<Taken> {
  return take([join(exportsFolder(t, { [name]: content }), name)], options);
}
