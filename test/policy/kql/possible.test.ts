import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowPredicate } from '../../../src/policy/kql/row-predicate.ts';

/** A predicate, and what is known of it where Subject is `invoice` and nothing else is known. */
const rows: readonly [predicate: string, may: boolean, surely: boolean][] = [
  ['Subject has "invoice"', true, true],
  ['Subject has "x"', false, false],
  ['AttachmentCount > 3', true, false],
  ['Subject has "invoice" and AttachmentCount > 3', true, false],
  ['Subject has "x" and AttachmentCount > 3', false, false],
  ['Subject has "invoice" or AttachmentCount > 3', true, true],
  ['Subject has "x" or AttachmentCount > 3', true, false],
  ['not(Subject has "invoice" or AttachmentCount > 3)', false, false],
  ['not(Subject has "x")', true, true],
  ['not(AttachmentCount > 3)', true, false],
  ['Subject == SenderDisplayName', true, false],
  ['1 == 2 and AttachmentCount > 3', false, false],
];

for (const [source, may, surely] of rows) {
  test(`${source}: ${may ? 'may' : 'cannot'} hold${surely ? ', and must' : ''}`, () => {
    const predicate = rowPredicate(source, (why) => {
      throw new Error(why);
    });
    assert.deepEqual(predicate.possible(new Map([['Subject', 'invoice']])), { may, surely });
  });
}
