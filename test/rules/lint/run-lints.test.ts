import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Lint, Subject } from '../../../src/rules/lint/lint.ts';
import { runLints } from '../../../src/rules/lint/run-lints.ts';
import { now, queryRule, wordLint } from './rules.ts';

const rule = (query: string, path = 'a.kql') => queryRule(query, path);
const subjects = async (query: string, target: 'defender' | 'sentinel' | 'mailhunt') => {
  const seen: Subject[] = [];
  const check = (subject: Subject) => {
    seen.push(subject);
    return [];
  };
  const spy: Lint = { ...wordLint('MH299', 'x'), check };
  await runLints([rule(query)], [spy], { now, target });
  return seen[0]!;
};
const mistakes = async (query: string, target: 'defender' | 'sentinel' | 'mailhunt') =>
  (await subjects(query, target)).reading?.diagnostics
    .filter(({ severity }) => severity === 'Error')
    .map(({ code }) => code);

describe('running lints', () => {
  it('finds with place in the file, in the order of places', async () => {
    const rules = [rule('EmailEvents\n| where Two == One', 'b.kql'), rule('One', 'a.kql')];
    const { findings } = await runLints(rules, [wordLint('MH202', 'Two'), wordLint('MH201', 'One')], { now });
    const places = findings.map(({ rule: { provenance }, place, lint }) => [
      provenance.path,
      place.line,
      place.column,
      lint.id,
    ]);
    assert.deepEqual(places, [
      ['a.kql', 1, 1, 'MH201'],
      ['b.kql', 2, 9, 'MH202'],
      ['b.kql', 2, 16, 'MH201'],
    ]);
  });

  it('goes on where a lint throws, and names lint and rule', async () => {
    const broken: Lint = {
      ...wordLint('MH201', 'x'),
      *check() {
        yield { message: 'First.' };
        throw new TypeError('no such thing');
      },
    };
    const report = await runLints([rule('T')], [broken, wordLint('MH202', 'T')], { now });
    assert.deepEqual(
      report.defects.map(({ code, message }) => [code, message]),
      [['LINT0001', 'the lint MH201 failed on the rule a.kql of a.kql: no such thing']],
    );
    assert.deepEqual(report.findings.map(({ lint }) => lint.id).sort(), ['MH201', 'MH202']);
  });

  it('takes the query under the heading Sentinel for one of Sentinel', async () => {
    const seen: string[] = [];
    const check = ({ target }: Subject) => {
      seen.push(target);
      return [];
    };
    const named = (name: string) => ({ ...rule('T'), format: 'markdown' as const, name });
    const rules = [named('Rare senders: Defender XDR'), named('Rare senders: Sentinel'), named('Sentinel of the gate')];
    await runLints(rules, [{ ...wordLint('MH299', 'x'), check }], { now });
    assert.deepEqual(seen, ['defender', 'sentinel', 'defender']);
  });

  it('says why there is no reading, and runs lints all the same', async () => {
    for (const [query, code] of [
      ['', 'KQL0003'],
      ['.drop table T', 'KQL0009'],
      [`print ${'('.repeat(600)}1${')'.repeat(600)}`, 'KQL0006'],
    ] as const) {
      const { reading, unread } = await subjects(query, 'defender');
      assert.equal(reading, undefined);
      assert.equal(unread?.code, code);
    }
  });

  it('runs only the lints of its target', async () => {
    const sentinelOnly = wordLint('MH201', 'T', { targets: ['sentinel'] });
    const found = async (target: 'defender' | 'sentinel') =>
      (await runLints([rule('T')], [sentinelOnly], { now, target })).findings.length;
    assert.deepEqual([await found('defender'), await found('sentinel')], [0, 1]);
  });

  it('takes severity and off from the settings, and their target', async () => {
    const lints = [wordLint('MH201', 'T'), wordLint('MH202', 'T'), wordLint('MH203', 'T', { targets: ['mailhunt'] })];
    const config = { target: 'mailhunt', severities: { MH201: 'off', MH202: 'note' }, ignore: [] } as const;
    const { findings } = await runLints([rule('T')], lints, { now, config });
    assert.deepEqual(
      findings.map(({ lint, severity }) => [lint.id, severity]),
      [
        ['MH202', 'note'],
        ['MH203', 'warning'],
      ],
    );
  });

  it('stops at its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await assert.rejects(runLints([rule('T')], [], { now, signal }), /enough/);
  });

  it('does not drown in findings of one lint', async () => {
    const { findings } = await runLints([rule(`T // ${'T '.repeat(500)}`)], [wordLint('MH201', 'T')], { now });
    assert.equal(findings.length, 200);
  });
});

describe('what a target has', () => {
  it('Defender: its tables, neither columns of Sentinel nor tables of ours', async () => {
    assert.deepEqual(await mistakes('EmailEvents | where Timestamp > ago(1d)', 'defender'), []);
    assert.deepEqual(await mistakes('EmailEvents | where TimeGenerated > ago(1d)', 'defender'), ['KS142']);
    assert.notDeepEqual(await mistakes('SigninLogs | take 1', 'defender'), []);
    assert.notDeepEqual(await mistakes('EmailAuthentication | take 1', 'defender'), []);
    assert.deepEqual(await mistakes('EmailEvents | where ingestion_time() > ago(1d)', 'defender'), []);
  });

  it('Sentinel: TimeGenerated and its own tables', async () => {
    assert.deepEqual(
      await mistakes('EmailEvents | where TimeGenerated > ago(1d) | project Type, TenantId', 'sentinel'),
      [],
    );
    assert.deepEqual(await mistakes('SigninLogs | where TimeGenerated > ago(1d)', 'sentinel'), []);
    assert.deepEqual(await mistakes('IdentityInfo | where Timestamp > ago(1d)', 'sentinel'), ['KS142']);
    assert.deepEqual(await mistakes('EmailUrlInfo | summarize sum(_BilledSize)', 'sentinel'), []);
    const { table } = await subjects('EmailEvents', 'sentinel');
    assert.ok(table('emailevents')?.columns.some(({ name }) => name === 'TimeGenerated'));
    assert.equal(table('EmailAuthentication'), undefined);
  });

  it('mailhunt: what the store has', async () => {
    assert.deepEqual(await mistakes('EmailAuthentication | where Method == "SPF"', 'mailhunt'), []);
    assert.deepEqual(await mistakes('EmailEvents | where TimeGenerated > ago(1d) | project _extra', 'mailhunt'), []);
  });

  it('watchlists of any name and column, but no columns out of nothing', async () => {
    const list = "let Own = _GetWatchlist('Own') | project Domain = tolower(DomainName), SearchKey;";
    const read = await subjects(`${list} EmailEvents | where SenderFromDomain in ((Own | project Domain))`, 'defender');
    assert.deepEqual(
      read.reading?.diagnostics.filter(({ severity }) => severity === 'Error'),
      [],
    );
    assert.equal(read.reading?.refusal, undefined);
    assert.equal(read.reading?.plans.length, 1);
    assert.deepEqual(await mistakes(`${list} EmailEvents | where Subjekt == ""`, 'defender'), ['KS142']);
  });

  it('reads externaldata without loading it', async () => {
    const query =
      "let bad = externaldata(h:string) ['https://lists.example/bad.csv'] with (format='csv'); EmailEvents | where SenderFromDomain in (bad)";
    const { reading } = await subjects(query, 'defender');
    assert.equal(reading?.refusal, undefined);
    assert.equal(reading?.plans.length, 1);
  });
});
