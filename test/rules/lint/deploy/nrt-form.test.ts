import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Answer, readText, runQuery } from '../../../../src/kql/index.ts';
import { nrtForm } from '../../../../src/rules/lint/deploy/nrt-form.ts';
import { openSandbox, type Sandbox } from '../../../../src/store/index.ts';
import { ticksFromUnixMs } from '../../../../src/values/index.ts';

const now = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));
const columns = [
  'Timestamp',
  'Subject',
  'SenderFromAddress',
  'SenderFromDomain',
  'SenderIPv4',
  'SenderIPv6',
  'AuthenticationDetails',
  'UrlCount',
  'AttachmentCount',
];

/** Rows that differ where the forms could: letter case, parts of words, what is empty, null or no JSON. */
const mails: readonly (readonly unknown[])[] = [
  [
    '2026-11-21T11:59:00Z',
    'Invoice due',
    'A@contoso.com',
    'contoso.com',
    '192.0.2.1',
    '',
    '{"SPF":"pass","DMARC":"fail"}',
    1,
    0,
  ],
  [
    '2026-11-21T11:00:00Z',
    'invoices, payment',
    'b@fabrikam.com',
    'fabrikam.com',
    '',
    '2001:db8::1',
    '{"DMARC":"temperror"}',
    2,
    null,
  ],
  [
    '2026-11-20T12:00:00Z',
    'INVOICE and PAYMENT',
    'a@CONTOSO.com',
    'CONTOSO.com',
    '',
    '',
    '{"SPF":"temperror"}',
    null,
    3,
  ],
  ['2026-11-19T12:00:00Z', '', '', '', '192.0.2.9', '2001:db8::9', '', 0, 0],
  ['2026-11-01T12:00:00Z', 'x;invoice', 'c@example.com', 'example.com', '', '', 'no json', 5, 1],
  [
    '2026-11-21T10:00:00Z',
    "l'invoice \\ true",
    'd@example.com',
    'example.com',
    '',
    '',
    '{"DMARC":true,"SPF":5}',
    10,
    1,
  ],
];

const events: readonly (readonly unknown[])[] = [
  '{"Operation":"Inbox rule"}',
  '{"Operation":5}',
  '{}',
  'null',
  '{"Operation":["Inbox rule"]}',
  '{"Operation":"inbox RULE"}',
].map((data) => ['2026-11-21T11:00:00Z', data]);

/** Queries with their form; in each some rows are found and some are not. */
const forms: readonly (readonly [string, string])[] = [
  [
    'let SenderDomains = pack_array (\'contoso.com\',\'fabrikam.com\');\nEmailEvents\n| where SenderFromDomain in (SenderDomains)\n| extend SPF= tostring(parse_json(AuthenticationDetails).SPF)\n| extend DMARC= tostring(parse_json(AuthenticationDetails).DMARC)\n| where DMARC == "temperror" or SPF == "temperror"',
    'EmailEvents\n| where SenderFromDomain in (\'contoso.com\', \'fabrikam.com\')\n| extend SPF= tostring(parse_json(AuthenticationDetails).SPF)\n| extend DMARC= tostring(parse_json(AuthenticationDetails).DMARC)\n| where DMARC == "temperror" or SPF == "temperror"',
  ],
  [
    'EmailEvents | where Subject has_any ("invoice", "nothing") // both\n| project Subject',
    'EmailEvents | where (Subject has "invoice" or Subject has "nothing")\n| project Subject',
  ],
  [
    'EmailEvents | where not(Subject has_any (dynamic(["payment", "due"]))) and UrlCount > 0',
    'EmailEvents | where not((Subject has "payment" or Subject has "due")) and UrlCount > 0',
  ],
  [
    'let Words = dynamic(["invoice", "payment"]);\nEmailEvents | where Subject has_all (Words)',
    'EmailEvents | where (Subject has "invoice" and Subject has "payment")',
  ],
  [
    'EmailEvents | where SenderFromAddress in~ ("a@contoso.com", \'C@EXAMPLE.com\')',
    'EmailEvents | where (SenderFromAddress =~ "a@contoso.com" or SenderFromAddress =~ \'C@EXAMPLE.com\')',
  ],
  [
    'EmailEvents | where SenderFromAddress !in~ ("a@contoso.com", "")',
    'EmailEvents | where (SenderFromAddress !~ "a@contoso.com" and SenderFromAddress !~ "")',
  ],
  [
    'EmailEvents | where UrlCount between (1 .. 5) | where not(AttachmentCount !between (0 .. 1))',
    'EmailEvents | where (UrlCount >= 1 and UrlCount <= 5) | where not(not(AttachmentCount >= 0 and AttachmentCount <= 1))',
  ],
  [
    'EmailEvents | where coalesce(SenderIPv4, SenderIPv6, "none") in ("none", "192.0.2.1")',
    'EmailEvents | where case(isnotempty(SenderIPv4), SenderIPv4, isnotempty(SenderIPv6), SenderIPv6, "none") in ("none", "192.0.2.1")',
  ],
  [
    'EmailEvents | where coalesce(UrlCount, AttachmentCount) == 3',
    'EmailEvents | where case(isnotnull(UrlCount), UrlCount, AttachmentCount) == 3',
  ],
  [
    'EmailEvents | extend Kind = iff(UrlCount > 1, "many", "few") | where Kind == "few"',
    'EmailEvents | extend Kind = iif(UrlCount > 1, "many", "few") | where Kind == "few"',
  ],
  [
    'let Recent = 2h;\nlet Fresh = EmailEvents | where Timestamp > ago(Recent);\nFresh | where notempty(SenderIPv4)',
    'EmailEvents | where Timestamp > ago(2h) | where isnotempty(SenderIPv4)',
  ],
  ['let Least = 1 + 1;\nEmailEvents | where UrlCount >= Least * 2', 'EmailEvents | where UrlCount >= (1 + 1) * 2'],
  [
    'EmailEvents | where UrlCount > 1 | project-keep UrlCount, Subject',
    'EmailEvents | where UrlCount > 1\n| project Subject, UrlCount',
  ],
  [
    'EmailEvents | where UrlCount > 1 | sort by Timestamp asc | project Subject',
    'EmailEvents | where UrlCount > 1 | project Subject',
  ],
  [
    'EmailEvents | extend Limits = dynamic({"least": 2}) | where UrlCount > Limits.least | project Subject',
    'EmailEvents | extend Limits = parse_json(@\'{"least": 2}\') | where UrlCount > Limits.least | project Subject',
  ],
  [
    'EmailEvents | extend D = todynamic(AuthenticationDetails) | where tostring(D.DMARC) == "fail"',
    'EmailEvents | extend D = parse_json(AuthenticationDetails) | where tostring(D.DMARC) == "fail"',
  ],
  [
    'CloudAppEvents | where tostring(RawEventData.Operation) == "Inbox rule" // set',
    'CloudAppEvents | where RawEventData.Operation == "Inbox rule"',
  ],
  [
    'CloudAppEvents | where tostring(RawEventData.Operation) =~ "INBOX rule" // set',
    'CloudAppEvents | where RawEventData.Operation =~ "INBOX rule"',
  ],
];

