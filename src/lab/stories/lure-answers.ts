import { DAY, MINUTE } from '../calendar.ts';
import type { Message } from '../message.ts';
import { headOfFinance, peopleOf } from '../organisation.ts';
import type { Scene, Story } from './story.ts';
import { CHANGED_ACCOUNT, changedAccountId } from './supplier-switch.ts';
import { luredBy, luredId } from './voicemail-lure.ts';

const helpDesk = peopleOf('IT')[0]!;

/** The one who clicked eleven minutes after the voice message passes it on: is this real? */
const passedOn = ({ calendar }: Scene): Message => ({
  at: calendar.now - 6 * DAY + 20 * MINUTE,
  direction: 'Intra-org',
  from: luredBy(1),
  mailFrom: luredBy(1).address,
  ip: '2001:db8:365::1a',
  to: [helpDesk],
  subject: 'FW: New voice message',
  language: 'en',
  answers: luredId(1),
  outcome: 'delivered',
});

/** The head of finance answers the supplier whose bank details have changed. */
const answered = ({ calendar }: Scene): Message => ({
  at: calendar.now - 2 * MINUTE,
  direction: 'Outbound',
  from: headOfFinance,
  mailFrom: headOfFinance.address,
  ip: '2001:db8:365::2b',
  to: [{ address: 'billing@strand-studio.test', name: 'Bea Strand', objectId: '' }],
  subject: `RE: ${CHANGED_ACCOUNT}`,
  language: 'en',
  answers: changedAccountId(0),
  outcome: 'sent',
});

/** Two people do something with a forgery that got through: one asks the help desk, one answers. */
export const lureAnswers: Story = {
  name: 'lure-answers',
  nature: 'harmless',
  messages: 2,
  write: (scene) => (scene.index === 0 ? passedOn(scene) : answered(scene)),
};
