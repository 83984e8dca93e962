import type { Delivery } from '../ingest/index.ts';

/** What became of a message at delivery, in Defender's words. */
export type Outcome = Omit<Delivery, 'known'>;

const phish = (confidence: 'High' | 'Normal', ...methods: readonly string[]) => ({
  threats: 'Phish',
  methods: JSON.stringify({ Phish: methods }),
  confidence: JSON.stringify({ Phish: confidence }),
});

const spam = (level: string, ...methods: readonly string[]) => ({
  threats: 'Spam',
  methods: JSON.stringify({ Spam: methods }),
  confidence: JSON.stringify({ Spam: level }),
});

/** Every outcome of the demo, by name. */
export const outcomes = {
  delivered: { action: 'Delivered', location: 'Inbox/folder' },
  sent: { action: 'Delivered', location: 'On-premises/external' },
  undeliverable: { action: 'Blocked', location: 'Failed' },
  bulkJunked: {
    action: 'Junked',
    location: 'Junk folder',
    ...spam('6', 'Bulk'),
    emailAction: 'Move message to junk mail folder',
    policy: 'Antispam bulk mail',
  },
  spamJunked: {
    action: 'Junked',
    location: 'Junk folder',
    ...spam('5', 'Advanced filter'),
    emailAction: 'Move message to junk mail folder',
    policy: 'Antispam',
  },
  spamQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    ...spam('9', 'Domain reputation', 'Fingerprint matching'),
    emailAction: 'Send to quarantine',
    policy: 'Antispam high-confidence',
  },
  phishQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    ...phish('High', 'URL malicious reputation'),
    emailAction: 'Send to quarantine',
    policy: 'Antispam phishing',
  },
  malwareQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    threats: 'Malware',
    methods: JSON.stringify({ Malware: ['File detonation'] }),
    confidence: '',
    emailAction: 'Send to quarantine',
    policy: 'Safe Attachments',
  },
  spoofJunked: {
    action: 'Junked',
    location: 'Junk folder',
    ...phish('Normal', 'Spoof external domain'),
    emailAction: 'Move message to junk mail folder',
    policy: 'Anti-phishing spoof',
  },
  spoofQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    ...phish('Normal', 'Spoof DMARC'),
    emailAction: 'Send to quarantine',
    policy: 'Anti-phishing spoof',
  },
  ownSpoofQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    ...phish('High', 'Spoof intra-org'),
    emailAction: 'Send to quarantine',
    policy: 'Anti-phishing spoof',
  },
  /** A forgery that a mail-flow rule made for a scanner lets in. */
  allowedByRule: {
    action: 'Delivered',
    location: 'Inbox/folder',
    ...phish('Normal', 'Spoof intra-org'),
    emailAction: 'No action taken',
    policy: 'Enterprise Transport Rules (ETR)',
    orgAction: 'Allow',
    orgPolicy: 'Exchange transport rule',
    rule: 'Allow scan-to-mail',
  },
  /** A forgery that an administrator's entry in the Tenant Allow/Block List lets in. */
  allowedByList: {
    action: 'Delivered',
    location: 'Inbox/folder',
    ...phish('Normal', 'Spoof external domain'),
    emailAction: 'No action taken',
    policy: 'Anti-phishing spoof',
    orgAction: 'Allow',
    orgPolicy: 'Tenant Allow/Block List',
  },
  userImpersonationQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    ...phish('Normal', 'Impersonation user'),
    emailAction: 'Send to quarantine',
    policy: 'Anti-phishing user impersonation',
  },
  domainImpersonationQuarantined: {
    action: 'Blocked',
    location: 'Quarantine',
    ...phish('Normal', 'Impersonation domain'),
    emailAction: 'Send to quarantine',
    policy: 'Anti-phishing domain impersonation',
  },
} as const satisfies Record<string, Outcome>;

export type OutcomeName = keyof typeof outcomes;
