import { bytesOf, millisecondsOf } from '../yaml/index.ts';

/** What `externaldata:` of `mailhunt.yaml` says. */
export interface ExternalSetting {
  /** URL prefixes that may be fetched. */
  readonly allow: readonly string[];
  /** Local files in place of URLs; a URL that ends in `/` stands for a folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly bytes: number;
}

/**
 * Reads `externaldata:` of settings that were found to be right.
 *
 * @example readExternal({ timeout: '2m' }).milliseconds // 120000
 */
export function readExternal(tree: Readonly<Record<string, unknown>>): ExternalSetting {
  const { allow = [], files = {}, timeout = '30s', size = '64MB' } = tree as Record<string, never>;
  return { allow, files, milliseconds: millisecondsOf(timeout)!, bytes: bytesOf(size)! };
}
