import { shown } from './domain-name.ts';
import type { DmarcRecord } from './record.ts';
import type { Alignment } from './result.ts';

const names = { spf: 'SPF', dkim: 'DKIM' } as const;

/** Why a message passes, for a person. */
export const passReason = ({ method, domain, alignment }: Alignment, author: string): string =>
  alignment === 'strict'
    ? `${names[method]} passed for ${shown(domain)}, the author domain`
    : `${names[method]} passed for ${shown(domain)}, of the same organization as ${shown(author)}`;

/** Why none of the identifiers that passed counts, for a person: told of the one that came closest. */
export function failReason(alignments: readonly Alignment[], { aspf, adkim }: DmarcRecord): string {
  const [closest] = alignments.toSorted((one, other) => closeness[other.alignment] - closeness[one.alignment]);
  if (closest === undefined) return 'neither SPF nor DKIM passed for any domain';
  const { method, domain, alignment } = closest;
  const passed = `${names[method]} passed for ${shown(domain)}`;
  if (alignment === 'none') return `${passed}, which is not aligned with the author domain`;
  const isTooFar = alignment === 'relaxed' && (method === 'spf' ? aspf : adkim) === 's';
  return isTooFar
    ? `${passed}, where the owner asks for strict alignment`
    : `${passed}, but the signature leaves part of the message unsigned`;
}

const closeness: Readonly<Record<Alignment['alignment'], number>> = { strict: 2, relaxed: 1, none: 0 };
