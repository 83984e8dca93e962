import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

/** `world.ts` has 2026-07-18T14:00:00Z. */
const mails = [
  { Timestamp: '2026-07-18T13:59:00Z', NetworkMessageId: 'new', Subject: 'now', EmailDirection: 'Inbound' },
  { Timestamp: '2026-07-18T12:00:00Z', NetworkMessageId: 'old', Subject: 'before', EmailDirection: 'Inbound' },
  { Timestamp: '2026-07-10T12:00:00Z', NetworkMessageId: 'ancient', Subject: 'long ago', EmailDirection: 'Inbound' },
].map((row) => ({ ReportId: row.NetworkMessageId, RecipientEmailAddress: 'ada@contoso.com', ...row }));

const scheduled = (query: string, more = ''): string =>
  `name: Scheduled\nkind: Scheduled\nqueryFrequency: 1h\nqueryPeriod: 1h\n${more}query: |\n  ${query}\n`;

describe('mailhunt rules run', () => {
  let folder: string;
  let store: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailhunt-rules-run-'));
    store = join(folder, 'store');
    const rows = join(folder, 'EmailEvents.jsonl');
    await writeFile(rows, mails.map((row) => `${JSON.stringify(row)}\n`).join(''));
    assert.equal((await ran(['ingest', rows, '--store', store])).code, 0);
  });
  after(() => rm(folder, { recursive: true }));

  const file = async (name: string, text: string): Promise<string> => {
    const below = await mkdtemp(join(folder, 'rules-'));
    await writeFile(join(below, name), text);
    return join(below, name);
  };
  const run = (...argv: readonly string[]) => ran(['rules', 'run', ...argv, '--store', store]);
  const found = async (...argv: readonly string[]) => JSON.parse((await run(...argv, '--format', 'json')).out);

  it('says which rules fire, and ends with 1 where one does', async () => {
    const rule = await file('hunt.kql', '// Title: Now\nEmailEvents | where Subject == "now"\n');
    const { code, out, err } = await run(rule, '--rows', '1');
    assert.equal(code, 1, err);
    assert.match(out, /^Now +1 +yes +any row +as its query says /m);
    assert.match(out, /\nNow\n.*NetworkMessageId/);
    const quiet = await run(await file('hunt.kql', '// Title: None\nEmailEvents | where Subject == "nothing"\n'));
    assert.equal(quiet.code, 0, quiet.err);
    assert.match(quiet.out, /^None +0 +no /m);
  });

  it('gives a scheduled rule the rows of its period alone, wherever its query reads them', async () => {
    const queries = [
      'EmailEvents',
      'let Mails = EmailEvents; union Mails, EmailEvents | distinct NetworkMessageId',
      'EmailEvents | where NetworkMessageId in ((EmailEvents | project NetworkMessageId))',
      'EmailEvents | join kind=inner (EmailEvents | project ReportId) on ReportId',
      'print Ids = toscalar(EmailEvents | summarize make_set(ReportId)) | mv-expand Ids',
    ];
    for (const query of queries) {
      const rule = await file('rule.yaml', scheduled(query));
      const [seen] = await found(rule);
      assert.equal(seen.count, 1, query);
      assert.equal(seen.lookBackMilliseconds, 3_600_000);
      const [whole] = await found(rule, '--whole');
      assert.equal(whole.count, 3, query);
    }
    const hunt = await file('hunt.yaml', 'name: Hunt\nquery: EmailEvents\n');
    assert.equal((await found(hunt))[0].count, 3);
  });

  it('says where nothing is as new as the look-back', async () => {
    const rule = await file('rule.yaml', scheduled('EmailEvents'));
    const { code, err } = await run(rule, '--now', '2026-07-19T00:00:00Z');
    assert.equal(code, 0);
    assert.match(err, /it sees the last 1 h, and the newest row of EmailEvents is of 2026-07-18T13:59:00/);
  });

  it('fires by the trigger of the rule', async () => {
    const [below] = await found(
      await file('a.yaml', scheduled('EmailEvents', 'triggerOperator: gt\ntriggerThreshold: 1\n')),
    );
    assert.deepEqual([below.count, below.fires, below.trigger], [1, false, 'more than 1 row']);
    const [absent] = await found(
      await file('b.yaml', scheduled('EmailEvents | where false', 'triggerOperator: lt\ntriggerThreshold: 1\n')),
    );
    assert.deepEqual([absent.count, absent.fires], [0, true]);
  });

  it('names a rule that is refused, with its place in the file, and goes on', async () => {
    const page =
      '# Hunts\n\n## Bad\n\n```kql\nEmailEvents\n| where Betreff == ""\n```\n\n## Good\n\n```kql\nEmailEvents\n```\n';
    const { code, out, err } = await run(await file('page.md', page));
    assert.equal(code, 1);
    assert.match(err, /Bad \(.*page\.md line 7, column 9\): KQL0001 .*Betreff/);
    assert.match(out, /Good +3 +yes/);
    const period = await run(await file('rule.yaml', scheduled('EmailEvents | where Betreff == ""')));
    assert.match(period.err, /rule\.yaml line 6, column 23\)/);
    const two = await run(await file('two.yaml', 'name: Two\nquery: EmailEvents; EmailEvents\n'));
    assert.match(two.err, /RULE0021/);
  });

  it('tells warnings of the result with their place', async () => {
    const rule = await file(
      'rule.yaml',
      scheduled('EmailEvents | join kind=leftanti UrlClickEvents on NetworkMessageId'),
    );
    const { err } = await run(rule);
    assert.match(err, /^Scheduled: WARN0001: .*UrlClickEvents is empty \(line 6, column 36\)$/m);
    const list = await run(await file('list.kql', "// Title: List\n_GetWatchlist('Nobody')\n"));
    assert.match(list.err, /^List: WARN0004: .*Nobody/m);
  });

  it('takes parameters, and functions out of the files beside the rule', async () => {
    const rule = await file(
      'p.kql',
      '// Title: P\ndeclare query_parameters(days:long);\nEmailEvents | where Timestamp > ago(days * 1d)\n',
    );
    const strange = await file('q.kql', '// Title: Q\nEmailEvents\n');
    const values = await found(rule, strange, '--param', 'days=2');
    assert.deepEqual(
      values.map(({ count }: { count: number }) => count),
      [2, 3],
    );
    assert.deepEqual(values[1].warnings, []);
    const below = await mkdtemp(join(folder, 'rules-'));
    await writeFile(
      join(below, 'f.yaml'),
      'FunctionName: Recent\nFunctionQuery: |\n  EmailEvents\n  | where Timestamp > ago(1d)\n',
    );
    await writeFile(join(below, 'r.yaml'), 'name: Calls\nquery: |\n  Recent\n  | where Subject != "now"\n');
    assert.deepEqual(
      (await found(below)).map(({ count }: { count: number }) => count),
      [1],
    );
    await writeFile(join(below, 'r.yaml'), 'name: Calls\nquery: |\n  Recent\n  | where Betreff != "now"\n');
    assert.match((await run(below)).err, /r\.yaml line 4, column 11\)/);
  });

  it('stops at Ctrl-C', async () => {
    const stop = new AbortController();
    stop.abort();
    const rule = await file('hunt.kql', '// Title: Now\nEmailEvents\n');
    const { code } = await ran(['rules', 'run', rule, '--store', store], { signal: stop.signal });
    assert.equal(code, 130);
  });

  it('refuses what is no rule, no number, no format', async () => {
    const unknown = await run('no-such-rule-at-all');
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /RULE0001: no-such-rule-at-all could not be read: there is no such file, and no rule/);
    assert.equal((await run('--rows', '-1')).code, 2);
    assert.equal((await run('--format', 'toString')).code, 2);
  });

  it('fires on the mail of the lab, as the rules of the pack say', async () => {
    const lab = join(folder, 'lab-mail');
    const own = join(folder, 'lab-store');
    const name = 'exact-domain-spoof-none';
    const config = ['--config', join(lab, 'receiver.yaml'), '--store', own];
    assert.equal((await ran(['lab', 'build', lab, name])).code, 0);
    const files = [join(lab, `${name}.eml`), '--dns', join(lab, `${name}.zone`)];
    assert.equal((await ran(['ingest', ...files, ...config])).code, 0);
    const fired = await ran(['rules', 'run', 'dmarc-failure-delivered', 'direct-send-spoof', ...config]);
    assert.equal(fired.code, 1, fired.err);
    assert.match(fired.out, /^DMARC failure delivered to an inbox +1 +yes +any row +last 1 h /m);
    assert.match(fired.out, /^Spoofing: own address by Direct Send +0 +no /m);
    // a list of the store wins over the one that comes with the rules
    await mkdir(join(own, 'watchlists'));
    await writeFile(
      join(own, 'watchlists', 'KnownSenders.csv'),
      'Domain,Infrastructure\nbakery.example,203.0.113.0/24\n',
    );
    const quiet = await ran(['rules', 'run', 'dmarc-failure-delivered', ...config]);
    assert.equal(quiet.code, 0, quiet.out + quiet.err);
  });
});
