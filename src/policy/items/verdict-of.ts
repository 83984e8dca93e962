import type { JudgedMessage } from '../../ingest/index.ts';
import { type Authentication, type ReceivedVerdict, resultsOf, writeMicrosoftResults } from '../../mail/index.ts';
import type { ItemVerdict } from '../mail-item.ts';

/** What is known of a message that nobody has checked. */
const unchecked: ItemVerdict = {
  spf: undefined,
  dkim: [],
  dmarc: undefined,
  policy: 'unknown',
  aligned: [],
  compauth: undefined,
  reason: undefined,
  arc: undefined,
  sealers: [],
};

/** The verdict on a message, and the stamp that this receiver puts on it in Microsoft's words, on one line. */
export function verdictOf({ verdict }: JudgedMessage): {
  readonly verdict: ItemVerdict;
  readonly stamp: string | undefined;
} {
  if (verdict.source === 'verified') {
    const { authentication } = verdict;
    return {
      verdict: verifiedVerdict(authentication),
      stamp: oneLine(writeMicrosoftResults(resultsOf(authentication))),
    };
  }
  if (verdict.source === 'received') {
    const { received } = verdict;
    return { verdict: receivedVerdict(received), stamp: oneLine(writeMicrosoftResults(received.results)) };
  }
  return { verdict: unchecked, stamp: undefined };
}

const oneLine = (folded: string): string => folded.replaceAll('\r\n', '');

function verifiedVerdict({ spf, dkim, dmarc, arc, composite }: Authentication): ItemVerdict {
  const words = dkim.signatures.map(({ result }) => result);
  return {
    spf: spf.result,
    dkim: words.length === 0 ? ['none'] : words,
    dmarc: composite.dmarc,
    policy: dmarc.policy ?? (dmarc.result === 'temperror' ? 'unknown' : 'none'),
    aligned: [...new Set(dmarc.alignments.filter(({ counts }) => counts).map(({ method }) => method))],
    compauth: composite.compauth,
    reason: composite.reason,
    arc: arc.result,
    sealers: arc.result === 'pass' ? arc.sets.map(({ sealer }) => sealer).toReversed() : [],
  };
}

/** What Microsoft's action tells of the owner's policy; of mail that passed it tells nothing. */
const policies: Readonly<Record<string, ItemVerdict['policy']>> = {
  oreject: 'reject',
  'o.reject': 'reject',
  reject: 'reject',
  opctreject: 'reject',
  'pct.reject': 'reject',
  quarantine: 'quarantine',
  'o.quarantine': 'quarantine',
  opctquarantine: 'quarantine',
  'pct.quarantine': 'quarantine',
};

function receivedVerdict({ words, dkim, results }: ReceivedVerdict): ItemVerdict {
  const failed = words.dmarc === 'fail';
  return {
    ...unchecked,
    spf: words.spf,
    dkim: dkim.length === 0 ? [words.dkim ?? []].flat() : dkim.map(({ result }) => result),
    dmarc: words.dmarc,
    policy:
      policies[words.action ?? ''] ??
      (failed || words.dmarc === 'bestguesspass' || words.dmarc === 'none' ? 'none' : 'unknown'),
    compauth: words.compauth,
    reason: words.reason,
    arc: results.find(({ method }) => method === 'arc')?.result,
  };
}
