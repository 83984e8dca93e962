import type { ArcResult } from './arc/result.ts';
import { verifyArc } from './arc/verify-arc.ts';
import { composite } from './composite/composite.ts';
import type { CompositeSettings } from './composite/facts.ts';
import type { CompositeResult } from './composite/result.ts';
import type { DkimResult, DkimVerification } from './dkim/result.ts';
import { verifyDkim } from './dkim/verify-dkim.ts';
import { checkDmarc, type DmarcQuery } from './dmarc/check-dmarc.ts';
import type { DmarcMode, DmarcResult } from './dmarc/result.ts';
import { askingOnce } from './dns/asking-once.ts';
import type { Resolver } from './dns/resolver.ts';
import { authorsOf } from './message/authors.ts';
import type { Transaction } from './message/hop.ts';
import type { Authors } from './message/mailbox.ts';
import type { RawMessage } from './message/raw-message.ts';
import { dkimWord } from './results/dkim-word.ts';
import type { VerdictWords } from './results/words.ts';
import { checkSpf } from './spf/check-spf.ts';
import type { SpfResult } from './spf/result.ts';

/** What an authentication is made with. */
export interface AuthenticateOptions {
  readonly resolver: Resolver;
  /** Milliseconds since 1970: signatures expire by it, and the verdict carries it. */
  readonly now: number;
  /** Who brought the message; see `transactionOf`. */
  readonly transaction: Transaction;
  /** Who the message says wrote it, where the caller has read that already. */
  readonly authors?: Authors;
  /**
   * True where the message was delivered earlier and DNS is asked now: a key that is gone says nothing about the day on
   * which it was used, so it counts as `none` (key no longer published).
   */
  readonly retrospective?: boolean;
  /** The receiving host, for SPF's macros. */
  readonly receiver?: string;
  readonly dmarcMode?: DmarcMode;
  readonly minimumKeyBits?: number;
  readonly rsaSha1?: 'policy' | 'accept';
  readonly composite?: CompositeSettings;
}

/** Everything that a message proved, each part with its reason. */
export interface Authentication {
  readonly authors: Authors;
  readonly transaction: Transaction;
  readonly spf: SpfResult;
  readonly dkim: DkimVerification;
  readonly arc: ArcResult;
  readonly dmarc: DmarcResult;
  /** DMARC by the document that {@link AuthenticateOptions.dmarcMode} does not follow. */
  readonly dmarcByOtherMode: DmarcResult;
  readonly composite: CompositeResult;
  /** The verdict in Defender's words. */
  readonly words: VerdictWords;
  /** Milliseconds since 1970. */
  readonly checkedAt: number;
}

/**
 * Authenticates a message: SPF (RFC 7208), DKIM (RFC 6376), ARC (RFC 8617), DMARC (RFC 9989 and RFC 7489) and Microsoft's
 * composite authentication over them. What DNS says and what the sender wrote never throws: it is a result with a reason.
 *
 * @example
 * const message = readMessage(bytes);
 * const transaction = transactionOf(message, { trusted: [], acceptedDomains: [] });
 * (await authenticate(message, { resolver, now: Date.now(), transaction })).words.dmarc // 'fail'
 */
export async function authenticate(message: RawMessage, given: AuthenticateOptions): Promise<Authentication> {
  const { now, transaction, dmarcMode = 'rfc9989', authors = authorsOf(message) } = given;
  const resolver = askingOnce(given.resolver);
  const options = { ...given, resolver };
  const otherMode = dmarcMode === 'rfc9989' ? 'rfc7489' : 'rfc9989';
  const dmarcBy = (evidence: Pick<DmarcQuery, 'spf' | 'dkim'>) =>
    Promise.all([
      checkDmarc({ ...evidence, authors, resolver, mode: dmarcMode }),
      checkDmarc({ ...evidence, authors, resolver, mode: otherMode }),
    ]);
  const [spf, found, arc] = await Promise.all([
    spfOf(options),
    verifyDkim(message, signatureOptions(options)),
    verifyArc(message, signatureOptions(options)),
    // The owner's policy is asked for at once: servers of the sender's own that take their time must not take its.
    dmarcBy({ spf: uncheckedSpf(''), dkim: [] }),
  ]);
  const dkim = options.retrospective === true ? withoutLostKeys(found) : found;
  const [dmarc, dmarcByOtherMode] = await dmarcBy({ spf, dkim: dkim.signatures });
  const judged = await composite({
    spf,
    dkim: dkim.signatures,
    dmarc,
    arc,
    authors,
    transaction,
    resolver,
    now,
    ...options.composite,
  });
  return {
    authors,
    transaction,
    spf,
    dkim,
    arc,
    dmarc,
    dmarcByOtherMode,
    composite: judged,
    words: wordsOf(spf, dkim.signatures, dmarc, judged),
    checkedAt: now,
  };
}

const signatureOptions = ({ resolver, now, minimumKeyBits, rsaSha1 }: AuthenticateOptions) => ({
  resolver,
  now,
  ...(minimumKeyBits === undefined ? {} : { minimumKeyBits }),
  ...(rsaSha1 === undefined ? {} : { rsaSha1 }),
});

const uncheckedSpf = (reason: string): SpfResult => ({
  result: 'none',
  reason,
  identity: 'mailfrom',
  domain: '',
  lookups: 0,
  voidLookups: 0,
});

/** SPF needs the client and its envelope; where nobody saw them there is nothing to check. */
function spfOf({ transaction, resolver, now, receiver }: AuthenticateOptions): SpfResult | Promise<SpfResult> {
  const { ip, mailFrom, helo = '' } = transaction;
  if (ip === undefined) return uncheckedSpf('the address of the client is not known');
  if (mailFrom === undefined) return uncheckedSpf('the envelope sender is not known');
  return checkSpf({ ip, helo, mailFrom, now, ...(receiver === undefined ? {} : { receiver }) }, resolver);
}

const NO_KEY = 'no key for signature';

function withoutLostKeys({ signatures, ignored }: DkimVerification): DkimVerification {
  const soften = (one: DkimResult): DkimResult =>
    one.reason === NO_KEY ? { ...one, result: 'none', reason: 'key no longer published' } : one;
  return { signatures: signatures.map(soften), ignored };
}

const wordsOf = (
  spf: SpfResult,
  dkim: readonly DkimResult[],
  dmarc: DmarcResult,
  { dmarc: word, action, compauth, reason }: CompositeResult,
): VerdictWords => ({
  spf: spf.result,
  dkim: dkimWord(dkim, (domain) => isAligned(dmarc, domain)),
  dmarc: word,
  action,
  compauth,
  reason,
});

const isAligned = ({ alignments }: DmarcResult, domain: string): boolean =>
  alignments.some((one) => one.method === 'dkim' && one.domain === domain && one.counts);
