import type { Test } from '../policy.ts';

/** Why a rule of Exchange cannot ask a thing, and what comes nearest. */
const reasons: Readonly<Record<string, string>> = {
  CompAuth:
    'rules run before composite authentication is stamped, so compauth= is not there to be seen. The nearest is dmarc=fail, which misses what failed without a DMARC record (reason 001), and hits what composite authentication lets pass (reason 130).',
  CompAuthReason:
    'rules run before composite authentication is stamped, so reason= is not there to be seen. The nearest to 000 is dmarc=fail action=oreject; to 001, 002 and 010 there is nothing near in a rule: see anti-phishing policies (spoof intelligence).',
  Aligned:
    'the header does not say which method was aligned. The nearest is dmarc=pass, which says that one of them was, and nothing where the author domain has no record.',
  ARC: 'rules do not see the verdict on the ARC chain. The nearest is the list of trusted ARC sealers (Set-ArcConfig), which composite authentication asks after the rules.',
  ARCSealer:
    'rules do not see who sealed a message. The nearest is the list of trusted ARC sealers (Set-ArcConfig): composite authentication then passes with reason=130, but after the rules, and dmarc=fail may still stand in the header that they read. A rule without this exception hits mailing lists, also while DNS gives no key of their seals: mailhunt asks the client to come again then.',
  FirstContact:
    'Exchange knows who has written to whom before (the first contact safety tip), but no rule can ask it. There is nothing near.',
  PassedBefore:
    'no rule can ask what came before. The nearest is SenderIpRanges or SenderDomainIs with a list that you keep by hand; a domain alone is what a forger writes.',
  Carrier:
    'no rule can ask whether a list or forwarder has proved who it is. The nearest is SenderIpRanges with the addresses of those that you know; a List-Id field is what anybody can write.',
  CarrierDomain:
    'no rule can ask which organization handed a message over. The nearest is SenderIpRanges with its addresses; SenderDomainIs in the envelope (-SenderAddressLocation Envelope) is only proved together with spf=pass.',
  AuthorsOver:
    'no rule can count the domains of From. The nearest is HeaderMatchesPatterns on From with two @, which also meets a display name with an @ in it.',
  KQL: 'no rule can ask a row of the tables. The nearest is the same thing asked of header fields.',
};

/** For a predicate that Exchange has not. */
export const whyNot = ({ predicate }: Test): string => reasons[predicate] ?? 'Exchange has no such condition.';
