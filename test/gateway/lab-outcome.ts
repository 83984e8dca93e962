import assert from 'node:assert/strict';
import { outcomeOf } from '../../scripts/gate-scenarios.ts';
import type { GateHouse } from '../../src/gateway/gate-house.ts';
import type { FinalAction } from '../../src/policy/index.ts';
import type { EventRow } from './lab-house.ts';
import type { LabLetter } from './lab-letters.ts';

/** Where EmailEvents says that a message is, by what was done with it. */
const places: Readonly<Partial<Record<FinalAction['kind'], readonly [action: string, location: string]>>> = {
  Deliver: ['Delivered', 'Inbox/folder'],
  Reject: ['Blocked', 'Failed'],
  Defer: ['Blocked', 'Failed'],
  Quarantine: ['Blocked', 'Quarantine'],
};

/** The policy whose name stands in the rows. */
const POLICY = "Honour the owner's policy";

/** Compares what a letter has left in EmailEvents with what its file states, and with what its sender was told. */
export function checkRows({ claim, smtp, recipients }: LabLetter, rows: readonly EventRow[]): void {
  const { action, rule = '' } = outcomeOf({ claim, smtp });
  const [said, place] = places[action]!;
  const acted = action === 'Deliver' ? '' : rule;
  assert.deepEqual(
    rows.map(({ recipient, action, location, rule }) => [recipient, action, location, rule]).toSorted(),
    recipients.map((recipient) => [recipient, said, place, acted]).toSorted(),
  );
  for (const { details, gate } of rows) {
    const { Policy, Mode, Action, Answer } = gate;
    assert.deepEqual([Policy, Mode, Action], [POLICY, 'Enforce', action]);
    assert.equal(Answer.slice(0, smtp.length), smtp);
    const { SPF, DKIM, DMARC, CompAuth } = details;
    // Microsoft's word for mail without a record that would have passed with one.
    const dmarc = DMARC === 'bestguesspass' ? 'none' : DMARC;
    assert.deepEqual([SPF, dmarc, CompAuth], [claim?.spf, claim?.dmarc, claim?.compauth]);
    // Of several signatures the column has one word.
    assert.equal(DKIM === 'pass', claim?.dkim.includes('pass') ?? false);
  }
}

/** Compares what is in quarantine with what the letters of a case have to leave there. */
export async function checkQuarantine({ quarantine }: GateHouse, letters: readonly LabLetter[]): Promise<void> {
  const kept = letters.filter((letter) => outcomeOf(letter).action === 'Quarantine');
  const held = await Promise.all(quarantine.list().map(({ id }) => quarantine.read(id)));
  assert.deepEqual(
    held.map(({ held: { at, mailFrom, policy }, bytes }) => ({ at, mailFrom, policy, text: bytes.toString('latin1') })),
    kept
      .map(({ at, mailFrom, bytes }) => ({ at, mailFrom, policy: POLICY, text: bytes.toString('latin1') }))
      .toReversed(),
  );
}

/** Compares a message as it was delivered, from its first field on that the gate wrote, with the one that was sent. */
export function checkDelivered(text: string, sent: Buffer, hostname: string): void {
  assert.ok(text.startsWith(`Authentication-Results: ${hostname};`), text.slice(0, 200));
  const stamps = fieldsOf(text).filter((field) => isStampOf(field, hostname));
  assert.equal(stamps.length, 1, stamps.join('\n'));
  const own = sent.toString('latin1');
  const fields = fieldsOf(own).filter((field) => !isStampOf(field, hostname));
  const expected = fields.join('') + own.slice(own.indexOf('\r\n\r\n') + 2);
  assert.ok(text.endsWith(expected), text);
}

/** The fields of a header, each with its folds and line ends. */
const fieldsOf = (text: string): readonly string[] =>
  text.slice(0, text.indexOf('\r\n\r\n') + 2).split(/(?<=\r\n)(?![ \t])/);

const isStampOf = (field: string, hostname: string): boolean =>
  field.toLowerCase().startsWith(`authentication-results: ${hostname}`);
