import assert from 'node:assert/strict';
import { test } from 'node:test';
import { searchFields } from '../../../../../src/server/workbench/messages/search/fields.ts';
import { searchHunt, searchPredicates } from '../../../../../src/server/workbench/messages/search/kql.ts';
import { parseSearch, searchLimits } from '../../../../../src/server/workbench/messages/search/parse-search.ts';
import { inTime } from '../../../../in-time.ts';

const kqlOf = (text: string): readonly string[] => {
  const { terms, problems } = parseSearch(text);
  assert.deepEqual(problems, [], text);
  return searchPredicates(terms);
};

const rows: readonly (readonly [search: string, ...kql: string[]])[] = [
  ['from:anna@contoso.com', 'SenderFromAddress =~ "anna@contoso.com"'],
  ['from:anna', 'SenderFromAddress contains "anna" or SenderDisplayName contains "anna"'],
  ['FROM:"Anna B"', 'SenderFromAddress contains "Anna B" or SenderDisplayName contains "Anna B"'],
  ['to:a@b.example', 'RecipientEmailAddress =~ "a@b.example"'],
  ['subject:"invoice 4711"', 'Subject contains "invoice 4711"'],
  ['domain:contoso.com', 'SenderFromDomain =~ "contoso.com" or SenderFromDomain endswith ".contoso.com"'],
  ['domain:@contoso.com', 'SenderFromDomain =~ "contoso.com" or SenderFromDomain endswith ".contoso.com"'],
  ['ip:192.0.2.7', 'SenderIPv4 =~ "192.0.2.7"'],
  ['ip:192.0.2.0/24', 'ipv4_is_in_range(SenderIPv4, "192.0.2.0/24")'],
  ['ip:2001:db8::1', 'SenderIPv6 =~ "2001:db8::1"'],
  [
    'auth:DMARC=Fail',
    'tostring(parse_json(AuthenticationDetails).DMARC) =~ "fail" or AuthenticationDetails has "dmarc=fail"',
  ],
  [
    'auth:spf=softfail',
    'tostring(parse_json(AuthenticationDetails).SPF) =~ "softfail" or AuthenticationDetails has "spf=softfail"',
  ],
  [
    'compauth:fail',
    'tostring(parse_json(AuthenticationDetails).CompAuth) =~ "fail" or AuthenticationDetails has "compauth=fail"',
  ],
  [
    'compauth:000',
    'NetworkMessageId in ((EmailAuthentication | where Method == "CompAuth" and ReasonCode == "000" | project NetworkMessageId))',
  ],
  ['delivered:yes', 'DeliveryAction == "Delivered"'],
  ['delivered:no', 'DeliveryAction != "Delivered"'],
  ['action:junked', 'DeliveryAction =~ "junked"'],
  ['clicked:yes', 'NetworkMessageId in ((UrlClickEvents | project NetworkMessageId))'],
  ['clicked:no', 'not(NetworkMessageId in ((UrlClickEvents | project NetworkMessageId)))'],
  [
    'url:hxxps://login[.]example',
    'NetworkMessageId in ((EmailUrlInfo | where Url contains "https://login.example" | project NetworkMessageId))',
  ],
  [
    'https://a.example/x?y=1',
    'NetworkMessageId in ((EmailUrlInfo | where Url contains "https://a.example/x?y=1" | project NetworkMessageId))',
  ],
  ['threat:phish', 'ThreatTypes has "phish"'],
  ['threat:no', 'isempty(ThreatTypes)'],
  ['id:<a@b>', 'NetworkMessageId =~ "a@b" or InternetMessageId in~ ("a@b", "<a@b>")'],
  ['after:7d', 'Timestamp >= ago(7d)'],
  ['before:2026-01-31', 'Timestamp < datetime(2026-01-31)'],
  ['after:2026-01-31T12:30Z', 'Timestamp >= datetime(2026-01-31T12:30)'],
  ['-from:anna', 'not(SenderFromAddress contains "anna" or SenderDisplayName contains "anna")'],
  [
    '-to:anna',
    'not(NetworkMessageId in ((EmailEvents | where RecipientEmailAddress contains "anna" | project NetworkMessageId)))',
  ],
  [
    'to:a to:b',
    'RecipientEmailAddress contains "a"',
    'NetworkMessageId in ((EmailEvents | where RecipientEmailAddress contains "b" | project NetworkMessageId))',
  ],
  [
    '"a b"',
    'Subject contains "a b" or SenderFromAddress contains "a b" or SenderDisplayName contains "a b" or RecipientEmailAddress contains "a b"',
  ],
  ['subject:12:30', 'Subject contains "12:30"'],
];

for (const [search, ...kql] of rows) test(`${search} is asked for as KQL`, () => assert.deepEqual(kqlOf(search), kql));

test('a domain is looked for in both of its forms', () => {
  assert.match(kqlOf('domain:bücher.example')[0]!, /"bücher\.example".*"xn--bcher-kva\.example"/);
});

test('no text leaves its quotes', () => {
  const hostile = ['a"b', 'a\\', '\\"', "'); drop", '") | take 1 //', 'a\u0000b\u001fc', '```x```'];
  for (const text of hostile) {
    const { terms } = parseSearch(`subject:x ${text}`);
    for (const kql of searchPredicates(terms)) {
      const rest = kql.replace(/"(?:[^"\\]|\\["\\])*"/g, '§');
      assert.doesNotMatch(rest, /["'\\`;]|take|drop/, `${text} in ${kql}`);
    }
  }
});

const wrong: readonly (readonly [search: string, message: RegExp, start: number, length: number])[] = [
  ['form:anna', /there is no form: in a search; there are from, to,/, 0, 9],
  ['a from:', /from: needs a value/, 2, 5],
  ['delivered:maybe', /delivered: takes yes, no, not maybe/, 0, 15],
  ['auth:fail', /auth: takes a check \(dmarc, dkim, spf\), = and a result \(pass/, 0, 9],
  ['subject:"open', /the quote is not closed/, 0, 13],
  ['after:yesterday', /after: takes a day/, 0, 15],
  ['before:2026-02-30', /before: there is no 2026-02-30/, 0, 17],
  ['ip:contoso.com', /ip: takes an IP address/, 0, 14],
  ['x -', /a word must follow the -/, 2, 1],
  ['""', /nothing stands between/, 0, 2],
];

for (const [search, message, start, length] of wrong)
  test(`${search} is refused at its place`, () => {
    const [problem] = parseSearch(search).problems;
    assert.match(problem?.message ?? '', message);
    assert.deepEqual(problem?.place, { start, length });
  });

test('every example of the help is a search without problems', () => {
  for (const { example } of searchFields) assert.deepEqual(parseSearch(example).problems, [], example);
});

test('a search has its limits, and reading it takes no time', async () => {
  assert.match(parseSearch('a'.repeat(searchLimits.characters + 1)).problems[0]?.message ?? '', /longer than 2000/);
  assert.match(parseSearch('a '.repeat(41)).problems[0]?.message ?? '', /more than 40/);
  assert.deepEqual(parseSearch('a '.repeat(40)).problems, []);
  await inTime(500, () => {
    for (const piece of ['"', '-', ':', 'a:"', ' " ', '-"']) parseSearch(piece.repeat(Math.floor(2000 / piece.length)));
  });
});

test('the hunt is a query that can be read', () => {
  assert.equal(searchHunt(['A', 'B']).split('\n').slice(0, 3).join('\n'), 'EmailEvents\n| where A\n| where B');
});
