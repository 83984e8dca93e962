import type {
  Acquaintance,
  Carrier,
  CheckFacts,
  Click,
  Evidence,
  HeaderFacts,
  MessageFacts,
} from '../../../src/evidence/index.ts';

const nothingSeen = (identity: string) => ({
  identity,
  messages: 0,
  first: undefined,
  last: undefined,
  dmarcPass: 0,
  dmarcFail: 0,
  recipients: 0,
});

/** A check with all that is not said left empty. */
export const check = (method: string, result: string, more: Partial<CheckFacts> = {}): CheckFacts => ({
  method,
  ordinal: 0,
  result,
  reason: '',
  reasonCode: '',
  domain: '',
  organizationalDomain: '',
  identity: '',
  selector: '',
  algorithm: '',
  keyBits: undefined,
  alignment: '',
  isAligned: undefined,
  recordDomain: '',
  record: '',
  policy: '',
  action: '',
  clientIp: '203.0.113.66',
  helo: 'vps66.hosting.example',
  clientKnown: 'trusted',
  verdictSource: 'verified',
  receiver: '',
  checkedAt: '2026-07-18T14:00:00Z',
  details: {},
  ...more,
});

/** A header with nothing in it but From. */
export const header = (more: Partial<HeaderFacts> = {}): HeaderFacts => ({
  from: 'Accounts <accounts@bank.example>',
  authorDomains: ['bank.example'],
  sender: '',
  replyTo: '',
  replyToDomain: '',
  returnPath: '',
  inReplyTo: '',
  references: [],
  listId: '',
  listUnsubscribe: '',
  listPost: '',
  precedence: '',
  autoSubmitted: '',
  mailer: '',
  hops: [{ by: 'mx.contoso.com', ip: '203.0.113.66', helo: 'vps66.hosting.example', at: 1784383080000 }],
  fieldNames: ['from'],
  problems: [],
  contentHash: 'a'.repeat(64),
  sourceFile: 'mail.eml',
  ...more,
});

/** Who carried it, where a test says nothing else: nobody whom the store knows. */
export const acquaintance = (more: Partial<Acquaintance> = {}): Acquaintance => ({
  carrier: undefined,
  namesakes: [],
  alikes: [],
  urlDomains: [],
  copies: 0,
  handling: undefined,
  ...more,
});

/** A platform that has sent mail of many for weeks, the bank's among it, never with a proof for the bank. */
export const carrier: Carrier = {
  ip: '',
  domains: ['platform.example'],
  messages: 40,
  authorDomains: 6,
  passed: 30,
  ofAuthor: 9,
  ofAuthorPassed: 0,
  first: '2026-06-01T00:00:00Z',
  firstOfAuthor: '2026-06-01T00:00:00Z',
};

/** A recipient's click on a link, five minutes after the delivery. */
export const click: Click = {
  at: '2026-07-18T14:05:00Z',
  account: 'anna.berg@contoso.com',
  url: 'https://throwaway.example/a',
  actionType: 'ClickAllowed',
  isClickedThrough: true,
  ipAddress: '',
  workload: 'Email',
  secondsAfterDelivery: 300,
};

/**
 * A forgery in the name of a bank that asks for p=reject, delivered: SPF fails, nothing is signed, the store is old and
 * knows the bank from elsewhere.
 */
export function forgery(more: Partial<MessageFacts> = {}, around: Partial<Evidence> = {}): Evidence {
  return {
    message: {
      networkMessageId: '5d2a1c9e-6d0f-4a57-9a86-1f3d5b7c9e01',
      internetMessageId: '<1@bank.example>',
      at: '2026-07-18T14:00:00Z',
      subject: 'Invoice 4711',
      senderFromAddress: 'accounts@bank.example',
      senderFromDomain: 'bank.example',
      senderDisplayName: 'Accounts',
      senderMailFromAddress: 'accounts@bank.example',
      senderMailFromDomain: 'bank.example',
      senderIp: '203.0.113.66',
      direction: 'Inbound',
      recipients: [
        {
          address: 'anna.berg@contoso.com',
          deliveryAction: 'Delivered',
          deliveryLocation: 'Inbox/folder',
          latestDeliveryAction: 'Delivered',
          latestDeliveryLocation: 'Inbox/folder',
          deliveryKnown: 'source',
          isFirstContact: false,
        },
      ],
      threatTypes: '',
      detectionMethods: '',
      confidence: '',
      words: { spf: 'fail', dkim: 'none', dmarc: 'fail', compAuth: 'fail', action: 'oreject', reason: '000' },
      checks: [
        check('SPF', 'fail', { domain: 'bank.example', record: 'v=spf1 ip4:192.0.2.13 -all' }),
        check('DKIM', 'none', { reason: 'message not signed' }),
        check('DMARC', 'fail', {
          domain: 'bank.example',
          policy: 'reject',
          record: 'v=DMARC1; p=reject',
          recordDomain: 'bank.example',
        }),
        check('ARC', 'none'),
        check('CompAuth', 'fail', { reasonCode: '000', domain: 'bank.example' }),
      ],
      headers: header(),
      urls: [],
      attachments: [],
      postDelivery: [],
      isKept: true,
      ...more,
    },
    history: {
      address: nothingSeen('accounts@bank.example'),
      domain: {
        ...nothingSeen('bank.example'),
        messages: 12,
        dmarcPass: 12,
        first: '2026-06-01T08:00:00Z',
        last: '2026-07-17T08:00:00Z',
      },
      source: nothingSeen('bank.example from 203.0.113.0/24'),
      wasWrittenTo: false,
      storeSince: '2026-05-01T00:00:00Z',
    },
    campaign: { members: [], count: 0, recipients: 0, delivered: 0, first: undefined, last: undefined },
    clicks: [],
    aftermath: [],
    language: [],
    replies: [],
    gaps: [],
    acquaintance: acquaintance(),
    ...around,
  };
}

/** The same letter from the bank itself: SPF and DKIM pass and are aligned. */
export const honest = (more: Partial<MessageFacts> = {}, around: Partial<Evidence> = {}): Evidence =>
  forgery(
    {
      senderIp: '192.0.2.13',
      words: { spf: 'pass', dkim: 'pass', dmarc: 'pass', compAuth: 'pass', action: 'none', reason: '100' },
      checks: [
        check('SPF', 'pass', { domain: 'bank.example', clientIp: '192.0.2.13' }),
        check('DKIM', 'pass', { domain: 'bank.example', selector: 's1' }),
        check('DMARC', 'pass', { domain: 'bank.example', policy: 'reject' }),
        check('CompAuth', 'pass', { reasonCode: '100' }),
      ],
      ...more,
    },
    around,
  );

/** A message that a platform sends for a customer who did not set it up. */
export const byPlatform = (more: Partial<MessageFacts> = {}, around: Partial<Evidence> = {}): Evidence =>
  forgery(
    {
      senderMailFromAddress: 'b-17@platform.example',
      senderMailFromDomain: 'platform.example',
      senderIp: '198.51.100.31',
      words: { spf: 'pass', dkim: 'pass', dmarc: 'fail', compAuth: 'fail', action: 'none', reason: '001' },
      checks: [
        check('SPF', 'pass', { domain: 'platform.example', clientIp: '198.51.100.31' }),
        check('DKIM', 'pass', { domain: 'platform.example', selector: 'p1' }),
        check('DMARC', 'fail', {
          domain: 'bank.example',
          policy: 'none',
          record: 'v=DMARC1; p=none',
          recordDomain: 'bank.example',
        }),
        check('CompAuth', 'fail', { reasonCode: '001' }),
      ],
      ...more,
    },
    around,
  );
