import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Offered, Ruling } from '../../../src/gateway/gate.ts';
import type { Case } from '../../../src/lab/index.ts';
import { defaultPolicy } from '../../../src/policy/index.ts';
import { AT, never, ok, told, triedGate } from '../gate-rig.ts';
import { labCases, labLetters } from '../lab-letters.ts';

const cases = await labCases();

/** A letter of a case as its client brings it to a gate, with the answer that the case's file states. */
interface Brought {
  readonly name: string;
  readonly offered: Offered;
  readonly smtp: string;
  readonly ruling: Ruling;
  readonly entry: () => ReturnType<typeof triedGate>['entries'][number];
}

async function* brought(
  one: Case,
  policy = undefined as ReturnType<typeof defaultPolicy> | undefined,
): AsyncGenerator<Brought> {
  const letters = await labLetters(one);
  const { acceptedDomains, trustedSealers } = one;
  const { gate, entries } = triedGate({
    resolver: letters[0]!.zone,
    judge: { acceptedDomains, dmarcMode: 'rfc9989', rsaSha1: 'policy', composite: { trustedSealers } },
    ...(policy && { policy: () => policy }),
  });
  for (const { client, mailFrom, recipients, bytes, at, smtp } of letters) {
    const offered = { client, mailFrom, recipients, bytes, at, protocol: 'ESMTP' };
    const ruling = await gate.rule(offered, never);
    await ruling.record(ruling.reply ?? ok);
    yield { name: one.name, offered, smtp, ruling, entry: () => entries.at(-1)! };
  }
}

test('every letter of the lab gets the answer that its file states', async () => {
  const wrong: string[] = [];
  let letters = 0;
  for (const one of cases) {
    for await (const { name, smtp, ruling } of brought(one)) {
      letters += 1;
      if (told(ruling) !== smtp) wrong.push(`${name}: ${told(ruling)} by ${ruling.decision.rule}, ${smtp} stated`);
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(letters > 124, `${letters} letters`);
});

test('a letter that a trusted sealer vouches for goes on, and the exception is named in the row and in the header', async () => {
  const list = cases.find(({ scenario, nature }) => scenario === 'mailing-list-arc' && nature === 'harmless')!;
  for await (const { ruling, entry } of brought(list)) {
    const field = ruling.edits.insert.find(({ name }) => name === 'X-Mailhunt-Policy')!;
    assert.match(
      field.value.replaceAll('\r\n', ''),
      /^Deliver; .*excepted="Refuse what its owner wants refused"; because="A sealer that you trust/,
    );
    const events = entry().tables.find(({ table }) => table === 'EmailEvents')!;
    const additional = JSON.parse(JSON.parse(events.rows[0]!)[events.columns.indexOf('AdditionalFields')]);
    assert.equal(additional.Gate.Exceptions[0].Rule, 'Refuse what its owner wants refused');
  }
});

test('in Audit every letter goes on, and what Enforce would have answered is recorded', async () => {
  const policy = defaultPolicy(AT);
  for (const one of cases) {
    for await (const { name, smtp, ruling, entry } of brought(one, policy)) {
      assert.equal(ruling.course, 'handOn', name);
      assert.match(entry().told!.wouldBe!, smtp === '250' ? / 250$/ : new RegExp(` ${smtp}$`), name);
    }
  }
});
