/** What the checks said about one message: result words only. */
export interface Verdict {
  readonly spf: 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'temperror' | 'permerror';
  readonly dkim: 'pass' | 'fail' | 'none';
  readonly dmarc: 'pass' | 'fail' | 'bestguesspass' | 'none' | 'temperror' | 'permerror';
  readonly action: 'none' | 'quarantine' | 'oreject';
  readonly compauth: 'pass' | 'fail' | 'softpass' | 'none';
  readonly reason: string;
}

type Words = readonly [
  Verdict['spf'],
  Verdict['dkim'],
  Verdict['dmarc'],
  Verdict['action'],
  Verdict['compauth'],
  string,
];

const verdict = ([spf, dkim, dmarc, action, compauth, reason]: Words): Verdict => ({
  spf,
  dkim,
  dmarc,
  action,
  compauth,
  reason,
});

/**
 * Every verdict of the demo, by what brought it about: few, so that the column holds few different texts. Reason codes:
 * https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo. Senders and stories name one of these and
 * nothing else decides it.
 */
export const verdicts = {
  // Mail that is what it says.
  aligned: verdict(['pass', 'pass', 'pass', 'none', 'pass', '100']),
  alignedBySpf: verdict(['pass', 'none', 'pass', 'none', 'pass', '100']),
  alignedByDkim: verdict(['fail', 'pass', 'pass', 'none', 'pass', '100']),
  noRecordWouldPass: verdict(['pass', 'pass', 'bestguesspass', 'none', 'pass', '109']),
  noRecord: verdict(['pass', 'none', 'none', 'none', 'softpass', '201']),
  bounce: verdict(['none', 'none', 'none', 'none', 'none', '501']),
  // Harmless mail that fails.
  platformUnaligned: verdict(['pass', 'pass', 'fail', 'none', 'pass', '703']),
  forwarded: verdict(['softfail', 'none', 'fail', 'none', 'fail', '001']),
  listTrusted: verdict(['pass', 'fail', 'fail', 'none', 'pass', '130']),
  footerAdded: verdict(['pass', 'fail', 'pass', 'none', 'pass', '100']),
  scannerTimeout: verdict(['temperror', 'pass', 'pass', 'none', 'pass', '100']),
  partnerTimeout: verdict(['temperror', 'none', 'temperror', 'none', 'pass', '112']),
  brokenRecord: verdict(['pass', 'pass', 'permerror', 'none', 'pass', '111']),
  // Forgeries.
  forgedDuringTimeout: verdict(['softfail', 'none', 'temperror', 'none', 'fail', '001']),
  forgedNoRecord: verdict(['none', 'none', 'none', 'none', 'fail', '001']),
  forgedMonitorOnly: verdict(['softfail', 'none', 'fail', 'none', 'fail', '001']),
  forgedWeakPolicy: verdict(['softfail', 'fail', 'fail', 'none', 'fail', '001']),
  forgedQuarantine: verdict(['fail', 'none', 'fail', 'quarantine', 'fail', '000']),
  forgedReject: verdict(['fail', 'none', 'fail', 'oreject', 'fail', '000']),
  forgedOwnDomain: verdict(['fail', 'none', 'fail', 'oreject', 'fail', '010']),
  // True senders of bad mail.
  ownJunkDomain: verdict(['pass', 'pass', 'pass', 'none', 'pass', '100']),
  barelyConfigured: verdict(['none', 'none', 'none', 'none', 'fail', '001']),
} as const satisfies Record<string, Verdict>;

export type VerdictName = keyof typeof verdicts;

/**
 * `AuthenticationDetails` of mail that was authenticated here: Defender's compact JSON and one member more with the same
 * words in the header's form, so that hunts which look for either form see the truth. No domain, address or free text:
 * those are chosen by the sender, and `has` would find them.
 *
 * @example authenticationDetails(verdicts.aligned)
 * // {"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass","AuthenticationResults":"spf=pass dkim=pass …"}
 */
export function authenticationDetails(v: Verdict): string {
  return JSON.stringify({
    SPF: v.spf,
    DKIM: v.dkim,
    DMARC: v.dmarc,
    CompAuth: v.compauth,
    AuthenticationResults:
      `spf=${v.spf} dkim=${v.dkim} dmarc=${v.dmarc} action=${v.action} ` + `compauth=${v.compauth} reason=${v.reason}`,
  });
}
