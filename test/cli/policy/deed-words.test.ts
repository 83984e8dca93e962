import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asInEnforce, behindAnswer, deedWords } from '../../../src/cli/policy/deed-words.ts';
import type { FinalAction } from '../../../src/policy/index.ts';

const reply = { code: 550, enhanced: '5.7.26', text: 'No' } as const;

const rows: readonly (readonly [FinalAction, answer: string, would: string, behind: string])[] = [
  [{ kind: 'Deliver' }, '250', 'delivered', ', delivered'],
  [{ kind: 'Quarantine', days: 1 }, '250', 'kept apart (Quarantine, for 1 day)', ', kept apart (Quarantine)'],
  [{ kind: 'DeleteMessage' }, '250', 'thrown away (DeleteMessage)', ', thrown away (DeleteMessage)'],
  [{ kind: 'Reject', reply }, '550 5.7.26 No', 'refused (Reject: 550 5.7.26 No)', ''],
  [{ kind: 'Defer', reply: { ...reply, code: 451 } }, '451 5.7.26 No', 'deferred (Defer: 451 5.7.26 No)', ''],
];

describe('what a policy would do, in words', () => {
  for (const [action, answer, would, behind] of rows)
    it(action.kind, () => {
      assert.equal(deedWords(action), would);
      assert.equal(behindAnswer(action.kind, answer), behind);
    });

  it('names the mode that a policy has, unless that is Enforce', () => {
    assert.equal(asInEnforce('P', 'Audit'), 'P (Audit), as it would be in Enforce');
    assert.equal(asInEnforce('P', 'Enforce'), 'P');
  });
});
