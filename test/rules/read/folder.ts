import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { type ReadOptions, type RulesRead, readRules } from '../../../src/rules/index.ts';

/** A folder for the tests of one file, which goes when they have run. */
export function testFolder() {
  const root = mkdtempSync(join(tmpdir(), 'rules-'));
  after(() => rmSync(root, { recursive: true }));
  let count = 0;
  /** A new folder with these files. */
  const folder = (files: Readonly<Record<string, string | Uint8Array>>): string => {
    const path = join(root, String(count++));
    mkdirSync(path);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), text);
    }
    return path;
  };
  /** Reads these files, with paths relative to their folder. */
  const read = (
    files: Readonly<Record<string, string | Uint8Array>>,
    options: ReadOptions = {},
  ): Promise<RulesRead> => {
    const path = folder(files);
    return readRules(path, { relativeTo: path, ...options });
  };
  return { folder, read };
}
