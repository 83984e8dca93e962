import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deployLints } from '../../../../src/rules/lint/deploy/index.ts';
import { fixedQuery } from '../../../../src/rules/lint/fixed-query.ts';
import type { LintTarget } from '../../../../src/rules/lint/lint.ts';
import { queryRule } from '../../../../src/rules/lint/query-rule.ts';
import { runLints } from '../../../../src/rules/lint/run-lints.ts';
import type { Rule } from '../../../../src/rules/rule.ts';
import { ticksFromUnixMs } from '../../../../src/values/index.ts';

const now = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));
const HOUR = 3_600_000;

/** `MH301 let`: ids with the text that they stand at. */
async function found(query: string, given: Partial<Rule> = {}, target: LintTarget = 'defender'): Promise<string[]> {
  const report = await runLints([queryRule(query, 'test', given)], deployLints, { now, target });
  assert.deepEqual(report.defects, []);
  return report.findings.map(({ lint, span }) =>
    span === undefined ? lint.id : `${lint.id} ${query.slice(span.start, span.start + span.length)}`,
  );
}

const nrt = { kind: 'nrt' } as const;
const every = (hours: number, period?: number): Partial<Rule> => ({
  kind: 'scheduled',
  schedule: { frequency: hours * HOUR, ...(period === undefined ? {} : { period: period * HOUR }) },
});

describe('what a continuous rule cannot have', () => {
  it('is found each at its place', async () => {
    const query =
      'let W = "a";\nEmailEvents // c\n| where Subject has W\n| join EmailUrlInfo on NetworkMessageId\n| summarize count() by Url';
    const places = (await found(query, nrt)).filter((place) => place.startsWith('MH301'));
    assert.deepEqual(places, ['MH301 let', 'MH301 // c', 'MH301 join', 'MH301 EmailUrlInfo', 'MH301 summarize']);
  });

  it('is said of a hunt whose second description promises NRT, for Sentinel only as a custom detection', async () => {
    const query = "let Own = pack_array('a.test');\nEmailEvents\n| where SenderFromDomain in (Own)";
    const hunt = (detailed: string) => ({ document: { 'description-detailed': detailed } });
    const detection = hunt('A custom detection, which can be run in Continuous (NRT) frequency.');
    assert.deepEqual(await found(query, detection), ['MH303 let']);
    assert.deepEqual(await found(query, detection, 'sentinel'), ['MH303 let']);
    assert.deepEqual(await found(query, hunt('Can be run as NRT.'), 'sentinel'), []);
  });

  it('is not tostring() of what parse_json() made of a text, as Microsoft’s own example has it', async () => {
    const query = 'EmailEvents | extend A = parse_json(AuthenticationDetails) | where tostring(A.DMARC) == "fail"';
    assert.deepEqual(await found(query, nrt), []);
    assert.deepEqual(await found('CloudAppEvents | where tostring(RawEventData.X) has "a"', nrt), ['MH301 tostring']);
  });

  it('is not the slashes in a text', async () => {
    assert.deepEqual(
      await found('EmailUrlInfo | where Url startswith "https://a.example/" and NetworkMessageId != ""', nrt),
      ['MH312 where Url startswith "https://a.example/" and NetworkMessageId != ""'],
    );
  });

  it('is a parse into more than ten columns', async () => {
    const parse = (count: number) =>
      `EmailEvents | parse Subject with ${Array.from({ length: count }, (_, i) => `"${i}" c${i}`).join(' ')}`;
    assert.deepEqual(
      (await found(parse(11), nrt)).filter((place) => /MH30/.test(place)),
      ['MH301 parse'],
    );
    assert.deepEqual(
      (await found(parse(10), nrt)).filter((place) => /MH30/.test(place)),
      [],
    );
  });

  it('is said of no hunt that promises nothing', async () => {
    assert.deepEqual(await found('let W = "a";\nEmailEvents | where Subject has W'), []);
    assert.deepEqual(
      await found('let W = "a";\nEmailEvents | where Subject has W', {
        description: 'Rule frequency: Continuous (NRT)',
      }),
      ['MH303 let'],
    );
  });

  it('is nearly nothing in Sentinel', async () => {
    const query =
      'let W = "a";\nEmailEvents | join EmailUrlInfo on NetworkMessageId | where ingestion_time() > ago(1h)';
    assert.deepEqual(await found(query, nrt, 'sentinel'), ['MH364 join', 'MH304 ingestion_time']);
  });
});

