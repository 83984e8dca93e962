import { orgOf } from '../../evidence/index.ts';

/** Few domains write most of the mail. */
const KNOWN = 50_000;
const known = new Map<string, string>();

/** {@link orgOf}, which a replay asks a million times of the same few names. */
export function organizationOf(domain: string): string {
  const found = known.get(domain);
  if (found !== undefined) return found;
  if (known.size >= KNOWN) known.clear();
  const organization = orgOf(domain);
  known.set(domain, organization);
  return organization;
}
