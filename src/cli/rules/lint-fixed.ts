import { readFileSync } from 'node:fs';
import { rename, stat, writeFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { type ChangedFile, plural, type RulesFixed } from '../../rules/index.ts';
import { harmless } from '../harmless.ts';
import type { Output } from '../output.ts';

/** Writes the files that fixes changed, or only shows them, and says what was fixed and what could not be. */
export async function writeFixed(fixed: RulesFixed, isDryRun: boolean, err: Output): Promise<void> {
  const say = (text: string) => err.write(`${harmless(text)}\n`);
  for (const file of fixed.files) {
    if (!isDryRun) await replace(file);
    for (const line of changedLines(file)) await say(line);
  }
  for (const { rule, lint, place } of fixed.fixed)
    await say(`${isDryRun ? 'would fix' : 'fixed'} ${lint.id} ${lint.name} in ${rule.provenance.path}:${place.line}`);
  for (const path of fixed.refused)
    await say(`${path}: left as it is, the fixes do not fit exactly into the way in which it is written`);
  await say(
    `${isDryRun ? 'would fix' : 'fixed'} ${plural(fixed.fixed.length, 'finding')} in ${plural(fixed.files.length, 'file')}`,
  );
}

/** Whole or not at all: a new file takes the old one's place. A byte order mark stays. */
async function replace({ path, before, after }: ChangedFile): Promise<void> {
  try {
    const there = readFileSync(path, 'utf8');
    const mark = there.startsWith('\ufeff') ? '\ufeff' : '';
    if (there !== mark + before) throw new Error('it was changed meanwhile');
    const { mode } = await stat(path);
    const fresh = `${path}.mailhunt-fix`;
    await writeFile(fresh, mark + after, { mode, flag: 'wx' });
    await rename(fresh, path);
  } catch (cause) {
    throw new MailhuntError('LINT0003', { file: path, text: (cause as Error).message }, { cause });
  }
}

/** The lines that changed, those before and those after, without the lines around. */
function changedLines({ path, before, after }: ChangedFile): string[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let [top, bottom] = [0, 0];
  while (top < Math.min(old.length, fresh.length) && old[top] === fresh[top]) top++;
  while (bottom < Math.min(old.length, fresh.length) - top && old.at(-1 - bottom) === fresh.at(-1 - bottom)) bottom++;
  const gone = old.slice(top, old.length - bottom).map((line) => `- ${line}`);
  const come = fresh.slice(top, fresh.length - bottom).map((line) => `+ ${line}`);
  return [`${path}:${top + 1}`, ...gone, ...come];
}
