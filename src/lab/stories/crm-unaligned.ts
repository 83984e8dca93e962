import { signedBy } from '../journeys.ts';
import { staff } from '../organisation.ts';
import type { Story } from './story.ts';

/**
 * The organisation's own marketing platform writes as fabrikam.fr with its own envelope and its own signature: DMARC
 * fails and nobody means harm. It is the innocent that a hunt for DMARC failures must be able to set aside.
 */
export const crmUnaligned: Story = {
  name: 'crm-unaligned',
  nature: 'harmless',
  messages: 24,
  write({ index, random, calendar }) {
    return {
      at: calendar.moment('office', random),
      direction: 'Inbound',
      from: { address: 'evenements@fabrikam.fr', name: 'Fabrikam Événements', objectId: '' },
      mailFrom: `r-${random.hex(8)}@out.crm-cloud.example`,
      ip: '198.51.100.180',
      to: random.several(staff, 5),
      subject: index % 2 === 0 ? 'Invitation : journée portes ouvertes' : 'Rappel : journée portes ouvertes',
      language: 'fr',
      outcome: 'delivered',
      urls: ['https://events.crm-cloud.example/fabrikam/portes-ouvertes'],
      ...(index % 8 === 0
        ? {
            clicks: [
              { recipient: 1, url: 0, after: random.between(600, 9000) * 1000, action: 'ClickAllowed' as const },
            ],
          }
        : {}),
      journey: signedBy('crm-cloud.example'),
      bulkLevel: 2,
    };
  },
};
