import { MINUTE } from '../calendar.ts';
import { headOfFinance, peopleOf } from '../organisation.ts';
import type { Story } from './story.ts';

const people = peopleOf('People', 'Finance');
/** The first so many profit from a mail-flow rule that was made for scanners; the others are quarantined. */
const ALLOWED = 6;

/**
 * Within the last hour: mail in the name of the head of finance, handed straight to the organisation's own mail host
 * (direct send), envelope and From alike. SPF and DMARC fail, and a rule lets most of it in.
 */
export const payrollDirectSend: Story = {
  name: 'payroll-direct-send',
  nature: 'attack',
  messages: 8,
  write({ index, random, calendar }) {
    const isAllowed = index < ALLOWED;
    return {
      at: calendar.ago(52 * MINUTE, 6 * MINUTE, random),
      direction: 'Inbound',
      from: { ...headOfFinance, objectId: '' },
      mailFrom: headOfFinance.address,
      ip: '203.0.113.201',
      to: [people[(index * 3 + 1) % people.length]!],
      subject: 'Payroll: new account for my salary',
      language: 'en',
      outcome: isAllowed ? 'allowedByRule' : 'ownSpoofQuarantined',
      ...(isAllowed ? { connector: 'Scan-to-mail' } : {}),
      attachments: [{ name: 'account-change.pdf', mark: 'account-change', size: 48_211 }],
    };
  },
};
