import type { JudgedMessage } from '../../ingest/index.ts';
import {
  type ArcSet,
  type Authentication,
  type ReceivedVerdict,
  resultsOf,
  type VerdictWords,
  writeMicrosoftResults,
} from '../../mail/index.ts';
import type { ItemVerdict } from '../mail-item.ts';

/** What is known of a message that nobody has checked. */
const unchecked: ItemVerdict = {
  spf: undefined,
  dkim: [],
  dmarc: undefined,
  policy: undefined,
  aligned: undefined,
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

/** Who sealed it, the newest first. */
export const sealersOf = ({ sets }: { readonly sets: readonly ArcSet[] }): readonly string[] =>
  [...sets].sort((one, other) => other.instance - one.instance).map(({ sealer }) => sealer);

/** What composite authentication says where a trusted sealer vouches. */
export const LIFTED = { compauth: 'pass', reason: '130' } as const;

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
    sealers: arc.result === 'pass' ? sealersOf(arc) : [],
  };
}

/** What Microsoft's action tells of the owner's policy. */
const policies: Readonly<Record<string, ItemVerdict['policy']>> = {
  none: 'none',
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

/** What the result alone tells: without a record there is no policy. That of mail that passed or failed it does not tell. */
const policiesOfResult: Readonly<Record<string, ItemVerdict['policy']>> = {
  none: 'none',
  bestguesspass: 'none',
  permerror: 'none',
  temperror: 'unknown',
};

/** The owner's policy as far as the receiver's words tell it. */
const policyOfWords = ({ dmarc = '', action = '' }: VerdictWords): ItemVerdict['policy'] =>
  policies[dmarc === 'pass' ? '' : action] ?? policiesOfResult[dmarc];

/**
 * A verdict of which the receiver's words are all that is known: an export, or a stamp.
 *
 * @param dkim a word for each signature, where they are known
 */
export const verdictOfWords = (words: VerdictWords, dkim: readonly string[] = []): ItemVerdict => ({
  ...unchecked,
  spf: words.spf,
  dkim: dkim.length === 0 && words.dkim !== undefined ? [words.dkim] : dkim,
  dmarc: words.dmarc,
  policy: policyOfWords(words),
  aligned: words.dmarc === 'fail' ? [] : undefined,
  compauth: words.compauth,
  reason: words.reason,
});

const receivedVerdict = ({ words, dkim, results }: ReceivedVerdict): ItemVerdict => ({
  ...verdictOfWords(
    words,
    dkim.map(({ result }) => result),
  ),
  arc: results.find(({ method }) => method === 'arc')?.result,
});
