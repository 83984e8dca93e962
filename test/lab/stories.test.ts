import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { demoMessages } from '../../src/lab/demo-messages.ts';
import type { NamedMessage } from '../../src/lab/message.ts';
import { stories } from '../../src/lab/stories/index.ts';
import { unixMsFromTicks } from '../../src/values/index.ts';
import { batchesOf, type Row, SUNDAY, tablesOf, WEDNESDAY } from './demo-tables.ts';
import { type Evidence, evidenceOf } from './evidence.ts';

const senders = (rows: readonly Row[]): string[] => [...new Set(rows.map((row) => String(row.SenderFromAddress)))];

for (const [name, now] of [
  ['a Wednesday', WEDNESDAY],
  ['a Sunday', SUNDAY],
] as const) {
  describe(`what the published hunts look for is there: ${name}`, () => {
    let evidence: Evidence;
    before(async () => {
      evidence = evidenceOf(tablesOf(await batchesOf({ seed: 1, now })), now);
    });

    it('temperrors on own domains: a forgery of six and a scanner of five, not the partner’s', () => {
      const rows = evidence.ownDomainTemperrors;
      assert.equal(rows.length, 11);
      assert.equal(rows.filter((row) => row.SenderFromAddress === 'scanner@fabrikam.fr').length, 5);
      assert.ok(!senders(rows).includes('planning@slow-dns.example.org'));
    });

    it('failed signatures: a weekend that towers over every other day, in all mail as well', () => {
      const wave = evidence.days.filter((day) => day.dkimFailed > 150);
      const others = evidence.days.filter((day) => day.dkimFailed <= 150);
      assert.deepEqual(
        wave.map((day) => day.weekday),
        [6, 0],
      );
      assert.ok(others.every((day) => day.dkimFailed < 60));
      const quiet = others.filter((day) => day.weekday === 6 || day.weekday === 0).slice(1);
      assert.ok(wave.every((day) => quiet.every((other) => day.all > 1.4 * other.all)));
    });

    it('the last hour: forgeries that got through, and not the two that did not', () => {
      const forged = evidence.lastHourForgeries;
      const payroll = forged.filter((row) => row.Subject === 'Payroll: new account for my salary');
      assert.equal(payroll.length, 6);
      assert.ok(payroll.every((row) => row.DeliveryAction === 'Delivered' && row.OrgLevelAction === 'Allow'));
      assert.equal(forged.filter((row) => row.SenderFromAddress === 'billing@strand-studio.test').length, 5);
    });

    it('DMARC failures: attackers and innocents, delivered, junked and blocked', () => {
      const actions = new Set(evidence.dmarcFailures.map((row) => row.DeliveryAction));
      assert.deepEqual([...actions].toSorted(), ['Blocked', 'Delivered', 'Junked']);
      const [top] = [...evidence.failingSenders].toSorted((a, b) => b[1].length - a[1].length);
      assert.deepEqual([top![0], top![1].length], ['notice@parcel-post.example', 480]);
      assert.equal(evidence.failingSenders.get('evenements@fabrikam.fr')!.length, 120);
    });

    it('clicks on DMARC failures: allowed, blocked, and one past the warning', () => {
      const lure = evidence.clicksOnFailures.filter(
        (pair) => pair.email.SenderFromAddress === 'voice@city-telecom.example',
      );
      assert.equal(lure.length, 12);
      const actions = new Set(lure.map((pair) => pair.click.ActionType));
      for (const action of ['ClickAllowed', 'ClickBlocked', 'ClickBlockedByTenantPolicy', 'UrlErrorPage'])
        assert.ok(actions.has(action), action);
      const through = lure.filter((pair) => pair.click.IsClickedThrough === true);
      assert.equal(through.length, 1);
      const warned = lure.filter((pair) => pair.click.ReportId === through[0]!.click.ReportId);
      assert.deepEqual(
        warned.map((pair) => pair.click.IsClickedThrough),
        [false, true],
      );
    });
  });
}

describe('the stories', () => {
  it('have a file each, by their name, and are of both natures', () => {
    const folder = new URL('../../src/lab/stories/', import.meta.url);
    const files = readdirSync(folder).filter((name) => name !== 'index.ts' && name !== 'story.ts');
    assert.deepEqual(stories.map((story) => `${story.name}.ts`).toSorted(), files.toSorted());
    assert.deepEqual([...new Set(stories.map((story) => story.nature))].toSorted(), ['attack', 'harmless']);
  });

  const toldIn = (messages: readonly NamedMessage[]): string[] =>
    messages.map(({ name }) => name.slice(0, name.indexOf('/')));

  it('are told whole with any seed', () => {
    const told = toldIn(demoMessages(77, unixMsFromTicks(WEDNESDAY), 20_000));
    for (const story of stories) assert.equal(told.filter((name) => name === story.name).length, story.messages);
  });

  it('are all told in a small demo too', () => {
    const told = new Set(toldIn(demoMessages(1, unixMsFromTicks(WEDNESDAY), 500)));
    assert.deepEqual(
      stories.filter((story) => !told.has(story.name)),
      [],
    );
  });
});
