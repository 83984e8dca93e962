/** What `externaldata:` of `mailhunt.yaml` says. */
export interface ExternalSetting {
  /** URL prefixes that may be fetched. */
  readonly allow: readonly string[];
  /** Local files in place of URLs; a URL that ends in `/` stands for a folder. */
  readonly files: Readonly<Record<string, string>>;
  readonly milliseconds: number;
  readonly bytes: number;
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000 };
const bytes: Readonly<Record<string, number>> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };

/**
 * Reads `externaldata:` of settings that were found to be right.
 *
 * @example readExternal({ timeout: '2m' }).milliseconds // 120000
 */
export function readExternal(tree: Readonly<Record<string, unknown>>): ExternalSetting {
  const { allow = [], files = {}, timeout = '30s', size = '64MB' } = tree as Record<string, never>;
  return { allow, files, milliseconds: measured(timeout, milliseconds), bytes: measured(size, bytes) };
}

function measured(text: string, units: Readonly<Record<string, number>>): number {
  const unit = text.replace(/^\d+/, '');
  return Number.parseInt(text, 10) * (units[unit] ?? units[unit.toUpperCase()]!);
}