describe('the time of a custom detection', () => {
  const times = async (query: string) =>
    (await found(query, { kind: 'scheduled' })).filter((place) => /MH31[03]/.test(place));

  it('may be renamed and renamed back', async () => {
    assert.deepEqual(
      await times('EmailEvents | project T = Timestamp, ReportId | project Timestamp = T, ReportId'),
      [],
    );
  });
  it('may come from the right side of a join', async () => {
    assert.deepEqual(
      await times('EmailEvents | project NetworkMessageId | join kind=inner (EmailUrlInfo) on NetworkMessageId'),
      [],
    );
    assert.deepEqual(
      await times(
        'EmailEvents | project NetworkMessageId | join kind=inner (EmailUrlInfo | extend Timestamp = now()) on NetworkMessageId',
      ),
      ['MH310 Timestamp = now()'],
    );
  });
  it('may be what arg_max chose, with all of its row', async () => {
    assert.deepEqual(await times('EmailEvents | summarize arg_max(Timestamp, *) by RecipientEmailAddress'), []);
  });
  it('may not be of another event than ReportId', async () => {
    assert.deepEqual(
      await times('EmailEvents | summarize take_any(Timestamp), take_any(ReportId) by RecipientEmailAddress'),
      ['MH313 take_any(ReportId)'],
    );
    assert.deepEqual(await times('EmailEvents | summarize take_any(Timestamp, ReportId) by RecipientEmailAddress'), []);
  });
  it('may not be rounded, even under its own name', async () => {
    assert.deepEqual(
      await times('EmailEvents | summarize ReportId = take_any(ReportId) by bin(Timestamp, 1h), RecipientEmailAddress'),
      ['MH313 take_any(ReportId)', 'MH310 bin(Timestamp, 1h)'],
    );
  });
});

describe('how far back a rule looks', () => {
  const backs = async (query: string, given: Partial<Rule>, target?: LintTarget) =>
    (await found(query, given, target)).filter((place) => place.startsWith('MH32'));

  it('is known by how often it runs', async () => {
    const query = 'EmailEvents | where Timestamp > ago(12h)';
    assert.deepEqual(await backs(query, every(1)), ['MH320 Timestamp > ago(12h)']);
    assert.deepEqual(await backs(query, every(3)), []);
    assert.deepEqual(await backs(query, every(1, 12)), [], 'a look-back of its own');
  });
  it('is followed through let, now(), startofday() and between', async () => {
    for (const filter of [
      'Timestamp >= now() - D',
      'ago(D) < Timestamp',
      'Timestamp between (ago(D) .. now())',
      'Timestamp > startofday(ago(D))',
    ])
      assert.deepEqual(await backs(`let D = 30d;\nEmailEvents | where ${filter}`, every(1)), [`MH320 ${filter}`]);
  });
  it('is found in a baseline too', async () => {
    const query =
      'let Known = EmailEvents | where Timestamp > ago(30d) | distinct SenderFromDomain;\nEmailEvents | where Timestamp > ago(1h) | where SenderFromDomain !in (Known)';
    assert.deepEqual(await backs(query, every(1)), ['MH320 Timestamp > ago(30d)']);
    assert.deepEqual(await backs(query, every(24)), []);
  });
  it('is not an upper bound', async () => {
    assert.deepEqual(await backs('EmailEvents | where Timestamp < ago(30d)', every(1)), []);
  });
  it('leaves gaps where it is less than the time between runs', async () => {
    assert.deepEqual(await backs('EmailEvents | where ingestion_time() > ago(30m)', every(1)), [
      'MH321 ingestion_time() > ago(30m)',
    ]);
    assert.deepEqual(await backs('EmailEvents | where TimeGenerated > ago(30m)', every(1, 1), 'sentinel'), [
      'MH321 TimeGenerated > ago(30m)',
    ]);
  });
});

