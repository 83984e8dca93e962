import type { Facts, ReverseName } from './facts.ts';
import type { CompAuthWord } from './result.ts';

/** One row of the table: the first whose condition holds gives the verdict. */
export interface CompositeRule {
  /** Microsoft's `reason=`. */
  readonly code: string;
  readonly compauth: CompAuthWord;
  /** The condition in words, for the page. */
  readonly condition: string;
  /** What it means, for a person. */
  readonly meaning: string;
  readonly source: CompositeSource;
  when(facts: Facts): boolean | Promise<boolean>;
}

/** Pages of Microsoft's that explain a code. */
export const sources = {
  headers: 'https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo',
  secops: 'https://learn.microsoft.com/defender-office-365/email-auth-sec-ops-guide',
} as const;

export type CompositeSource = keyof typeof sources;

const dmarcIs = ({ query }: Facts, ...words: readonly string[]): boolean => words.includes(query.dmarc.result);

/** DMARC failed, and the owner asks for something to be done. */
const isExplicitFailure = (facts: Facts): boolean =>
  dmarcIs(facts, 'fail') && (facts.query.dmarc.policy ?? 'none') !== 'none';

/** The record could not be fetched: not even the place where it stands is known. */
const isRecordOutOfReach = (facts: Facts): boolean =>
  dmarcIs(facts, 'temperror') && facts.query.dmarc.recordDomain === undefined;

/** What passed is of the organization, and the owner's record asks for more than that. */
const isTooFar = ({ query }: Facts): boolean =>
  query.dmarc.alignments.some(({ alignment, counts }) => alignment === 'relaxed' && !counts);

/** Neither a record nor SPF denies it: only then does the client's own name say something. */
async function clientIs(facts: Facts, ...wanted: readonly ReverseName[]): Promise<boolean> {
  const isDenied = dmarcIs(facts, 'fail') || facts.query.spf.result === 'fail' || facts.query.spf.result === 'softfail';
  return !isDenied && wanted.includes(await facts.reverseName());
}

/** What is left. */
export const implicitFailure: CompositeRule = {
  code: '001',
  compauth: 'fail',
  condition: 'nothing of the above',
  meaning: 'implicit failure: nothing authenticates the From domain, and no policy of its owner applies',
  source: 'headers',
  when: () => true,
};

/** A trusted sealer vouches. */
const SEALED = '130';

