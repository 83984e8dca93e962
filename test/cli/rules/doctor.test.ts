import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Examination } from '../../../src/rules/index.ts';
import { ran } from '../world.ts';

/** `world.ts` has 2026-07-18T14:00:00Z: three days of mail. */
const mails = ['2026-07-18T13:59:00Z', '2026-07-15T14:00:00Z'].map((Timestamp, i) => ({
  Timestamp,
  NetworkMessageId: `mail-${i}`,
  ReportId: `mail-${i}`,
  RecipientEmailAddress: 'ada@contoso.com',
}));

describe('mailhunt rules doctor', () => {
  let folder: string;
  let store: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailhunt-rules-doctor-'));
    store = join(folder, 'store');
    const rows = join(folder, 'EmailEvents.jsonl');
    await writeFile(rows, mails.map((row) => `${JSON.stringify(row)}\n`).join(''));
    assert.equal((await ran(['ingest', rows, '--store', store])).code, 0);
    await mkdir(join(store, 'watchlists'));
    await writeFile(join(store, 'watchlists', 'Full.csv'), 'Address\nceo@contoso.com\n');
    await writeFile(join(store, 'watchlists', 'Empty.csv'), 'Address\n');
    await writeFile(join(store, 'watchlists', 'Bare.csv'), 'Address\n');
  });
  after(() => rm(folder, { recursive: true }));

  const doctor = async (query: string, ...argv: readonly string[]) => {
    const rule = join(folder, 'rule.kql');
    await writeFile(rule, `// Title: Rule\n${query}\n`);
    return ran(['rules', 'doctor', rule, '--store', store, ...argv]);
  };
  const examined = async (query: string, ...argv: readonly string[]) => {
    const { code, out } = await doctor(query, '--format', 'json', ...argv);
    const [{ state, lacks }] = JSON.parse(out) as [Pick<Examination, 'state' | 'lacks'>];
    assert.equal(code, state === 'ready' ? 0 : 1);
    return { state, lacks: lacks.map(({ kind, weight, what }) => `${kind} ${weight} ${what}`), full: lacks };
  };

  it('finds a rule ready that has all it needs', async () => {
    const { code, out } = await doctor('EmailEvents | where Timestamp > ago(2d)');
    assert.equal(code, 0);
    assert.match(out, /^ready +Rule\n\n1 ready, 0 partly, 0 not\n$/);
  });

  it('says how far back rows go, and what is as new as they should be', async () => {
    const { state, lacks, full } = await examined('EmailEvents | where Timestamp > ago(14d)');
    assert.deepEqual([state, lacks], ['partly', ['look-back weakens EmailEvents']]);
    assert.match(full[0]!.text, /^it looks back 14 d, and EmailEvents begins at 2026-07-15T14:00:00Z$/);
    const late = await examined('EmailEvents | where Timestamp > ago(1h)', '--now', '2026-08-01');
    assert.match(late.full[0]!.text, /the newest row of EmailEvents is of 2026-07-18T13:59:00Z/);
  });

  const tables: readonly (readonly [query: string, lack: string])[] = [
    ['UrlClickEvents', 'table stops UrlClickEvents'],
    ['EmailEvents | join kind=inner UrlClickEvents on NetworkMessageId', 'table stops UrlClickEvents'],
    ['EmailEvents | join kind=leftanti UrlClickEvents on NetworkMessageId', 'table weakens UrlClickEvents'],
    ['union EmailEvents, UrlClickEvents', 'table weakens UrlClickEvents'],
    ['UrlClickEvents | summarize count()', 'table weakens UrlClickEvents'],
    [
      'EmailEvents | where NetworkMessageId in ((UrlClickEvents | project NetworkMessageId))',
      'table stops UrlClickEvents',
    ],
    [
      'EmailEvents | where NetworkMessageId !in ((UrlClickEvents | project NetworkMessageId))',
      'table weakens UrlClickEvents',
    ],
  ];
  for (const [query, lack] of tables)
    it(`tells an empty table that stops a rule from one that does not: ${query}`, async () => {
      assert.deepEqual((await examined(query)).lacks, [lack]);
    });

  const one = (alias: string): string => `(_GetWatchlist('${alias}') | project SearchKey)`;
  const lists: readonly (readonly [query: string, state: string, lacks: readonly string[]])[] = [
    [`EmailEvents | where SenderFromAddress in (${one('Full')})`, 'ready', []],
    [`EmailEvents | where SenderFromAddress !in (${one('Empty')})`, 'ready', ['watchlist hint Empty']],
    [`EmailEvents | where SenderFromAddress in (${one('Empty')})`, 'not', ['watchlist stops Empty']],
    [`EmailEvents | where SenderFromAddress !in (${one('Nobody')})`, 'partly', ['watchlist weakens Nobody']],
    [
      `EmailEvents | where SenderFromAddress in (${one('Empty')}) or SenderFromAddress in (${one('Full')})`,
      'ready',
      ['watchlist hint Empty'],
    ],
    [
      `EmailEvents | where SenderFromAddress in (${one('Empty')}) and SenderFromAddress !in (${one('Bare')})`,
      'not',
      ['watchlist stops Empty', 'watchlist hint Bare'],
    ],
    [
      `EmailEvents | where SenderFromAddress in (${one('Empty')}) and SenderFromAddress in (${one('Bare')})`,
      'not',
      ['watchlist stops Empty', 'watchlist stops Bare'],
    ],
    [`// _GetWatchlist('Commented')\nEmailEvents`, 'ready', []],
  ];
  for (const [query, state, lacks] of lists)
    it(`judges lists: ${query}`, async () => {
      const found = await examined(query);
      assert.deepEqual([found.state, found.lacks], [state, lacks]);
    });

  it('tells of parameters, enrichments, addresses and queries that do not compile', async () => {
    const parameter = 'declare query_parameters(days:long);\nEmailEvents | where Timestamp > ago(days * 1d)';
    assert.deepEqual((await examined(parameter)).lacks, ['parameter stops days']);
    assert.equal((await examined(parameter, '--param', 'days=2')).state, 'ready');
    const enriched = await examined('EmailEvents | extend SHA1 = "x" | invoke FileProfile(SHA1)');
    assert.deepEqual([enriched.state, enriched.lacks], ['partly', ['enrichment weakens WARN0003']]);
    const addresses = ['https://lists.example/a.csv?key=secret', 'https://lists.example/b.csv'];
    const outside = await examined(
      `EmailEvents | where Subject in (externaldata(d:string)[${addresses.map((url) => JSON.stringify(url)).join(', ')}])`,
    );
    assert.equal(outside.state, 'not');
    assert.deepEqual(outside.lacks, [
      'address stops https://lists.example/a.csv',
      'address stops https://lists.example/b.csv',
    ]);
    assert.ok(!JSON.stringify(outside.full).includes('secret'));
    const broken = await examined('EmailEvents\n| where Betreff == ""');
    assert.deepEqual([broken.state, broken.lacks], ['not', ['query stops KQL0001']]);
    assert.deepEqual(broken.full[0]!.place, { line: 3, column: 9 });
  });

  it('examines the rules that come with mailhunt, with their lists', async () => {
    const { code, out, err } = await ran(['rules', 'doctor', 'payment-to-finance', '--store', store]);
    assert.equal(code, 1);
    assert.equal(err, '');
    assert.match(out, /^not +First contact writes to finance about payment$/m);
    assert.match(out, /the watchlist FinancePeople is empty, and without it nothing is found/);
    assert.match(out, /^To find anything\n +fill watchlists\/FinancePeople\.csv .* \(1 rule\)$/m);
    assert.match(out, /^0 ready, 0 partly, 1 not$/m);
  });

  it('says names of hostile rules harmlessly', async () => {
    await writeFile(join(folder, 'bad.yaml'), 'name: "A\\x1b[2J\\nready B"\nquery: EmailEvents\n');
    const { out } = await ran(['rules', 'doctor', join(folder, 'bad.yaml'), '--store', store]);
    assert.ok(!out.includes('\u001b'));
    assert.doesNotMatch(out, /^ready B/m);
  });
});
