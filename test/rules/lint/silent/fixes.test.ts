import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runQuery } from '../../../../src/kql/index.ts';
import { fixedQuery } from '../../../../src/rules/lint/fixed-query.ts';
import { queryRule } from '../../../../src/rules/lint/query-rule.ts';
import { runLints } from '../../../../src/rules/lint/run-lints.ts';
import { silentLints } from '../../../../src/rules/lint/silent/index.ts';
import { openSandbox, type Sandbox } from '../../../../src/store/index.ts';
import { ticksFromUnixMs } from '../../../../src/values/index.ts';

const now = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));

/** A query with a mistake, and what it gives before and after its fix over the same rows. */
interface FixCase {
  readonly lint: string;
  readonly query: string;
  readonly before: readonly (readonly unknown[])[];
  readonly after: readonly (readonly unknown[])[];
}

/** Message m1 goes to three people and has two links and one file; m2 to one person, with two verdicts. */
const batches = [
  {
    table: 'EmailEvents',
    columns: [
      'NetworkMessageId',
      'RecipientEmailAddress',
      'SenderFromAddress',
      'SenderFromDomain',
      'SenderMailFromDomain',
      'Subject',
      'ThreatTypes',
      'DeliveryAction',
    ],
    rows: [
      '["m1","a@contoso.test","CEO@fabrikam.test","fabrikam.test","Fabrikam.test","Software: offer","Phish","Delivered"]',
      '["m1","b@contoso.test","CEO@fabrikam.test","fabrikam.test","Fabrikam.test","Software: offer","Phish","Delivered"]',
      '["m1","c@contoso.test","CEO@fabrikam.test","fabrikam.test","Fabrikam.test","Software: offer","Phish","Delivered"]',
      '["m2","a@contoso.test","ceo@fabrikam.test","other.test","other.test","RE: offer","Phish, Spam","Blocked"]',
    ],
  },
  {
    table: 'EmailUrlInfo',
    columns: ['NetworkMessageId', 'Url', 'UrlDomain', 'UrlLocation'],
    rows: [
      '["m1","https://one.test/","one.test","Body"]',
      '["m1","https://two.test/","two.test","Body"]',
      '["m2","https://two.test/x","two.test","Body"]',
    ],
  },
];

const cases: readonly FixCase[] = [
  {
    lint: 'MH201',
    query:
      'EmailEvents | join EmailUrlInfo on NetworkMessageId | project Host = iff(RecipientEmailAddress == "", "", UrlDomain) | sort by Host asc',
    before: [['one.test'], ['two.test'], ['two.test']],
    after: [['one.test'], ['one.test'], ['one.test'], ['two.test'], ['two.test'], ['two.test'], ['two.test']],
  },
  {
    lint: 'MH204',
    query: 'EmailEvents | where ThreatTypes == "Phish" | count',
    before: [[3]],
    after: [[4]],
  },
  {
    lint: 'MH204',
    query: 'EmailEvents | where ThreatTypes in ("Phish", "Malware") | count',
    before: [[3]],
    after: [[4]],
  },
  {
    lint: 'MH204',
    query: 'EmailEvents | where ThreatTypes != "Phish" | count',
    before: [[1]],
    after: [[0]],
  },
  {
    lint: 'MH209',
    query: 'EmailEvents | summarize Blocked = countif(DeliveryAction == "Blocked") / count() * 100',
    before: [[0]],
    after: [[25]],
  },
  {
    lint: 'MH216',
    query: 'EmailEvents | where SenderFromAddress == "CEO@fabrikam.test" | count',
    before: [[3]],
    after: [[4]],
  },
  {
    lint: 'MH216',
    query: 'EmailEvents | where SenderFromAddress !in ("CEO@fabrikam.test", "none@fabrikam.test") | count',
    before: [[1]],
    after: [[0]],
  },
  {
    lint: 'MH217',
    query: 'EmailEvents | where SenderFromDomain != SenderMailFromDomain | count',
    before: [[3]],
    after: [[0]],
  },
  {
    lint: 'MH213',
    query: 'EmailEvents | where SenderFromAddress == "ceo@fabrikam.test" | count',
    before: [[1]],
    after: [[4]],
  },
  {
    lint: 'MH222',
    query: 'EmailEvents | sort by Subject asc | summarize Mails = count() by SenderFromDomain | sort by Mails asc',
    before: [
      ['other.test', 1],
      ['fabrikam.test', 3],
    ],
    after: [
      ['other.test', 1],
      ['fabrikam.test', 3],
    ],
  },
  {
    lint: 'MH225',
    query: 'EmailEvents | where Subject contains "RE:" | count',
    before: [[4]],
    after: [[1]],
  },
];

describe('fixes of silent lints', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await openSandbox();
    await sandbox.fill(batches);
  });
  after(() => sandbox.close());

  const rowsOf = async (query: string): Promise<unknown> => {
    const { catalog, engine } = sandbox;
    const { tables } = await runQuery(query, { catalog, engine, now });
    const rows: unknown[] = [];
    for await (const block of tables[0]?.blocks ?? []) rows.push(...block.map((row) => JSON.parse(row)));
    return rows;
  };

  for (const { lint, query, ...wanted } of cases)
    it(`${lint}: ${query}`, async () => {
      const report = await runLints([queryRule(query, 'a query')], silentLints, { now, target: 'defender' });
      const fixes = report.findings.flatMap(({ lint: { id }, fix }) => (id === lint && fix !== undefined ? [fix] : []));
      assert.notEqual(fixes.length, 0, 'a fix is offered');
      const fixed = fixedQuery(query, fixes).text;
      assert.deepEqual(await rowsOf(query), wanted.before);
      assert.deepEqual(await rowsOf(fixed), wanted.after);
    });

  it('has a case for each lint that fixes', async () => {
    const fixing = await Promise.all(
      silentLints.map(async (lint) => {
        const rules = lint.examples.map(({ wrong }) => queryRule(wrong, 'an example'));
        const { findings } = await runLints(rules, [lint], { now });
        return findings.some(({ fix }) => fix !== undefined) ? [lint.id] : [];
      }),
    );
    assert.deepEqual([...new Set(cases.map(({ lint }) => lint))], fixing.flat());
  });
});
