/** Who may, or must not, send in whose name, until when (milliseconds since 1970, the end of the day that was named). */
export interface SpoofSetting {
  readonly sender: string;
  readonly infrastructure: string;
  readonly expires?: number;
}

const ENTRY = /^(\S+)\s+via\s+(\S+)(?:\s+until\s+(\d{4}-\d{2}-\d{2}))?$/i;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Reads an entry of `spoof_allow` and `spoof_block`; undefined where it is none.
 *
 * @example readSpoofEntry('shop.example via 192.0.2.0/24 until 2027-01-31')?.infrastructure // '192.0.2.0/24'
 */
export function readSpoofEntry(text: string): SpoofSetting | undefined {
  const [, sender, infrastructure, day] = ENTRY.exec(text.trim()) ?? [];
  if (sender === undefined || infrastructure === undefined) return undefined;
  if (day === undefined) return { sender, infrastructure };
  const end = Date.parse(`${day}T00:00:00Z`) + DAY;
  return Number.isNaN(end) ? undefined : { sender, infrastructure, expires: end };
}
