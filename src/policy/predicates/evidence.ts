import { isSameOrBelow } from '../../mail/index.ts';
import { flag, isText, text } from '../../yaml/index.ts';
import type { MailItem } from '../mail-item.ts';
import { domains, number, wordsOf } from './arguments.ts';
import type { Argument } from './predicate.ts';
import { byAnybody, byNobody, type Predicate, predicate } from './predicate.ts';
import { written } from './seen.ts';

const yesOrNo: Argument<boolean> = { read: flag, schema: { type: 'boolean' } };

/** The organisation's own list of sealers, or names. */
const sealers: Argument<'trusted' | readonly string[]> = {
  read: (spot) => (isText(spot) && text(spot) === 'trusted' ? 'trusted' : domains.read(spot)),
  schema: { anyOf: [{ const: 'trusted' }, domains.schema] },
};

/** Whether it is known who sealed it: by a check here, or by a composite verdict that no sealer has lifted (130). */
function isArcKnown({ arc, sealers, compauth, reason }: MailItem['verdict']): boolean {
  if (arc !== undefined) return arc !== 'pass' || sealers.length > 0;
  return reason === undefined ? compauth !== undefined && compauth !== 'pass' : reason !== '130';
}

/** What speaks for a message that fails. Exchange cannot ask any of it. */
export const evidencePredicates: readonly Predicate[] = [
  predicate({
    name: 'ARCSealer',
    about:
      'A chain that passes was sealed by one of these domains; `trusted`: by one of the organisation’s trusted sealers, which saw the message pass.',
    example: 'trusted',
    argument: sealers,
    isForgeable: byNobody,
    test: ({ evidence, verdict }, value) => {
      if (value === 'trusted') {
        if (evidence.trustedSealer !== undefined) return true;
        return isArcKnown(verdict) ? false : undefined;
      }
      return verdict.arc === undefined ? undefined : verdict.sealers.some((sealer) => value.includes(sealer));
    },
    saw: ({ evidence, verdict }) => {
      if (evidence.trustedSealer !== undefined)
        return `the trusted sealer ${written([evidence.trustedSealer])} vouches for it`;
      if (!isArcKnown(verdict)) return 'it is not known who sealed it';
      if (verdict.arc === 'temperror') return 'DNS gave no key of the chain, so who sealed it cannot be told now';
      return verdict.sealers.length === 0 ? 'nobody sealed it' : `${written(verdict.sealers)} sealed it`;
    },
  }),
  predicate({
    name: 'FirstContact',
    about:
      'A recipient never had mail that proves one of its authors before. It is one answer for the message: one stranger among the recipients is enough.',
    example: 'true',
    argument: yesOrNo,
    isForgeable: byAnybody,
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
    isForgeable: byAnybody,
    test: ({ evidence: { passedBefore } }, value) => (passedBefore === undefined ? undefined : passedBefore >= value),
    saw: ({ evidence: { passedBefore } }) =>
      passedBefore === undefined
        ? 'the past of the author domain is not known'
        : `${passedBefore} messages of the author domain passed before`,
  }),
  predicate({
    name: 'Carrier',
    about:
      'Who handed it over: a `list` or `forwarder` that is known to bring others’ mail (below: what makes it known, and what that costs a forger); `claimed` where only the header says so, which anybody can write.',
    example: '[list, forwarder]',
    argument: wordsOf('list', 'forwarder', 'claimed', 'none'),
    isForgeable: (value) => value.includes('claimed') || value.includes('none'),
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
    about:
      'The organization that handed it over, proved by SPF or DKIM, is one of these, or below one. It need not be known: you name it.',
    example: '[lists.example]',
    argument: domains,
    isForgeable: byNobody,
    test: ({ carriers, verdict: { arc } }, value) => {
      if (arc === undefined && carriers.length === 0) return undefined;
      return carriers.some((carrier) => value.some((name) => isSameOrBelow(carrier, name)));
    },
    saw: ({ carriers, verdict: { arc } }) => {
      if (carriers.length > 0) return `${written(carriers)} handed it over`;
      return arc === undefined ? 'it is not known who handed it over' : 'no carrier has proved who it is';
    },
  }),
];
