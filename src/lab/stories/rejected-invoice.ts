import { DAY, MINUTE } from '../calendar.ts';
import type { Message } from '../message.ts';
import { peopleOf } from '../organisation.ts';
import type { Story } from './story.ts';

const people = peopleOf('Finance', 'Sales', 'Finances');
const DAYS_APART = 3;

const outcomeOf = (index: number): Message['outcome'] =>
  index % 6 === 5 ? 'delivered' : index % 2 === 0 ? 'spoofJunked' : 'malwareQuarantined';

/**
 * Forged invoices of a domain whose owner asks for p=reject. The answer `oreject` is written down and the mail is
 * accepted all the same: it lies in Junk, in quarantine, and where somebody trusts the sender, in the inbox.
 */
export const rejectedInvoice: Story = {
  name: 'rejected-invoice',
  nature: 'attack',
  messages: 30,
  write({ index, random, calendar }) {
    const daysAgo = 2 + (index % 8) * DAYS_APART;
    const outcome = outcomeOf(index);
    return {
      at: calendar.ago(daysAgo * DAY, daysAgo * DAY - 40 * MINUTE, random),
      direction: 'Inbound',
      from: { address: 'invoices@harbour-freight.example', name: 'Harbour Freight Billing', objectId: '' },
      mailFrom: 'invoices@harbour-freight.example',
      ip: `203.0.113.${30 + (index % 3)}`,
      to: random.several(people, 2),
      subject: `Overdue invoice HF-${4100 + index}`,
      language: 'en',
      outcome,
      attachments: [
        {
          name: `HF-${4100 + index}.html`,
          mark: random.hex(64),
          size: random.between(9_000, 30_000),
          ...(outcome === 'malwareQuarantined'
            ? { threat: { type: 'Malware' as const, name: 'Trojan:HTML/Lab.A' } }
            : {}),
        },
      ],
      ...(outcome === 'delivered' ? { urls: ['https://harbour-frieght.test/login'] } : {}),
    };
  },
};
