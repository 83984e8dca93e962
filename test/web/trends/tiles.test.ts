import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { runQuery } from '../../../src/kql/index.ts';
import { openSandbox, type Sandbox } from '../../../src/store/index.ts';
import { parseDatetime } from '../../../src/values/index.ts';
import { tiles } from '../../../web/src/trends/tiles.ts';

const NOW = parseDatetime('2026-07-18T12:00:00Z') as bigint;
const DAY = 864_000_000_000n;

const details = (dmarc: string, action = ''): string =>
  JSON.stringify({
    SPF: 'fail',
    DKIM: 'none',
    DMARC: dmarc,
    CompAuth: dmarc,
    AuthenticationResults: `dmarc=${dmarc}${action}`,
  });

const emailColumns = [
  'Timestamp',
  'NetworkMessageId',
  'SenderFromDomain',
  'SenderIPv4',
  'RecipientEmailAddress',
  'Subject',
  'EmailDirection',
  'DeliveryAction',
  'DeliveryLocation',
  'AuthenticationDetails',
];

/** One failing message that was delivered and clicked, one that was blocked, one that passes, one of one's own. */
const emails = [
  [
    1n,
    'm1',
    'partner.example',
    '203.0.113.1',
    'a@contoso.com',
    'One',
    'Inbound',
    'Delivered',
    'Inbox/folder',
    details('fail'),
  ],
  [
    2n,
    'm2',
    'contoso.com',
    '203.0.113.2',
    'a@contoso.com',
    'Two',
    'Inbound',
    'Blocked',
    'Quarantine',
    details('fail', ' action=oreject'),
  ],
  [
    3n,
    'm3',
    'partner.example',
    '203.0.113.3',
    'b@contoso.com',
    'Three',
    'Inbound',
    'Delivered',
    'Inbox/folder',
    details('pass'),
  ],
  [4n, 'm4', 'contoso.com', '', 'x@partner.example', 'Four', 'Outbound', 'Delivered', '', details('pass')],
];

const checkColumns = ['Timestamp', 'NetworkMessageId', 'Method', 'Result', 'Reason', 'ReasonCode', 'Domain', 'Policy'];
const checks = [
  [1n, 'm1', 'DMARC', 'fail', '', '', 'partner.example', 'none'],
  [3n, 'm3', 'DMARC', 'pass', '', '', 'partner.example', 'none'],
  [2n, 'm2', 'DMARC', 'fail', '', '', 'contoso.com', 'reject'],
  [2n, 'm2', 'CompAuth', 'fail', 'own domain', '010', 'contoso.com', ''],
];

const text = (cells: readonly unknown[]): string =>
  `[${cells.map((cell) => (typeof cell === 'bigint' ? String(NOW - cell * DAY) : JSON.stringify(cell))).join(',')}]`;

/** A tile, and what it gives over that mail, as far as it matters. */
const wanted: Readonly<Record<string, readonly string[]>> = {
  figures: ['[3,2,1,1,1]'],
  senders: ['"partner.example",1,1,1,1', '"contoso.com",1,1,0,0'],
  clicked: ['11,"a@contoso.com","partner.example","One"'],
  readiness: [
    '"contoso.com","reject","enforced: what fails is forged or lost"',
    '"partner.example","none","not ready",50',
  ],
  reasons: ['"fail","010","own domain",1'],
  own: ['"contoso.com","203.0.113.2",1,0,1'],
  dmarc: ['"fail",1', '"pass",1'],
  delivered: ['"Inbox/folder",1', '"Quarantine",1'],
};

describe('the tiles of Trends', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await openSandbox();
    const click = [1n, 'm1', 'a@contoso.com', 'https://x.example/', 'ClickAllowed', true];
    const clicked = text(click).replace(String(NOW - DAY), String(NOW - DAY + 11n * 600_000_000n));
    await sandbox.fill([
      { table: 'EmailEvents', columns: emailColumns, rows: emails.map(text) },
      { table: 'EmailAuthentication', columns: checkColumns, rows: checks.map(text) },
      {
        table: 'UrlClickEvents',
        columns: ['Timestamp', 'NetworkMessageId', 'AccountUpn', 'Url', 'ActionType', 'IsClickedThrough'],
        rows: [clicked],
      },
    ]);
  });
  after(() => sandbox.close());

  for (const { id, kql, view } of tiles)
    it(`${id} answers, with no warning`, async () => {
      const { tables, warnings } = await runQuery(kql(30), {
        catalog: sandbox.catalog,
        engine: sandbox.engine,
        now: NOW,
      });
      const rows: string[] = [];
      for await (const block of tables[0]!.blocks) rows.push(...block);
      assert.deepEqual(warnings, []);
      assert.equal(tables.length, 1);
      for (const part of wanted[id] ?? []) assert.ok(rows.join('\n').includes(part), `${part} in\n${rows.join('\n')}`);
      assert.ok(rows.length > 0);
      if (view === 'chart') assert.equal(tables[0]!.visualization?.kind, 'columnchart');
    });

  it('looks back as far as it is told', async () => {
    const { tables } = await runQuery(tiles[0]!.kql(1), {
      catalog: sandbox.catalog,
      engine: sandbox.engine,
      now: NOW + DAY,
    });
    const rows: string[] = [];
    for await (const block of tables[0]!.blocks) rows.push(...block);
    assert.deepEqual(rows, ['[0,0,0,0,0]']);
  });
});
