import { DAY, HOUR } from '../calendar.ts';
import { signedBy } from '../journeys.ts';
import { staff } from '../organisation.ts';
import type { Story } from './story.ts';

/**
 * Phishing that authenticates: a look-alike domain with SPF, DKIM and DMARC in order, its link in a QR code. Hunts for
 * failures do not see it, and should not claim to.
 */
export const qrCodeLure: Story = {
  name: 'qr-code-lure',
  nature: 'attack',
  messages: 18,
  write({ index, random, calendar }) {
    return {
      at: calendar.ago(2 * DAY + 4 * HOUR, 2 * DAY, random),
      direction: 'Inbound',
      from: { address: 'it-desk@c0ntoso-login.test', name: 'IT Service Desk', objectId: '' },
      mailFrom: 'it-desk@c0ntoso-login.test',
      ip: '203.0.113.150',
      to: [staff[(index * 9 + 4) % staff.length]!],
      subject: 'Renew your authenticator before Friday',
      language: 'en',
      outcome: index % 3 === 0 ? 'phishQuarantined' : 'delivered',
      urls: [`https://c0ntoso-login.test/renew/${random.hex(8)}`],
      urlLocation: 'QRCode',
      ...(index % 3 === 0 ? {} : { afterwards: { after: 7 * HOUR, type: 'Phish ZAP' as const } }),
      journey: signedBy('c0ntoso-login.test'),
      firstContact: true,
    };
  },
};
