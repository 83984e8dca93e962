import { DAY, HOUR, MINUTE } from '../calendar.ts';
import type { Click } from '../message.ts';
import { staff } from '../organisation.ts';
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

/**
 * "You have a new voice message": a telephone company's name, forged. DMARC fails, the company asks for nothing, the
 * mail is delivered. Nine recipients click, one of them past the warning; a day later most of it is removed.
 */
export const voicemailLure: Story = {
  name: 'voicemail-lure',
  nature: 'attack',
  messages: 40,
  write({ index, random, calendar }) {
    const first = staff[(index * 11 + 3) % staff.length]!;
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
      outcome: 'delivered',
      urls: [`https://listen.city-te1ecom.test/v/${random.hex(12)}`],
      ...(clicks[index] ? { clicks: clicks[index] } : {}),
      ...(index % 4 === 3 ? {} : { afterwards: { after: 28 * HOUR, type: 'Phish ZAP' as const } }),
      firstContact: true,
    };
  },
};
