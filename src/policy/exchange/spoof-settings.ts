import { type Exception, isChange, type PolicyRule } from '../policy.ts';
import { quoted } from './powershell.ts';

/** The setting of Exchange Online's anti-phishing policies that says what a rule says. */
export interface SpoofSetting {
  readonly commands: readonly string[];
  /** What it does not say by itself. */
  readonly notes: readonly string[];
  /** In the Defender portal. */
  readonly path: string;
}

/** What is done with mail that fails DMARC where its owner asks for this. @source Set-AntiPhishPolicy */
const settings: Readonly<Record<string, string>> = {
  'reject Reject': '-DmarcRejectAction Reject',
  'reject Quarantine': '-DmarcRejectAction Quarantine',
  'quarantine Quarantine': '-DmarcQuarantineAction Quarantine',
};

/**
 * A rule that does no more than honour the owner of the author domain, as a setting: with it Exchange Online answers in the
 * SMTP conversation, where a rule sends a report to somebody who may be innocent; and it knows ARC sealers.
 *
 * @param now milliseconds since 1970: exceptions that have expired count no more
 * @param trustedSealers the organization's list, for which `ARCSealer: trusted` stands
 * @returns undefined for a rule that asks or does anything else
 */
export function spoofSetting(
  { when, unless: exceptions, do: actions }: PolicyRule,
  now: number,
  trustedSealers: readonly string[],
): SpoofSetting | undefined {
  const tests = when.flatMap((clause) => clause.tests);
  const wordsOf = (name: string) => tests.find(({ predicate }) => predicate === name)?.value as readonly string[];
  const isPlain =
    tests.length === 2 &&
    wordsOf('DMARC')?.join() === 'fail' &&
    wordsOf('DMARCPolicy')?.length === 1 &&
    !actions.some(isChange);
  const setting = isPlain ? settings[`${wordsOf('DMARCPolicy')[0]} ${actions[0]?.kind}`] : undefined;
  const unless = exceptions.filter(({ expires }) => expires === undefined || expires > now);
  if (setting === undefined || !unless.every(isAboutSealers)) return undefined;
  const ending = unless.map(({ expires }) => expires).filter((at) => at !== undefined);
  const sealers = unless.flatMap(({ tests: [test] }) => test!.value as 'trusted' | readonly string[]);
  return {
    commands: [
      `Set-AntiPhishPolicy -Identity 'Office365 AntiPhish Default' -HonorDmarcPolicy $true ${setting}`,
      ...arcCommands(sealers.flatMap((one) => (one === 'trusted' ? trustedSealers : one))),
    ],
    notes: [
      ...(setting.endsWith('Reject') ? ['It answers in the SMTP conversation: nobody else gets a report.'] : []),
      ...(sealers.includes('trusted') && trustedSealers.length === 0
        ? ['mailhunt.yaml names no trusted_sealers; the list that Get-ArcConfig shows counts.']
        : []),
      ...(ending.length === 0 ? [] : [reviewNote(Math.min(...ending))]),
    ],
    path,
  };
}

const isAboutSealers = ({ tests: [test, ...more] }: Exception): boolean =>
  test?.predicate === 'ARCSealer' && more.length === 0;

const reviewNote = (at: number): string =>
  `The list of sealers does not expire there: look at it again by ${new Date(at).toISOString().slice(0, 10)}, as the policy says.`;

const path =
  'https://security.microsoft.com > Email & collaboration > Policies & rules > Threat policies > Anti-phishing > each policy > Edit actions > Honor DMARC record policy when the message is detected as spoof; custom policies and presets come before the default one. Trusted sealers: Threat policies > Email authentication settings > ARC.';

/** The list is set as a whole: what stands in it already is read first. */
function arcCommands(sealers: readonly string[]): readonly string[] {
  if (sealers.length === 0) return [];
  return [
    `$Sealers = @(Get-ArcConfig | Select-Object -ExpandProperty ArcTrustedSealers) + @(${sealers.map(quoted).join(', ')}) | Select-Object -Unique`,
    'Set-ArcConfig -Identity Default -ArcTrustedSealers $Sealers',
  ];
}
