import { MINUTE } from '../calendar.ts';
import { peopleOf } from '../organisation.ts';
import type { Story } from './story.ts';

const people = peopleOf('Finance', 'Finances');

export const CHANGED_ACCOUNT = 'Our bank details have changed';

/** The Message-ID of one of them, for who answers it. */
export const changedAccountId = (index: number): string => `<account-${index}@strand-studio.test>`;

/**
 * Within the last hour: a supplier's name in From, a throw-away domain in the envelope. Nothing is published for either,
 * so no check fails: only the two names that differ tell.
 */
export const supplierSwitch: Story = {
  name: 'supplier-switch',
  nature: 'attack',
  messages: 5,
  write({ index, random, calendar }) {
    return {
      at: calendar.ago(55 * MINUTE, 3 * MINUTE, random),
      direction: 'Inbound',
      from: { address: 'billing@strand-studio.test', name: 'Bea Strand', objectId: '' },
      mailFrom: `billing@post-${index % 2}.throwaway.invalid`,
      ip: '203.0.113.212',
      to: [people[(index * 5) % people.length]!],
      subject: CHANGED_ACCOUNT,
      messageId: changedAccountId(index),
      language: 'en',
      outcome: 'delivered',
      firstContact: true,
    };
  },
};
