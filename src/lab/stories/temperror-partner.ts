import { peopleOf } from '../organisation.ts';
import type { Story } from './story.ts';

const people = peopleOf('Sales');

/** The same slow DNS at a customer: a temperror too, but on a domain that is not the organisation's own. */
export const temperrorPartner: Story = {
  name: 'temperror-partner',
  nature: 'harmless',
  messages: 7,
  write({ random, calendar }) {
    return {
      at: calendar.moment('office', random),
      direction: 'Inbound',
      from: { address: 'planning@slow-dns.example.org', name: 'Planning', objectId: '' },
      mailFrom: 'planning@slow-dns.example.org',
      ip: '192.0.2.155',
      to: [random.pick(people)],
      subject: 'Delivery windows next week',
      language: 'en',
      outcome: 'delivered',
    };
  },
};
