import { type Shared, unpacked } from './share.ts';

/**
 * The query that an address brings with it: `#kql=…` of other pages (`huntLink`), or a packed one; undefined where it
 * brings none.
 */
export async function sharedIn(fragment: string): Promise<Shared | undefined> {
  const [, text] = /^#kql=(.*)$/s.exec(fragment) ?? [];
  if (text === undefined) return unpacked(fragment);
  try {
    return { name: '', text: decodeURIComponent(text) };
  } catch {
    // No UTF-8: nobody of ours made it.
    return undefined;
  }
}
