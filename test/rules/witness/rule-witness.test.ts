import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { runQuery } from '../../../src/kql/index.ts';
import { readMessage } from '../../../src/mail/index.ts';
import type { Rule, RuleWitness } from '../../../src/rules/index.ts';
import { witnessRule } from '../../../src/rules/index.ts';
import { queryRule } from '../../../src/rules/lint/query-rule.ts';
import { batchesOf } from '../../../src/rules/witness/batches.ts';
import { openSandbox, type Sandbox } from '../../../src/store/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';

const now = ticksFromUnixMs(Date.parse('2026-11-20T12:00:00Z'));

let sandbox: Sandbox;
before(async () => {
  sandbox = await openSandbox();
});
after(() => sandbox.close());

const ruleOf = (query: string): Rule => queryRule(query, 'a rule');
const search = (query: string, more = {}): Promise<RuleWitness> =>
  witnessRule(ruleOf(query), { sandbox, now, seed: 1, attempts: 8, ...more });

/** Rows that the query text itself gives over the witness. */
async function rowsOver(query: string, { witness }: RuleWitness): Promise<number> {
  await sandbox.fill(batchesOf(witness!.rows));
  let rows = 0;
  for (const { blocks } of (await runQuery(query, { catalog: sandbox.catalog, engine: sandbox.engine, now })).tables)
    for await (const block of blocks) rows += block.length;
  return rows;
}

/** Hunts, each of another kind: the rows that are built make the query text fire, and an empty store does not. */
const hunts: Readonly<Record<string, string>> = {
  'a conjunction over one table': `EmailEvents
    | where EmailDirection == "Inbound" and Subject has_any ("invoice", "payment") and DeliveryAction != "Blocked"
    | where tostring(parse_json(AuthenticationDetails).DMARC) == "fail"`,
  'a text taken apart': `EmailEvents | extend Host = extract(@"@([a-z]+)\\.example$", 1, SenderFromAddress)
    | where Host == "bank" and strlen(Subject) > 12`,
  'a join': `EmailEvents | where DeliveryAction == "Delivered"
    | join kind=inner (UrlClickEvents | where ActionType == "ClickAllowed") on NetworkMessageId
    | where Timestamp1 > Timestamp`,
  'an anti-join': `EmailEvents | where SenderFromDomain endswith ".example"
    | join kind=leftanti (EmailPostDeliveryEvents) on NetworkMessageId`,
  'a count over a group': `EmailEvents | summarize Mails = count(), People = dcount(RecipientEmailAddress) by SenderFromAddress
    | where Mails > 3 and People >= 2`,
  'a list in the text': `let Domains = dynamic(["bank.example", "museum.example"]);
    EmailEvents | where SenderFromDomain in~ (Domains) and SenderMailFromDomain !in~ (Domains)`,
};

describe('a witness', () => {
  for (const [name, query] of Object.entries(hunts))
    it(`is found for ${name}`, async () => {
      const found = await search(query);
      assert.deepEqual(found.obstacles, []);
      assert.ok((await rowsOver(query, found)) > 0);
      assert.equal(await rowsOver(query, { ...found, witness: { rows: [], lists: [] } }), 0);
    });

  it('holds what the columns are known to hold, where that does', async () => {
    const { witness } = await search(
      `EmailEvents | where AuthenticationDetails has 'DMARC":"fail' and EmailDirection != "Inbound"`,
    );
    const [row] = witness!.rows;
    assert.match(String(row!.cells.get('AuthenticationDetails')), /^\{("[A-Za-z]+":"[a-z]+",?)+\}$/);
    assert.match(String(row!.cells.get('EmailDirection')), /^(Outbound|Intra-org)$/);
  });

  it('names the cells that matter', async () => {
    const { witness } = await search('EmailEvents | where Subject has "invoice"');
    assert.deepEqual([...witness!.rows[0]!.decisive], ['Subject']);
  });

  it('fills a watchlist that the rule reads', async () => {
    const query = `EmailEvents | where SenderFromDomain in~ ((_GetWatchlist('SenderDomains') | project SearchKey))`;
    const { witness } = await search(query);
    const [list] = witness!.lists;
    assert.equal(list!.name, '_GetWatchlist("SenderDomains")');
    const key = String(list!.rows[0]!.get('SearchKey')).toLowerCase();
    assert.equal(String(witness!.rows[0]!.cells.get('SenderFromDomain')).toLowerCase(), key);
  });

  it('is the same for the same seed', async () => {
    const [a, b] = [await search(hunts['a join']!), await search(hunts['a join']!)];
    assert.deepEqual(a.witness, b.witness);
  });
});

