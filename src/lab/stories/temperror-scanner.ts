import { signedBy } from '../journeys.ts';
import { peopleOf } from '../organisation.ts';
import type { Story } from './story.ts';

const people = peopleOf('Production');

/** The scanner of a branch office signs its mail; twice a week the SPF look-up takes too long. Harmless. */
export const temperrorScanner: Story = {
  name: 'temperror-scanner',
  nature: 'harmless',
  messages: 5,
  write({ index, random, calendar }) {
    return {
      at: calendar.moment('office', random),
      direction: 'Inbound',
      from: { address: 'scanner@fabrikam.fr', name: 'Scanner Atelier 2', objectId: '' },
      mailFrom: 'scanner@fabrikam.fr',
      ip: '192.0.2.140',
      to: [people[index % people.length]!],
      subject: 'Document numérisé',
      language: 'fr',
      outcome: 'delivered',
      journey: signedBy('fabrikam.fr'),
      failing: [{ name: 'fabrikam.fr', type: 'TXT', failure: 'timeout' }],
      attachments: [{ name: `SCAN_${1000 + index}.pdf`, mark: random.hex(64), size: random.between(8_000, 90_000) }],
    };
  },
};
