import { DAY, HOUR } from '../calendar.ts';
import { chief, peopleAt, peopleOf } from '../organisation.ts';
import type { Story } from './story.ts';

const french = peopleAt('fabrikam.fr');
const asked = [...peopleOf('Finance'), ...peopleOf('Finances')];

/**
 * While the DNS of the organisation's own domains answered slowly, somebody wrote in the chief's name. DMARC ended in
 * temperror, so no policy was applied, and a rule that looks for `dmarc=fail` saw nothing.
 */
export const temperrorForgery: Story = {
  name: 'temperror-forgery',
  nature: 'attack',
  messages: 6,
  write({ index, random, calendar }) {
    const isFrench = index % 3 === 2;
    const from = isFrench ? french[0]! : chief;
    return {
      at: calendar.ago(4 * DAY + 3 * HOUR, 4 * DAY, random),
      direction: 'Inbound',
      from: { ...from, objectId: '' },
      mailFrom: from.address,
      ip: '203.0.113.17',
      to: [asked[index % asked.length]!],
      subject: isFrench ? 'Virement urgent et confidentiel' : 'Are you at your desk?',
      language: isFrench ? 'fr' : 'en',
      outcome: 'delivered',
      failing: ['contoso.com', 'fabrikam.fr'].map((name) => ({ name: `_dmarc.${name}`, failure: 'timeout' })),
    };
  },
};