/** The table, in the order in which it is read. */
export const compositeRules: readonly CompositeRule[] = [
  {
    code: '300',
    compauth: 'none',
    condition: 'the message did not leave the organisation (told from outside)',
    meaning: 'not checked: the message is internal',
    source: 'headers',
    when: ({ query }) => query.exempt === 'internal',
  },
  {
    code: '400',
    compauth: 'none',
    condition: 'an administrator exempted the message (told from outside)',
    meaning: 'bypassed by an administrator',
    source: 'headers',
    when: ({ query }) => query.exempt === 'bypassed',
  },
  {
    code: '905',
    compauth: 'none',
    condition: 'the MX points elsewhere first (told from outside)',
    meaning: 'bypassed because of complex routing',
    source: 'headers',
    when: ({ query }) => query.exempt === 'complex routing',
  },
  {
    code: '100',
    compauth: 'pass',
    condition: 'DMARC passed',
    meaning: 'SPF or DKIM passed and is aligned with From',
    source: 'headers',
    when: (facts) => dmarcIs(facts, 'pass'),
  },
  {
    code: '112',
    compauth: 'pass',
    condition:
      'DNS gave no answer for the DMARC record; SPF or DKIM passed for the organization of the one author domain',
    meaning: 'the DMARC record could not be fetched, but SPF or DKIM is aligned with From',
    source: 'headers',
    when: (facts) => isRecordOutOfReach(facts) && facts.aligned.size > 0,
  },
  {
    code: '111',
    compauth: 'pass',
    condition:
      'any other DMARC error, and no strict alignment stands in the way; SPF or DKIM passed for the organization of the one author domain',
    meaning: 'DMARC ended in an error, but SPF or DKIM is aligned with From',
    source: 'headers',
    when: (facts) => dmarcIs(facts, 'temperror', 'permerror') && facts.aligned.size > 0 && !isTooFar(facts),
  },
  {
    code: '109',
    compauth: 'pass',
    condition: 'no DMARC record; SPF or DKIM passed for the organization of the one author domain',
    meaning: 'no DMARC record, but the message would have passed with one',
    source: 'headers',
    when: (facts) => isBestGuessPass(facts),
  },
  {
    code: '002',
    compauth: 'fail',
    condition: 'the pair of sender and infrastructure is on the block list',
    meaning: 'an administrator forbids this pair of sender and infrastructure',
    source: 'headers',
    when: async (facts) => (await facts.blockedBy()) !== undefined,
  },
  {
    code: SEALED,
    compauth: 'pass',
    condition:
      'the ARC chain passes, and a trusted sealer with only trusted sealers behind him saw the author domain pass',
    meaning: 'a trusted ARC sealer saw the message pass before it was changed',
    source: 'secops',
    when: ({ sealer }) => sealer !== undefined,
  },
  {
    code: '502',
    compauth: 'none',
    condition: 'the null sender, and the bounce is known to answer a message of this organisation (told from outside)',
    meaning: 'a bounce for a message of this organisation',
    source: 'headers',
    when: ({ query, isBounce }) => isBounce && query.bounceFor === 'own message',
  },
  {
    code: '501',
    compauth: 'none',
    condition: 'the null sender, and the bounce is known to come from an earlier correspondent (told from outside)',
    meaning: 'a bounce after earlier contact',
    source: 'headers',
    when: ({ query, isBounce }) => isBounce && query.bounceFor === 'known correspondent',
  },
  {
    code: '010',
    compauth: 'fail',
    condition: 'DMARC failed with quarantine or reject, and From is in an accepted domain',
    meaning: 'explicit failure, and the sender pretends to be of this organisation',
    source: 'headers',
    when: (facts) => isExplicitFailure(facts) && facts.isOwnDomain,
  },
  {
    code: '000',
    compauth: 'fail',
    condition: 'DMARC failed with quarantine or reject',
    meaning: 'explicit failure: DMARC failed and the owner asks for quarantine or reject',
    source: 'headers',
    when: isExplicitFailure,
  },
  {
    code: '101',
    compauth: 'pass',
    condition:
      'DMARC failed with p=none under strict alignment; DKIM passed for the organization of the one author domain',
    meaning: 'signed by the organization of the From domain',
    source: 'headers',
    when: (facts) => dmarcIs(facts, 'fail') && facts.aligned.has('dkim'),
  },
  {
    code: '102',
    compauth: 'pass',
    condition: 'the same with SPF',
    meaning: 'MAIL FROM and From are of one organization, and SPF passed',
    source: 'headers',
    when: (facts) => dmarcIs(facts, 'fail') && facts.aligned.has('spf'),
  },
  {
    code: '115',
    compauth: 'pass',
    condition: 'sent from the Microsoft 365 organisation that owns the From domain (told from outside)',
    meaning: 'sent from the Microsoft 365 organisation that owns the From domain',
    source: 'headers',
    when: ({ query, author }) => query.sentByOwner === true && author !== undefined,
  },
  {
    code: '103',
    compauth: 'pass',
    condition:
      'no record and no SPF record denies it; the name of the client, which leads back to it, is the From domain',
    meaning: 'the client is called like the From domain',
    source: 'headers',
    when: (facts) => clientIs(facts, 'same'),
  },
  {
    code: '104',
    compauth: 'pass',
    condition: 'the same, and the name of the client lies below the From domain',
    meaning: 'the client is a host of the From domain',
    source: 'headers',
    when: (facts) => clientIs(facts, 'below'),
  },
  {
    code: '116',
    compauth: 'pass',
    condition: 'the same, and the client is a mail exchanger of the From domain',
    meaning: 'the client is the mail exchanger of the From domain',
    source: 'headers',
    when: (facts) => clientIs(facts, 'exchanger'),
  },
  {
    code: '201',
    compauth: 'softpass',
    condition: 'the same, and an address of the From domain lies in the subnet of the client (/24, IPv6 /64)',
    meaning: 'the client is a neighbour of the From domain',
    source: 'headers',
    when: (facts) => clientIs(facts, 'subnet'),
  },
  {
    code: '202',
    compauth: 'softpass',
    condition: 'the same, and the name of the client is of the same organization as the From domain',
    meaning: 'the client is of the organization of the From domain',
    source: 'headers',
    when: (facts) => clientIs(facts, 'organization'),
  },
  {
    code: '601',
    compauth: 'fail',
    condition: 'nothing of the above, and From is in an accepted domain',
    meaning: 'implicit failure, and the sender pretends to be of this organisation',
    source: 'headers',
    when: ({ isOwnDomain }) => isOwnDomain,
  },
  implicitFailure,
];

/**
 * Whether a verdict would have been 130, a pass, had a trusted sealer vouched for the message: it comes behind in the table.
 *
 * @param code three digits
 * @example isLiftedBySeal('000') // true: DMARC failed; '002', the block list, goes before
 */
export const isLiftedBySeal = (code: string): boolean => {
  const codes = compositeRules.map((rule) => rule.code);
  return codes.indexOf(code) > codes.indexOf(SEALED);
};

/** What Microsoft calls `bestguesspass`: with a DMARC record of defaults it would have been a pass. */
export const isBestGuessPass = (facts: Facts): boolean => dmarcIs(facts, 'none') && facts.aligned.size > 0;

/** Codes that are known and never given here, with the reason. */
export const codesNotGiven: readonly (readonly [code: string, reason: string])[] = [
  ['105', 'seen in real headers, documented nowhere'],
  ['108', 'DKIM broken by earlier legitimate hops: nothing in a message proves that they were legitimate'],
  ['701-704', 'a history of mail from the same infrastructure: Microsoft has one, a single message has none'],
];
