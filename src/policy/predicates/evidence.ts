import { flag, isText, text } from '../../yaml/index.ts';
import { domains, number, wordsOf } from './arguments.ts';
import type { Argument } from './predicate.ts';
import { type Predicate, predicate } from './predicate.ts';
import { isAtOrBelow, written } from './seen.ts';

const yesOrNo: Argument<boolean> = { read: flag, schema: { type: 'boolean' } };

/** The organisation's own list of sealers, or names. */
const sealers: Argument<'trusted' | readonly string[]> = {
  read: (spot) => (isText(spot) && text(spot) === 'trusted' ? 'trusted' : domains.read(spot)),
  schema: { anyOf: [{ const: 'trusted' }, domains.schema] },
};

/** What speaks for a message that fails. Exchange cannot ask any of it. */
export const evidencePredicates: readonly Predicate[] = [
  predicate({
    name: 'ARCSealer',
    about:
      'A chain that passes was sealed by one of these domains; `trusted`: by one of the organisation’s trusted sealers, which saw the message pass.',
    example: 'trusted',
    argument: sealers,
    test: ({ evidence, verdict }, value) => {
      if (value === 'trusted') return evidence.trustedSealer !== undefined;
      return verdict.arc === undefined ? undefined : verdict.sealers.some((sealer) => value.includes(sealer));
    },
    saw: ({ evidence, verdict }) => {
      if (evidence.trustedSealer !== undefined)
        return `the trusted sealer ${written([evidence.trustedSealer])} vouches for it`;
      return verdict.sealers.length === 0 ? 'nobody sealed it' : `${written(verdict.sealers)} sealed it`;
    },
  }),
  predicate({
    name: 'FirstContact',
    about: 'A recipient never had mail from this author before.',
    example: 'true',
    argument: yesOrNo,
    test: ({ evidence: { isFirstContact } }, value) =>
      isFirstContact === undefined ? undefined : isFirstContact === value,
    saw: ({ evidence: { isFirstContact } }) =>
      isFirstContact === undefined
        ? 'it is not known whether the author wrote here before'
        : `the author ${isFirstContact ? 'never wrote' : 'has written'} here before`,
  }),
  predicate({
    name: 'PassedBefore',
    about: 'At least so many messages of the author domain passed DMARC here before.',
    example: '10',
    argument: number(1, 1_000_000),
    test: ({ evidence: { passedBefore } }, value) => (passedBefore === undefined ? undefined : passedBefore >= value),
    saw: ({ evidence: { passedBefore } }) =>
      passedBefore === undefined
        ? 'the past of the author domain is not known'
        : `${passedBefore} messages of the author domain passed before`,
  }),
  predicate({
    name: 'Carrier',
    about:
      'Who handed it over: a `list` or `forwarder` that has proved who it is and is known to bring others’ mail; `claimed` where only the header says so, which anybody can write.',
    example: '[list, forwarder]',
    argument: wordsOf('list', 'forwarder', 'claimed', 'none'),
    test: ({ evidence: { carrier } }, value) => (carrier === undefined ? undefined : value.includes(carrier)),
    saw: ({ evidence: { carrier, carrierDomain } }) => {
      if (carrier === undefined) return 'it is not known who handed it over';
      return carrierDomain === undefined
        ? `its carrier is ${carrier}`
        : `${written([carrierDomain])} handed it over, a ${carrier}`;
    },
  }),
  predicate({
    name: 'CarrierDomain',
    about: 'The organization that handed it over, proved by SPF or DKIM, is one of these, or below one.',
    example: '[lists.example]',
    argument: domains,
    test: ({ evidence: { carrier, carrierDomain } }, value) =>
      carrier === undefined
        ? undefined
        : carrierDomain !== undefined && value.some((name) => isAtOrBelow(carrierDomain, name)),
    saw: ({ evidence: { carrierDomain } }) =>
      carrierDomain === undefined ? 'no carrier has proved who it is' : `${written([carrierDomain])} handed it over`,
  }),
];
