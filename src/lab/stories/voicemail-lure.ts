import { DAY, HOUR, MINUTE } from '../calendar.ts';
import type { Click, FollowUp } from '../message.ts';
import { type Employee, staff } from '../organisation.ts';
import type { Story } from './story.ts';

const click = (after: number, action: Click['action'], goesOn = false): Click => ({
  recipient: 0,
  url: 0,
  after,
  action,
  ...(goesOn ? { goesOn } : {}),
});

/** What the recipients of the first messages did, a row a message; the rest did nothing. */
const clicks: readonly (readonly Click[])[] = [
  [click(4 * MINUTE, 'ClickAllowed')],
  [click(11 * MINUTE, 'ClickAllowed'), click(26 * MINUTE, 'ClickAllowed')],
  [click(18 * MINUTE, 'ClickAllowed')],
  [click(45 * MINUTE, 'UrlScanInProgress'), click(47 * MINUTE, 'ClickBlocked')],
  [click(2 * HOUR, 'ClickBlocked')],
  [click(2 * HOUR + 12 * MINUTE, 'ClickBlocked', true)],
  [click(3 * HOUR, 'ClickBlocked')],
  [click(5 * HOUR, 'ClickBlockedByTenantPolicy')],
  [click(26 * HOUR, 'UrlErrorPage')],
];

/** Who gets a message of this story first. */
export const luredBy = (index: number): Employee => staff[(index * 11 + 3) % staff.length]!;

/** The Message-ID of one of them, for who passes it on. */
export const luredId = (index: number): string => `<voice-${index}@city-telecom.example>`;

const stranger = { ip: '203.0.113.90', country: 'US', city: 'Denver', recipient: 0 } as const;
const tryAt = (after: number): FollowUp => ({ ...stranger, kind: 'sign-in', after, errorCode: 50_126, risk: 10 });

/**
 * What came of two of the clicks, by message. The second message: twenty minutes after the click somebody else signs in,
 * has mail about payments sent on, and Defender notices. The sixth, past the warning: somebody tries, and does not get in.
 */
const followUps: Readonly<Record<number, readonly FollowUp[]>> = {
  1: [
    { ...stranger, kind: 'sign-in', after: 31 * MINUTE, errorCode: 0, risk: 50 },
    { ...stranger, kind: 'inbox rule', after: 44 * MINUTE, forwardTo: 'collect@drop-box.test' },
    {
      ...stranger,
      kind: 'alert',
      after: 52 * MINUTE,
      title: 'Suspicious inbox forwarding rule',
      category: 'Exfiltration',
      severity: 'High',
      source: 'Microsoft Defender for Cloud Apps',
      techniques: ['Email Forwarding Rule (T1114.003)'],
      isOfMessage: false,
    },
    {
      ...stranger,
      kind: 'alert',
      after: 95 * MINUTE,
      title: 'A potentially malicious URL click was detected',
      category: 'InitialAccess',
      severity: 'High',
      source: 'Microsoft Defender for Office 365',
      techniques: ['Spearphishing Link (T1566.002)'],
      isOfMessage: true,
    },
  ],
  5: [
    tryAt(2 * HOUR + 20 * MINUTE),
    tryAt(2 * HOUR + 21 * MINUTE),
    tryAt(2 * HOUR + 24 * MINUTE),
    {
      ...stranger,
      kind: 'alert',
      after: 2 * HOUR + 30 * MINUTE,
      title: 'User clicked through to a potentially malicious URL',
      category: 'InitialAccess',
      severity: 'Medium',
      source: 'Microsoft Defender for Office 365',
      techniques: ['Spearphishing Link (T1566.002)'],
      isOfMessage: true,
    },
  ],
};

/**
 * "You have a new voice message": a telephone company's name, forged. DMARC fails, the company asks for nothing, the
 * mail is delivered. Nine recipients click, one of them past the warning; a day later most of it is removed.
 */
export const voicemailLure: Story = {
  name: 'voicemail-lure',
  nature: 'attack',
  messages: 40,
  write({ index, random, calendar }) {
    const first = luredBy(index);
    const second = staff[(index * 11 + 9) % staff.length]!;
    return {
      at: calendar.ago(6 * DAY + 2 * HOUR, 6 * DAY, random),
      direction: 'Inbound',
      from: { address: 'voice@city-telecom.example', name: 'City Telecom Voice', objectId: '' },
      mailFrom: 'voice@city-telecom.example',
      ip: '203.0.113.44',
      to: index % 10 === 9 ? [first, second] : [first],
      subject: `New voice message (0:${random.between(12, 58)})`,
      language: 'en',
      messageId: luredId(index),
      outcome: 'delivered',
      urls: [`https://listen.city-te1ecom.test/v/${random.hex(12)}`],
      ...(clicks[index] ? { clicks: clicks[index] } : {}),
      ...(followUps[index] ? { followUps: followUps[index] } : {}),
      ...(index % 4 === 3 ? {} : { afterwards: { after: 28 * HOUR, type: 'Phish ZAP' as const } }),
      firstContact: true,
    };
  },
};
