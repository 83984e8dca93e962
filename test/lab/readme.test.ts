import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, it } from 'node:test';
import { DEMO_SEED } from '../../src/lab/index.ts';
import { staff } from '../../src/lab/organisation.ts';
import { stories } from '../../src/lab/stories/index.ts';
import { batchesOf, SUNDAY, type Tables, tablesOf, WEDNESDAY } from './demo-tables.ts';
import { type Evidence, evidenceOf } from './evidence.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').replace(/\s+/g, ' ');
const number = (n: number): string => n.toLocaleString('en-US');
const says = (words: string): void => assert.ok(readme.includes(words), `the README does not say: ${words}`);

// Whatever day it is started on, the demo has these numbers: two days that have nothing in common stand for all.
for (const [name, now] of [
  ['a Wednesday', WEDNESDAY],
  ['a Sunday', SUNDAY],
] as const) {
  describe(`the numbers of the README are those of the demo on ${name}`, () => {
    let tables: Tables;
    let evidence: Evidence;
    before(async () => {
      tables = tablesOf(await batchesOf({ seed: DEMO_SEED, now }));
      evidence = evidenceOf(tables, now);
    });

    it('rows of each table, people, stories', () => {
      const words = ['ten', 'eleven', 'twelve'];
      says(`${number(tables.EmailEvents!.length)} rows of \`EmailEvents\``);
      for (const table of Object.keys(tables).filter((name) => name !== 'EmailEvents'))
        says(`${number(tables[table]!.length)} of \`${table}\``);
      says(`${staff.length} people`);
      says(`lie ${words[stories.length - 10]} stories`);
    });

    it('the five senders that fail DMARC most', () => {
      const groups = [...evidence.failingSenders].toSorted((a, b) => b[1].length - a[1].length);
      for (const [sender, rows] of groups.slice(0, 5)) {
        const recipients = new Set(rows.map((row) => row.RecipientEmailAddress));
        says(`| ${sender} | ${rows.length} | ${recipients.size} |`);
      }
    });

    it('what each hunt finds', () => {
      const wave = tables.EmailEvents!.filter((row) => row.SenderMailFromDomain === 'relay.bulk-wave.test');
      const weekday = (row: (typeof wave)[number]): number =>
        Number(((row.Timestamp as bigint) / 864000000000n + 1n) % 7n);
      const saturday = wave.filter((row) => weekday(row) === 6).length;
      says(`${evidence.ownDomainTemperrors.length} messages`);
      says(`${wave.length} forged parcel notices: ${saturday} on Saturday, ${wave.length - saturday} on Sunday`);
      says(`${number(evidence.dmarcFailures.length)} rows`);
      says(`${evidence.failingSenders.size} senders`);
      says(`${number(evidence.joinedRows)} rows, ${evidence.clicksOnFailures.length} of them with a click`);
      assert.ok(evidence.lastHourForgeries.length >= 11);
    });
  });
}
