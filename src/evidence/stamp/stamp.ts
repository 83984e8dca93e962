import type { JudgedMessage } from '../../ingest/index.ts';
import { isSameOrg } from '../signals/domains.ts';

/** What a receiver that is trusted stamped on a message, where a check of our own finds otherwise. Plain JSON data. */
export interface Stamp {
  /** The trusted name that it was believed for. */
  readonly receiver: string;
  /** The DMARC words of the stamp and of our check. */
  readonly said: string;
  readonly found: string;
  /** True where it stands below the field of the receiver's border: there a sender can have written it. */
  readonly isMisplaced: boolean;
  /**
   * True where nothing explains the difference: the message is of these days, its client is known and SPF does not pass for
   * it, and it holds no signature of the author that a change on the way could have broken.
   */
  readonly isRefuted: boolean;
  /** True where our check counts, and not the stamp. */
  readonly isOverruled: boolean;
}

/** Records change; of mail that is older than that DNS of today says too little against a stamp of then. */
const FRESH = 7 * 86_400_000;

const refusals: ReadonlySet<string> = new Set(['fail', 'softfail', 'neutral', 'none']);

/**
 * What the stamp that a message was judged by is worth beside a check of our own. Undefined where the two agree that DMARC
 * passed, or where either cannot say.
 *
 * A stamp is believed by its name (docs/mail-tables.md), and a receiver that removes no forged ones lets a sender write it.
 * Above the field in which the border took the message nobody but the receiver can write, so there it counts, whatever we
 * find; below, our check does, as long as the message is young enough for the check to mean something.
 *
 * @param believed judged by the stamp
 * @param own the same message, judged by a check now
 * @example stampOf(believed, own)?.isOverruled // true
 */
export function stampOf(believed: JudgedMessage, own: JudgedMessage): Stamp | undefined {
  if (believed.verdict.source !== 'received' || own.verdict.source !== 'verified') return undefined;
  const { received, words } = believed.verdict;
  const { authentication } = own.verdict;
  const [said = '', found = ''] = [words.dmarc, own.verdict.words.dmarc];
  if (said !== 'pass' || (found !== 'fail' && found !== 'none')) return undefined;
  const isDefinite =
    authentication.checkedAt - own.at < FRESH &&
    (own.transaction.known === 'trusted' || own.transaction.known === 'given') &&
    refusals.has(authentication.spf.result);
  const isMisplaced = isBelowBorder(believed);
  const isSigned = authentication.dkim.signatures.some(({ domain }) =>
    own.authors.domains.some((author) => isSameOrg(domain, author)),
  );
  return {
    receiver: received.receiver,
    said,
    found,
    isMisplaced,
    isRefuted: isDefinite && !isSigned,
    isOverruled: isDefinite && isMisplaced,
  };
}

/** Whether the topmost stamp, which is the one that counts, stands below the field of the hop that came from outside. */
function isBelowBorder({ message: { fields }, hops, transaction }: JudgedMessage): boolean {
  const border = transaction.known === 'trusted' ? hops.findIndex(({ ip }) => ip === transaction.ip) : -1;
  const received = fields.flatMap(({ name }, at) => (name === 'received' ? [at] : []));
  const stamp = fields.findIndex(({ name }) => name === 'authentication-results');
  return border >= 0 && stamp > (received[border] ?? fields.length);
}
