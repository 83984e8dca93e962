import { HOUR, MINUTE } from '../calendar.ts';
import { signedBy } from '../journeys.ts';
import type { Click } from '../message.ts';
import { staff } from '../organisation.ts';
import type { Story } from './story.ts';

/** Every eighth message of the wave reaches an inbox, every twenty-fourth is clicked. */
const DELIVERED = 8;
const CLICKED = 24;

const click = (index: number): Click => ({
  recipient: 0,
  url: 0,
  after: (20 + (index % 7) * 35) * MINUTE,
  action: index % 2 === 0 ? 'ClickAllowed' : 'ClickBlocked',
});

/**
 * A wave of forged parcel notices on one weekend. The signature that they carry is copied and does not verify; the
 * parcel service asks for nothing (p=none), so most go to Junk and some to the inbox.
 */
export const parcelWave: Story = {
  name: 'parcel-wave',
  nature: 'attack',
  messages: 480,
  write({ index, random, calendar }) {
    return {
      at: calendar.lastButOneWeekend(index % 5 < 3 ? 0 : 1, random),
      direction: 'Inbound',
      from: { address: 'notice@parcel-post.example', name: 'Parcel Post', objectId: '' },
      mailFrom: `bounce-${random.hex(8)}@relay.bulk-wave.test`,
      ip: `203.0.113.${100 + (index % 24)}`,
      to: [staff[(index * 7) % staff.length]!],
      subject: `Your parcel ${random.hex(6).toUpperCase()} is waiting: pay the customs fee`,
      language: 'en',
      outcome: index % DELIVERED === 0 ? 'delivered' : 'spoofJunked',
      urls: [`https://parcel-fee.test/pay?id=${random.hex(10)}`],
      ...(index % CLICKED === 0 ? { clicks: [click(index / CLICKED)] } : {}),
      ...(index % DELIVERED === 0 ? { afterwards: { after: 9 * HOUR, type: 'Phish ZAP' as const } } : {}),
      journey: [...signedBy('parcel-post.example'), { do: 'footer', text: 'Pay within 24 hours.\n' }],
      firstContact: true,
    };
  },
};
