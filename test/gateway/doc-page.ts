import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const docs = new URL('../../docs/', import.meta.url);

/** The text of a page of `docs/`. */
export const docPage = (name: string): string => readFileSync(new URL(name, docs), 'utf8');

/** The pages about the gate. */
export const gatewayPages = (): readonly string[] => readdirSync(docs).filter((name) => /^gateway.*\.md$/.test(name));

/** What stands between fences on a page, block by block. */
export const docBlocks = (name: string): readonly string[] =>
  [...docPage(name).matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);

/**
 * The one block of a page that begins so: tests run what the page tells people to write.
 *
 * @example docBlock('gateway-postfix.md', 'smtpd_milters')
 */
export function docBlock(name: string, beginning: string): string {
  const found = docBlocks(name).filter((block) => block.startsWith(beginning));
  assert.equal(found.length, 1, `${name} has ${found.length} blocks that begin with ${beginning}`);
  return found[0]!;
}

/** Text with other words in it, each of which has to be there. */
export function exchanged(text: string, words: Readonly<Record<string, string>>): string {
  let changed = text;
  for (const [word, other] of Object.entries(words)) {
    assert.ok(changed.includes(word), `${word} does not stand in:\n${text}`);
    changed = changed.replaceAll(word, other);
  }
  return changed;
}