/** Queries that have no form which gives the same. */
const without: readonly (readonly [string, string])[] = [
  ['rows are counted', 'EmailEvents | summarize count() by SenderFromDomain'],
  ['tables are joined', 'EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId'],
  ['a table is read twice', 'let A = EmailEvents;\nA | where Subject in ((EmailEvents | project Subject))'],
  ['rows are made unlike', 'EmailEvents | distinct Subject'],
  ['the list is not known', 'EmailEvents | where Subject has_any (split(SenderFromAddress, "@"))'],
  ['a word is empty', 'EmailEvents | where Subject has_any ("", "x")'],
  ['a number may be the text', 'CloudAppEvents | where tostring(RawEventData.Operation) == "5"'],
  ['a truth value may be the text', 'CloudAppEvents | where tostring(RawEventData.Operation) == "true"'],
  ['null is unlike everything', 'CloudAppEvents | where tostring(RawEventData.Operation) != "New rule"'],
  ['a function of the query is called', 'let f = (s: string) { s has "x" };\nEmailEvents | where f(Subject)'],
  ['chance decides', 'let r = rand();\nEmailEvents | where UrlCount > r'],
  ['the second bound is a distance', 'EmailEvents | where Timestamp between (datetime(2026-11-01) .. 1d)'],
  ['columns come later than the event', 'EmailEvents | where LatestDeliveryAction == "Delivered"'],
  ['the table cannot be read so', 'let T = AlertInfo | where Severity in~ ("high");\nT'],
  ['columns are reordered among late ones', 'EmailEvents | project-reorder Subject'],
  ['a part of a word is looked for', 'EmailEvents | where Subject hasprefix "inv"'],
  ['backslashes mean something else in JSON', 'EmailEvents | where Subject in (dynamic(["a\\/b"]))'],
];

/** A row as batches have it: texts, times in ticks. */
const rowOf = ([time, ...cells]: readonly unknown[]): string => {
  const ticks = ticksFromUnixMs(Date.parse(String(time)));
  return JSON.stringify([ticks, ...cells].map((cell) => (cell === null ? null : String(cell))));
};

describe('a query in the words of a continuous rule', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await openSandbox();
    await sandbox.fill([
      { table: 'EmailEvents', columns, rows: mails.map(rowOf) },
      { table: 'CloudAppEvents', columns: ['Timestamp', 'RawEventData'], rows: events.map(rowOf) },
    ]);
  });
  after(() => sandbox.close());

  const formOf = (query: string) => nrtForm(readText(query, { catalog: sandbox.catalog, now }));

  const rowsOf = async (query: string): Promise<readonly string[]> => {
    const answer: Answer = await runQuery(query, { catalog: sandbox.catalog, engine: sandbox.engine, now });
    const [table] = answer.tables;
    const rows: string[] = [];
    for await (const block of table!.blocks) rows.push(...block);
    return [JSON.stringify(table!.columns), ...rows.toSorted()];
  };

  for (const [query, form] of forms)
    it(`gives the same rows: ${form.replaceAll('\n', ' ').slice(0, 90)}`, async () => {
      assert.equal(formOf(query), form);
      const [before, now] = [await rowsOf(query), await rowsOf(form)];
      assert.deepEqual(now, before);
      const found = before.length - 1;
      const isFilter = !/^let SenderDomains/.test(query);
      assert.ok(
        found > 0 && (!isFilter || found < mails.length),
        `${found} of ${mails.length} rows tell nothing apart`,
      );
    });

  for (const [reason, query] of without) it(`has none where ${reason}`, () => assert.equal(formOf(query), undefined));

  it('is what it was where nothing is to be changed', () => {
    const query = 'EmailEvents\n| where EmailDirection == "Inbound"';
    assert.equal(formOf(query), query);
  });

  it('has none that is too long', () => {
    const lets = Array.from({ length: 20 }, (_, i) => `let w${i + 1} = strcat(w${i}, w${i});`).join('\n');
    assert.equal(formOf(`let w0 = strcat("a", "b");\n${lets}\nEmailEvents | where Subject == w20`), undefined);
  });
});
