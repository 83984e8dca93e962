import type { ItemVerdict } from '../mail-item.ts';
import { reasonCodes, wordsOf } from './arguments.ts';
import { byAnybody, type Predicate, predicate } from './predicate.ts';

const results = ['none', 'pass', 'fail', 'softfail', 'neutral', 'policy', 'temperror', 'permerror'] as const;

const among = (word: string | undefined, wanted: readonly string[]): boolean | undefined =>
  word === undefined ? undefined : wanted.includes(word);

/** Only the owner of the author domain can make these words come about. */
const proved: ReadonlySet<string> = new Set(['pass', 'bestguesspass', 'softpass', 'spf', 'dkim']);
const unlessProved = (value: readonly string[]): boolean => !value.every((word) => proved.has(word));

const saw =
  (what: string, wordOf: (verdict: ItemVerdict) => string | undefined): Predicate['saw'] =>
  ({ verdict }) => {
    const word = wordOf(verdict);
    return word === undefined ? `nobody checked ${what}` : `${what} is ${word}`;
  };

/** What the checks of this receiver said: Exchange's rules can read them only out of a header, and compauth not at all. */
export const authenticationPredicates: readonly Predicate[] = [
  predicate({
    name: 'DMARC',
    about: 'The result of DMARC (RFC 9989). `fail` does not mean `temperror`: of that nothing is known yet.',
    example: 'fail',
    argument: wordsOf('none', 'pass', 'fail', 'bestguesspass', 'temperror', 'permerror'),
    isForgeable: unlessProved,
    test: ({ verdict }, value) => among(verdict.dmarc, value),
    saw: saw('DMARC', ({ dmarc }) => dmarc),
  }),
  predicate({
    name: 'DMARCPolicy',
    about:
      'What the owner of the author domain asks for where it fails, after `sp`, `np` and `t`; `unknown` where the record could not be asked for.',
    example: 'reject',
    argument: wordsOf('none', 'quarantine', 'reject', 'unknown'),
    isForgeable: byAnybody,
    test: ({ verdict }, value) => among(verdict.policy, value),
    saw: saw('the owner’s policy', ({ policy }) => policy),
  }),
  predicate({
    name: 'SPF',
    about: 'The result of SPF (RFC 7208).',
    example: '[fail, softfail]',
    argument: wordsOf('none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror'),
    isForgeable: byAnybody,
    test: ({ verdict }, value) => among(verdict.spf, value),
    saw: saw('SPF', ({ spf }) => spf),
  }),
  predicate({
    name: 'DKIM',
    about: 'The result of one of the signatures (RFC 6376); `none` where there is no signature.',
    example: 'pass',
    argument: wordsOf(...results),
    isForgeable: byAnybody,
    test: ({ verdict }, value) =>
      verdict.dkim.length === 0 ? undefined : verdict.dkim.some((word) => (value as readonly string[]).includes(word)),
    saw: saw('DKIM', ({ dkim }) => (dkim.length === 0 ? undefined : dkim.join(', '))),
  }),
  predicate({
    name: 'Aligned',
    about: 'A method that passed for the author domain; `none` where neither did.',
    example: 'none',
    argument: wordsOf('spf', 'dkim', 'none'),
    isForgeable: unlessProved,
    test: ({ verdict: { aligned } }, value) =>
      aligned && value.some((one) => (one === 'none' ? aligned.length === 0 : aligned.includes(one))),
    saw: saw(
      'aligned',
      ({ aligned }) => aligned && (aligned.length === 0 ? 'neither SPF nor DKIM' : aligned.join(' and ')),
    ),
  }),
  predicate({
    name: 'CompAuth',
    about: 'Microsoft’s composite authentication (docs/composite-authentication.md).',
    example: 'fail',
    argument: wordsOf('pass', 'fail', 'softpass', 'none'),
    isForgeable: unlessProved,
    test: ({ verdict }, value) => among(verdict.compauth, value),
    saw: saw('composite authentication', ({ compauth }) => compauth),
  }),
  predicate({
    name: 'CompAuthReason',
    about: 'Its reason, three digits: `000` DMARC failed under quarantine or reject, `010` the same for an own domain.',
    example: "['000', '002', '010']",
    argument: reasonCodes,
    isForgeable: byAnybody,
    test: ({ verdict }, value) => among(verdict.reason, value),
    saw: saw('the reason of composite authentication', ({ reason }) => reason),
  }),
  predicate({
    name: 'ARC',
    about:
      'The result of the ARC chain (RFC 8617); `temperror`, which is not a word of that RFC, where DNS gave no key of it, so that nobody can tell.',
    example: 'pass',
    argument: wordsOf('none', 'pass', 'fail', 'temperror'),
    isForgeable: byAnybody,
    test: ({ verdict }, value) => among(verdict.arc, value),
    saw: saw('ARC', ({ arc }) => arc),
  }),
];
