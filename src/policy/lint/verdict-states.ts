import type { VerdictWords } from '../../mail/index.ts';
import type { ItemVerdict } from '../mail-item.ts';

/** What the checks can have said of one message, in a policy's words and in those that a receiver writes down. */
export interface VerdictState {
  readonly words: VerdictWords;
  readonly policy: NonNullable<ItemVerdict['policy']>;
  /** Undefined where it cannot be told now. */
  readonly aligned: ItemVerdict['aligned'];
  /** Whose fields say so: this receiver's alone, while the sender writes into others what he likes; or those of every receiver. */
  readonly stampedBy: 'receiver' | 'everybody';
}

const spfWords = ['none', 'pass', 'fail', 'softfail', 'neutral', 'temperror', 'permerror'];
const dkimWords = ['none', 'pass', 'fail', 'neutral', 'temperror', 'permerror'];
/** Words that only other receivers write. */
const rareSpfWords = ['policy'];
const rareDkimWords = ['policy', 'timeout', 'ignore', 'test'];

type Answer = Pick<VerdictState, 'policy'> & { readonly dmarc: string; readonly action?: string };

/** What DMARC can say of a message that its author domain has not sent. */
const unprovedAnswers: readonly Answer[] = [
  { dmarc: 'fail', policy: 'reject', action: 'oreject' },
  // As older pages of Microsoft have it, and as who enforces it writes.
  { dmarc: 'fail', policy: 'reject', action: 'o.reject' },
  { dmarc: 'fail', policy: 'reject', action: 'reject' },
  { dmarc: 'fail', policy: 'quarantine', action: 'quarantine' },
  { dmarc: 'fail', policy: 'none' },
  { dmarc: 'none', policy: 'none' },
  { dmarc: 'permerror', policy: 'none' },
  { dmarc: 'temperror', policy: 'unknown' },
  { dmarc: 'temperror', policy: 'reject' },
  { dmarc: 'temperror', policy: 'quarantine' },
  { dmarc: 'temperror', policy: 'none' },
];

/** Microsoft's reasons: of a domain of others, and of an accepted domain (docs/composite-authentication.md). */
const explicit = ['000', '010'] as const;
const implicit = ['001', '601'] as const;
const reasonsFor = ({ action = 'none' }: Answer): readonly string[] => (action === 'none' ? implicit : explicit);

/** Each verdict is known with Microsoft's composite word, and without it, as most of its own headers leave it out. */
const composites = (reasons: readonly string[]): readonly VerdictWords[] => [
  ...reasons.map((reason) => ({ compauth: 'fail', reason })),
  {},
];

const stateOf = ({ dmarc, policy, action = 'none' }: Answer, words: VerdictWords): VerdictState => ({
  words: { ...words, dmarc, action },
  policy,
  aligned: [],
  stampedBy: 'receiver',
});

const statesOf = (spfs: readonly string[], dkims: readonly string[]): readonly VerdictState[] =>
  unprovedAnswers.flatMap((answer) =>
    spfs.flatMap((spf) =>
      dkims.flatMap((dkim) =>
        composites(reasonsFor(answer)).map((composite) => stateOf(answer, { spf, dkim, ...composite })),
      ),
    ),
  );

/** Every verdict on a message whose author nothing has proved: SPF and DKIM may have passed for a domain of the forger. */
export const unproved = statesOf(spfWords, dkimWords);

/** Those, and with the words that an import can bring; at the end a message that nobody has checked. */
export const unprovedAnywhere: readonly VerdictState[] = [
  ...statesOf([...spfWords, ...rareSpfWords], [...dkimWords, ...rareDkimWords]),
  { words: {}, policy: 'unknown', aligned: undefined, stampedBy: 'receiver' },
];

/** A message that its author has sent, and all that can be checked says so. */
export const proved: VerdictState = {
  words: { spf: 'pass', dkim: 'pass', dmarc: 'pass', action: 'none', compauth: 'pass', reason: '100' },
  policy: 'reject',
  aligned: ['spf', 'dkim'],
  stampedBy: 'everybody',
};

/** What a test of any field that tells of checks means by them. */
const told: readonly VerdictState[] = unproved.map((state) => ({ ...state, stampedBy: 'everybody' }));

/** A forgery, and the same while the name servers of the author domain are silent. */
export interface Silence {
  readonly forgery: VerdictState;
  readonly silent: VerdictState;
  /** What is silent, for a person. */
  readonly what: string;
}

const plainSpf: ReadonlySet<string | undefined> = new Set(['none', 'pass', 'fail', 'softfail']);
const plainDkim: ReadonlySet<string | undefined> = new Set(['none', 'pass', 'fail']);

/** Ways past a rule that asks for `dmarc=fail`: for who can make name servers fail, or waits until they do. */
export const silences: readonly Silence[] = told
  .filter(({ words }) => words.dmarc === 'fail' && plainSpf.has(words.spf) && plainDkim.has(words.dkim))
  .flatMap((forgery) => {
    const words = {
      ...forgery.words,
      dmarc: 'temperror',
      action: 'none',
      ...(forgery.words.reason === undefined ? {} : { reason: implicit[forgery.words.reason[1] === '1' ? 1 : 0] }),
    };
    const record: Silence = {
      forgery,
      silent: { ...forgery, words, policy: 'unknown' },
      what: 'the DMARC record (DMARCPolicy: unknown)',
    };
    const key: Silence = {
      forgery,
      silent: { ...forgery, words: { ...words, dkim: 'temperror' } },
      what: `a DKIM key (DMARCPolicy: ${forgery.policy})`,
    };
    return forgery.policy === 'none' ? [record] : [record, key];
  });

/** A message whose checks end in a temporary error, and the same a minute later, when DNS answers and it passes. */
export interface Recovery {
  readonly now: VerdictState;
  readonly later: VerdictState;
}

const passed = ({ words }: VerdictState, aligned: 'spf' | 'dkim'): VerdictState => ({
  ...proved,
  words: {
    ...words,
    [aligned]: 'pass',
    dmarc: 'pass',
    action: 'none',
    ...(words.compauth === undefined ? {} : { compauth: 'pass', reason: '100' }),
  },
  aligned: [aligned],
});

const temporary = told.filter(({ words }) => words.dmarc === 'temperror');

/** Mail of the author that a rule which refuses for good what DNS did not answer would lose. */
export const recoveries: readonly Recovery[] = [
  // The key of the author's signature; SPF says what it says of a forwarder.
  ...temporary
    .filter(({ words, policy }) => words.dkim === 'temperror' && plainSpf.has(words.spf) && policy !== 'unknown')
    .map((now) => ({ now, later: { ...passed(now, 'dkim'), policy: now.policy } })),
  // The author's SPF record; the signature is broken, or there is none.
  ...temporary
    .filter(({ words, policy }) => words.spf === 'temperror' && plainDkim.has(words.dkim) && policy !== 'unknown')
    .map((now) => ({ now, later: { ...passed(now, 'spf'), policy: now.policy } })),
  // The DMARC record: what is aligned is aligned, and composite authentication says so already.
  ...[{ compauth: 'pass', reason: '112' }, {}].map((composite) => ({
    now: {
      words: { spf: 'pass', dkim: 'pass', dmarc: 'temperror', action: 'none', ...composite },
      policy: 'unknown' as const,
      aligned: undefined,
      stampedBy: 'everybody' as const,
    },
    later: proved,
  })),
];
