import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { DEMO_SEED } from '../../src/lab/index.ts';
import { batchesOf, tablesOf, WEDNESDAY } from '../lab/demo-tables.ts';
import { type Evidence, evidenceOf } from '../lab/evidence.ts';
import { type HuntingStore, openHuntingStore } from './hunting-store.ts';

/** The README's queries, in its order. */
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const tour = [...readme.matchAll(/```kql\n(.*?)```|mailhunt query -e '(.*?)'\n```/gs)].map(
  (match) => (match[1] ?? match[2])!,
);

describe('hunts on the demo find what the demo holds', () => {
  let store: HuntingStore;
  let evidence: Evidence;
  before(async () => {
    const all = await batchesOf({ seed: DEMO_SEED, now: WEDNESDAY });
    const batches = all.filter(({ table }) => table === 'EmailEvents' || table === 'UrlClickEvents');
    evidence = evidenceOf(tablesOf(batches), WEDNESDAY);
    store = await openHuntingStore(batches, WEDNESDAY);
  });
  after(() => store[Symbol.asyncDispose]());

  const idsOf = async (hunt: string): Promise<unknown[]> =>
    (await store.find(`${hunt} | project NetworkMessageId`)).rows.map((row) => row.NetworkMessageId).toSorted();
  const ids = (rows: readonly { readonly [column: string]: unknown }[]): unknown[] =>
    rows.map((row) => row.NetworkMessageId).toSorted();

  it('temperrors on own domains', async () => {
    const hunt = `EmailEvents | extend Checks = parse_json(AuthenticationDetails)
      | where EmailDirection == 'Inbound' and SenderMailFromDomain in ('contoso.com', 'fabrikam.fr')
      | where tostring(Checks.SPF) == 'temperror' or tostring(Checks.DMARC) == 'temperror'`;
    assert.deepEqual(await idsOf(hunt), ids(evidence.ownDomainTemperrors));
  });

  it('DMARC failures, in the form of the header and in the form of the JSON', async () => {
    const failures = ids(evidence.dmarcFailures);
    assert.deepEqual(await idsOf('EmailEvents | where AuthenticationDetails has "dmarc=fail"'), failures);
    assert.deepEqual(await idsOf(`EmailEvents | where AuthenticationDetails has 'DMARC":"fail'`), failures);
  });

  it('forgeries of the last hour', async () => {
    const hunt = `EmailEvents | where Timestamp > ago(1h) and EmailDirection == 'Inbound' and DeliveryAction != 'Blocked'
      | where extract('spf=([a-z]+)', 1, AuthenticationDetails) in ('fail', 'softfail', 'none')
          and extract('dkim=([a-z]+)', 1, AuthenticationDetails) in ('fail', 'none')
          and extract('dmarc=([a-z]+)', 1, AuthenticationDetails) in ('fail', 'none', 'bestguesspass')`;
    assert.deepEqual(await idsOf(hunt), ids(evidence.lastHourForgeries));
  });

  it('clicks on failures', async () => {
    const hunt = `EmailEvents | where AuthenticationDetails has "dmarc=fail"
      | join kind=leftouter (UrlClickEvents | project ClickTime = Timestamp, NetworkMessageId) on NetworkMessageId`;
    assert.equal((await store.find(hunt)).rows.length, evidence.joinedRows);
    const clicked = (await store.find(`${hunt} | where isnotnull(ClickTime)`)).rows;
    assert.equal(clicked.length, evidence.clicksOnFailures.length);
  });

  it('the README’s first query gives the table that stands below it', async () => {
    const { rows } = await store.find(tour[0]!);
    assert.equal(rows.length, 5);
    for (const row of rows)
      assert.ok(
        readme.includes(`| ${row.SenderFromAddress} | ${row.Messages} | ${row.Recipients} |`),
        JSON.stringify(row),
      );
  });

  it('the README’s second query draws the failures of each day', async () => {
    const { rows, visualization } = await store.find(tour[1]!);
    assert.equal(visualization?.kind, 'timechart');
    assert.deepEqual(
      rows[0]!.Failed,
      evidence.days.map((day) => day.dkimFailed),
    );
  });

  it('the README’s third query gives the clicks of the recipients themselves, newest first', async () => {
    const { rows } = await store.find(tour[2]!);
    const own = evidence.clicksOnFailures.filter(
      ({ email, click }) => email.DeliveryAction === 'Delivered' && click.AccountUpn === email.RecipientEmailAddress,
    );
    assert.equal(rows.length, own.length);
    const times = rows.map((row) => String(row.ClickTime));
    assert.deepEqual(times, times.toSorted().toReversed());
  });
});
