import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { DEMO_SEED, type DemoBatch, demoBatches } from '../../src/lab/index.ts';
import { batchesOf, cacheFolder, type Row, type Tables, tablesOf, WEDNESDAY } from './demo-tables.ts';

const MINUTE = 600_000_000n;

describe('a message of the demo can be followed', () => {
  let tables: Tables;
  let lure: Row;
  before(async () => {
    tables = tablesOf(await batchesOf({ seed: DEMO_SEED, now: WEDNESDAY }));
    const rule = tables.CloudAppEvents![0]!;
    const [click] = tables.UrlClickEvents!.filter(
      (row) => row.AccountUpn === rule.AccountId && String(row.Url).includes('city-te1ecom'),
    );
    lure = tables.EmailEvents!.find((row) => row.NetworkMessageId === click!.NetworkMessageId)!;
  });
  const after = (row: Row): number => Number(((row.Timestamp as bigint) - (lure.Timestamp as bigint)) / MINUTE);
  const victim = (row: Row): boolean => row.AccountUpn === lure.RecipientEmailAddress;

  it('failed DMARC and was delivered; the click came eleven minutes later, the removal a day later', () => {
    assert.match(String(lure.AuthenticationDetails), /"DMARC":"fail"/);
    assert.equal(lure.DeliveryAction, 'Delivered');
    const clicks = tables.UrlClickEvents!.filter((row) => row.NetworkMessageId === lure.NetworkMessageId);
    assert.deepEqual(
      clicks.map(after).toSorted((a, b) => a - b),
      [11, 26],
    );
    const [removal] = tables.EmailPostDeliveryEvents!.filter((row) => row.NetworkMessageId === lure.NetworkMessageId);
    assert.equal(removal!.ActionType, 'Phish ZAP');
  });

  it('then somebody else signs in, has mail sent on, and Defender notices', () => {
    const signIns = tables.EntraIdSignInEvents!.filter(victim);
    const strange = signIns.filter((row) => row.Country !== 'GB');
    assert.deepEqual(strange.map(after), [31]);
    assert.equal(strange[0]!.RiskLevelDuringSignIn, 50);
    assert.ok(
      signIns.some((row) => after(row) < 0 && row.Country === 'GB'),
      'it is seen where the account usually is',
    );
    const [rule] = tables.CloudAppEvents!;
    assert.equal(after(rule!), 44);
    assert.match(String(rule!.RawEventData), /"Name":"ForwardTo","Value":"collect@drop-box\.test"/);
    const alerts = tables.AlertEvidence!.filter(victim);
    assert.deepEqual(
      alerts.map(after).toSorted((a, b) => a - b),
      [52, 95],
    );
    assert.ok(tables.AlertEvidence!.some((row) => row.NetworkMessageId === lure.NetworkMessageId));
    for (const { AlertId } of alerts) assert.ok(tables.AlertInfo!.some((row) => row.AlertId === AlertId));
  });

  it('is passed on, and another forgery is answered, by messages that name them', () => {
    const answers = tables.EmailHeaders!.filter((row) => row.InReplyTo !== '');
    const named = answers.map((row) => {
      const answer = tables.EmailEvents!.find((email) => email.NetworkMessageId === row.NetworkMessageId)!;
      const first = tables.EmailEvents!.find(
        (email) =>
          String(email.InternetMessageId).replaceAll(/[<>]/g, '') === String(row.InReplyTo).replaceAll(/[<>]/g, ''),
      )!;
      return [answer.Subject, first.SenderFromAddress, first.RecipientEmailAddress === answer.SenderFromAddress];
    });
    assert.deepEqual(named.toSorted(), [
      ['FW: New voice message', 'voice@city-telecom.example', true],
      ['RE: Our bank details have changed', 'billing@strand-studio.test', true],
    ]);
  });

  it('nobody’s sign-ins are those of somebody outside, and most succeed', () => {
    const rows = tables.EntraIdSignInEvents!;
    for (const row of rows) assert.match(String(row.AccountUpn), /@(?:contoso\.com|fabrikam\.fr)$/);
    assert.ok(rows.filter((row) => row.ErrorCode === 0).length > 0.9 * rows.length);
  });
});

describe('the messages of a demo', () => {
  const few = { seed: 1, now: WEDNESDAY, rows: 300 };
  const read = async (cache?: string): Promise<DemoBatch[]> => {
    const batches: DemoBatch[] = [];
    for await (const batch of demoBatches({ ...few, ...(cache === undefined ? {} : { cache }) })) batches.push(batch);
    return batches;
  };

  it('come with their rows, each under the id that its rows have, and are the same out of a cache', async () => {
    const made = await read();
    await read(cacheFolder);
    assert.deepEqual(await read(cacheFolder), made);
    const messages = new Map(made.flatMap((batch) => batch.messages ?? []).map(({ id, bytes }) => [id, bytes]));
    const emails = tablesOf(made).EmailEvents!;
    assert.equal(messages.size, new Set(emails.map((row) => row.NetworkMessageId)).size);
    for (const row of emails) {
      const text = Buffer.from(messages.get(String(row.NetworkMessageId))!).toString('latin1');
      assert.ok(text.includes(`Message-ID: ${row.InternetMessageId}`) || text.includes(String(row.InternetMessageId)));
    }
    for (const { table, messages: some } of made) if (table !== 'EmailEvents') assert.equal(some, undefined);
  });
});