describe('names that are not known', () => {
  const names = async (query: string, target?: LintTarget) => found(query, {}, target);

  it('are one finding, not one for each that follows from it', async () => {
    assert.deepEqual(await names('EmailEvent | where Subjekt has "a" | project Foo'), ['MH342 EmailEvent']);
    assert.deepEqual(await names('EmailEvents | where Foo == 1 | where Foo == 2'), ['MH343 Foo']);
    assert.deepEqual(await names('EmailEvents | wher Subjekt has "a"'), []);
  });
  it('are none that the text makes, or that a workspace has', async () => {
    assert.deepEqual(await names('EmailEvents | extend Foo = 1 | where Foo == 1 and TenantId == ""'), []);
    assert.deepEqual(await names('Own_CL | where Foo == 1'), []);
  });
  it('are none that a value has, or that any table may have', async () => {
    assert.deepEqual(await names('DeviceEvents | where AdditionalFields.PipeName has "a"'), []);
    assert.deepEqual(await names('union * | where OperationNameValue has "a"'), ['MH360 union']);
    assert.deepEqual(await names('union Email* | where OperationNameValue has "a"'), []);
    assert.deepEqual(await names('search "a" | where OperationNameValue has "a"'), ['MH360 search']);
    assert.deepEqual(await names('IdentityInfo | where AccountSID has "a"', 'sentinel'), []);
    assert.deepEqual(await names('EmailEvents | where AccountSID has "a"', 'sentinel'), ['MH343 AccountSID']);
    assert.deepEqual(await names('CloudAppEvents | where ISP has "vpn" and _BilledSize > 0'), []);
    assert.deepEqual(await names('union EmailEvents, UrlClickEvents | where Foo has "a"'), ['MH343 Foo']);
  });
  it('are no error where a workspace or a saved function may bring the table', async () => {
    for (const target of ['defender', 'sentinel'] as const)
      assert.deepEqual(await names('Heartbeat | where Computer has "a"', target), ['MH344 Heartbeat']);
    assert.deepEqual(await names('Heartbeat | where Computer has "a"', 'mailhunt'), ['MH342 Heartbeat']);
    assert.deepEqual(await names('EmailEventz | take 1', 'sentinel'), ['MH342 EmailEventz']);
  });
  it('belong to the other portal', async () => {
    assert.deepEqual(await names('EmailEvents | where TimeGenerated > ago(1h)'), ['MH345 TimeGenerated']);
    assert.deepEqual(await names('EmailEvents | where TimeGenerated > ago(1h)', 'sentinel'), []);
    assert.deepEqual(await names('MessageEvents | where Timestamp > ago(1h)', 'sentinel'), ['MH345 Timestamp']);
  });
});

describe('another name for a column', () => {
  const fixed = async (query: string, target: LintTarget = 'defender') => {
    const { findings } = await runLints([queryRule(query, 'test')], deployLints, { now, target });
    const fixes = findings.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
    return fixes.length === 0 ? undefined : fixedQuery(query, fixes).text;
  };

  it('is put in wherever the old one stands', async () => {
    assert.equal(
      await fixed(
        'EmailEvents | where TimeGenerated > ago(1d) | project TimeGenerated, Subject | sort by TimeGenerated',
      ),
      'EmailEvents | where Timestamp > ago(1d) | project Timestamp, Subject | sort by Timestamp',
    );
    assert.equal(
      await fixed('EmailEvents | where FinalEmailAction != "" | summarize count() by FinalEmailAction'),
      'EmailEvents | where EmailAction != "" | summarize count() by EmailAction',
    );
    assert.equal(
      await fixed('EmailEvents | where subject has "a" or subject has "b"'),
      'EmailEvents | where Subject has "a" or Subject has "b"',
    );
  });
  it('is not put in where other names are made of the old one', async () => {
    assert.equal(
      await fixed('EmailEvents | summarize max(TimeGenerated) | where max_TimeGenerated > ago(1d)'),
      undefined,
    );
    assert.equal(await fixed('EmailEvents | where TimeGenerated > ago(1d) | extend TimeGenerated = now()'), undefined);
    assert.equal(await fixed('union EmailEvents, AuditLogs | where TimeGenerated > ago(1d)'), undefined);
  });
});

describe('sources of lists', () => {
  const of = (url: string) => found(`externaldata(a: string)[${JSON.stringify(url)}]`);

  it('are pinned by a commit or a version, or not at all', async () => {
    assert.equal((await of('https://raw.githubusercontent.com/a/b/main/c.csv')).length, 1);
    assert.equal((await of('https://raw.githubusercontent.com/a/b/refs/heads/feature/c.csv')).length, 1);
    assert.equal((await of('https://github.com/a/b/raw/master/c.csv')).length, 1);
    assert.deepEqual(await of(`https://raw.githubusercontent.com/a/b/${'0a'.repeat(20)}/main/c.csv`), []);
    assert.deepEqual(await of('https://raw.githubusercontent.com/a/b/v1.2.3/c.csv'), []);
    assert.deepEqual(await of('https://lists.example.com/main/c.csv'), []);
  });
  it('never show the key that they carry', async () => {
    const report = await runLints(
      [queryRule('externaldata(a: string)["https://a.example/b?sv=1&sig=abcdefghijkl"]', 'test')],
      deployLints,
      { now },
    );
    const [finding] = report.findings;
    assert.equal(finding?.lint.id, 'MH352');
    assert.doesNotMatch(finding?.message ?? '', /abcdefgh/);
  });
});