describe('without a witness', () => {
  it('the predicates that stand in the way are named with their places', async () => {
    const { witness, obstacles } = await search('EmailEvents\n| where Subject == "a" and strlen(Subject) > 3');
    assert.equal(witness, undefined);
    const [first] = obstacles;
    assert.ok(['Subject == "a"', 'strlen(Subject) > 3'].includes(first!.text));
    assert.equal(first!.kind, 'never-true');
    assert.equal(first!.place?.line, 2);
  });

  it('a query that can have no row says so', async () => {
    const { obstacles } = await search('datatable(a: long)[] | where a > 1');
    assert.deepEqual(
      obstacles.map(({ kind }) => kind),
      ['no-rows'],
    );
  });

  it('a text that does not compile is its error', async () => {
    await assert.rejects(search('EmailEvents | where Subjekt == ""'), { code: 'KQL0001' });
  });
});

test('a query that blows up is ended', async () => {
  const numbers = '(range b from 1 to 100000 step 1 | extend k = 1)';
  const query = `range a from 1 to 100000 step 1 | extend k = 1 | join kind=inner ${numbers} on k
    | join kind=inner ${numbers} on k | summarize s = sum(a * b * b1) by bin(a, 7)`;
  await assert.rejects(search(query, { seconds: 1 }), { code: 'RULE0023' });
});

describe('the message of a witness', () => {
  const query = `EmailEvents | where SenderFromDomain == "bank.example"
    | where tostring(parse_json(AuthenticationDetails).DMARC) == "fail" and Subject has "invoice"`;

  it('is a real one, of which the checks say what the rule asks for', async () => {
    const { message } = await search(query);
    assert.ok(message !== undefined && 'bytes' in message, JSON.stringify(message));
    const from = readMessage(message.bytes).fields.find(({ name }) => name.toLowerCase() === 'from');
    assert.match(String(from?.value ?? message.bytes), /@bank\.example/);
    assert.ok(message.records.some((record) => record.includes('v=DMARC1; p=reject')));
  });

  it('is marked, goes to nobody’s domain but one’s own, and holds no line that an address smuggles in', async () => {
    const found = await search('EmailEvents | where RecipientEmailAddress == "a@bank.example"');
    assert.match(String((found.message as { bytes: Buffer }).bytes), /^X-Mailhunt-Lab: witness; /);
    for (const [address, refusal] of [
      ['a@bank.com', /would go to bank\.com, which somebody has/],
      ['a@bank.example\\r\\nBcc: b@bank.example', /no message has the address/],
    ] as const) {
      const { message } = await search(`EmailEvents | where RecipientEmailAddress == "${address}"`);
      assert.match((message as { refusal: string }).refusal, refusal);
    }
  });

  it('is not written in the name of a domain that somebody has', async () => {
    const { message } = await search(query.replace('bank.example', 'bank.com'));
    assert.ok(message !== undefined && 'refusal' in message);
    assert.match(message.refusal, /bank\.com, which somebody has/);
    const own = await search(query.replace('bank.example', 'bank.com'), { own: ['bank.com'] });
    assert.ok('bytes' in own.message!);
  });

  it('is refused where a rule needs more than one', async () => {
    const { message } = await search(hunts['a count over a group']!);
    assert.match((message as { refusal: string }).refusal, /needs \d+ messages/);
    const joined = await search(hunts['a join']!);
    assert.match((joined.message as { refusal: string }).refusal, /rows of UrlClickEvents/);
  });
});
