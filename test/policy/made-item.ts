import type { MailItem } from '../../src/policy/index.ts';
import type { Value } from '../../src/values/index.ts';

/** A message of which everything is known and nothing is wrong, with what a test says instead. */
export function madeItem(changes: DeepPartial = {}): MailItem {
  const { client, verdict, evidence, fields = {}, ...others } = changes;
  return {
    id: '00000000-0000-4000-8000-000000000001',
    at: Date.parse('2026-07-18T12:00:00Z'),
    client: { ip: '192.0.2.7', helo: 'mail.bank.example', isAuthenticated: false, ...client },
    mailFrom: 'bounce@bank.example',
    recipients: ['anna.berg@receiver.example'],
    authors: [{ address: 'Accounts@bank.example', domain: 'bank.example' }],
    to: ['anna.berg@receiver.example'],
    cc: [],
    subject: 'Invoice 4711',
    size: 5000,
    headers: (name) => fields[name.toLowerCase()] ?? [],
    body: () => 'Please pay by gift card.',
    scl: 'none',
    verdict: {
      spf: 'pass',
      dkim: ['pass'],
      dmarc: 'pass',
      policy: 'reject',
      aligned: ['spf', 'dkim'],
      compauth: 'pass',
      reason: '100',
      arc: 'none',
      sealers: [],
      ...verdict,
    },
    evidence: {
      trustedSealer: undefined,
      isFirstContact: false,
      passedBefore: 12,
      carrier: 'none',
      carrierDomain: undefined,
      ...evidence,
    },
    carriers: [],
    acceptedDomains: ['receiver.example'],
    kql: ({ holds }) =>
      holds(
        new Map<string, Value>([
          ['Subject', 'Invoice 4711'],
          ['AttachmentCount', 4n],
        ]),
      ),
    ...others,
  };
}

type DeepPartial = Partial<Omit<MailItem, 'client' | 'verdict' | 'evidence' | 'headers'>> & {
  readonly client?: Partial<MailItem['client']>;
  readonly verdict?: Partial<MailItem['verdict']>;
  readonly evidence?: Partial<MailItem['evidence']>;
  /** Header fields by lower-case name. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
};

/** A policy of one rule that rejects, with these lines of YAML in it. */
export const ruleOf = (lines: string): string =>
  `name: test\nmode: Enforce\nrules:\n- name: rule\n  do: [Reject]\n${lines.replace(/^(?=.)/gm, '  ')}\n`;
