import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logicLints } from '../../../../src/rules/lint/logic/index.ts';
import { findingsIn, fixed, found, subjectOf } from './subject.ts';

describe('logic lints', () => {
  for (const { id, name, examples, check } of logicLints) {
    for (const [i, { wrong, right, target }] of examples.entries()) {
      it(`${id} ${name}: example ${i + 1}`, () => {
        assert.equal(subjectOf(wrong, target).reading?.refusal, undefined);
        assert.equal(subjectOf(right, target).reading?.refusal, undefined);
        const findings = [...check(subjectOf(wrong, target))];
        assert.ok(findings.length > 0, 'the wrong example is found');
        assert.deepEqual(found(right, target), [], 'nothing is found in the right one');
        const better = fixed(wrong, findings);
        if (better !== wrong)
          assert.deepEqual([...check(subjectOf(better, target))], [], 'nothing is left after the fix');
      });
    }
  }
});

/** Queries and what is found in them, each place with its lint. */
const cases: readonly (readonly [query: string, ...found: string[]])[] = [
  // columns are followed through what computes, renames and groups them
  [
    'EmailEvents | extend D = tolower(EmailDirection) | project-rename Way = D | where Way == "intra-org" or Way == "intraorg"',
    'MH101 Way == "intraorg"',
  ],
  [
    'EmailEvents | summarize Mails = count() by EmailDirection | where EmailDirection == "Internal"',
    'MH101 EmailDirection == "Internal"',
  ],
  [
    'EmailEvents | summarize arg_max(Timestamp, *) by NetworkMessageId | where DeliveryAction == "Quarantined"',
    'MH101 DeliveryAction == "Quarantined"',
  ],
  [
    'UrlClickEvents | join kind=leftouter EmailEvents on NetworkMessageId | where EmailDirection == "inbound" or EmailDirection == ""',
    'MH104 EmailDirection == "inbound"',
  ],
  [
    'union EmailEvents, EmailPostDeliveryEvents | where EmailDirection == "Incoming"',
    'MH101 EmailDirection == "Incoming"',
  ],
  // of what another table brings in under the name, nothing is known
  [
    'union (EmailEvents | project EmailDirection), (datatable(EmailDirection: string)["x"]) | where EmailDirection == "x"',
  ],
  // the rows that a left join leaves without a partner have empty texts
  [
    'UrlClickEvents | join kind=leftouter (EmailEvents | where EmailDirection == "Inbound") on NetworkMessageId | where EmailDirection != "Inbound"',
  ],
  [
    'UrlClickEvents | join kind=inner (EmailEvents | where EmailDirection == "Inbound") on NetworkMessageId | where EmailDirection != "Inbound"',
    'MH102 EmailDirection != "Inbound"',
  ],
  // a list that the reader is to fill
  ['let Only = dynamic([]);\nEmailEvents | where array_length(Only) == 0 or SenderFromDomain in (Only)'],
  // of other letters than these it is not certain what they are in another case
  ['EmailEvents | where tolower(Subject) == "İstanbul"'],
  ['EmailEvents | where tolower(Subject) == "Istanbul"', 'MH104 tolower(Subject) == "Istanbul"'],
  // what only the portals know is not nothing
  [
    'EmailAttachmentInfo | join kind=leftouter (EmailAttachmentInfo | distinct SHA256 | invoke FileProfile(SHA256) | project SHA256, Seen = GlobalPrevalence, Signer) on SHA256 | where coalesce(Seen, long(0)) > 5 or isnotempty(Signer)',
  ],
  [
    'union (EmailEvents | extend Country = tostring(geo_info_from_ip_address(SenderIPv4).country)), UrlClickEvents | where Country == "Atlantis"',
  ],
  [
    'EmailEvents | summarize Country = take_any(tostring(geo_info_from_ip_address(SenderIPv4).country)) by SenderFromDomain | where Country == "Atlantis"',
  ],
  // a count over nothing is a row too
  ['EmailEvents | where Subject == "a" | summarize Subject = take_any(Subject) | where Subject == "b"'],
  // words of a member are no closed list, and they are independent of each other
  [
    'EmailEvents | where parse_json(AuthenticationDetails).DMARC == "timeout" and parse_json(AuthenticationDetails).SPF == "odd"',
  ],
  ['EmailEvents | where AuthenticationDetails has "odd"'],
  ['EmailEvents | where AuthenticationDetails has_any ("DMARC\\":\\"fail", "none")'],
  ['EmailEvents | where AuthenticationDetails contains "spf=f"', 'MH101 AuthenticationDetails contains "spf=f"'],
  [
    'EmailEvents | where AuthenticationDetails matches regex @"dmarc=(fail|none)"',
    'MH101 AuthenticationDetails matches regex @"dmarc=(fail|none)"',
  ],
  // a body is wrong only where it is wrong for each of its calls
  ['let is = (x: string) { x == "IntraOrg" }; EmailEvents | where is(EmailDirection) or is(Subject)'],
  ['let is = (x: string) { x == "IntraOrg" }; EmailEvents | where is(EmailDirection)', 'MH101 x == "IntraOrg"'],
  // settings and what is to be filled in
  ['let id = "{MESSAGE}"; EmailEvents | where NetworkMessageId == id'],
  ['let trusted = dynamic([]); EmailEvents | where SenderFromDomain !in (trusted)'],
  ['let all = false; EmailEvents | where all or Subject has "x"'],
  ['let least = 0; EmailEvents | summarize Mails = count() by Subject | where Mails >= least'],
  [
    'EmailEvents | where NetworkMessageId == "CAF=8dx@mail.contoso.com"',
    'MH101 NetworkMessageId == "CAF=8dx@mail.contoso.com"',
  ],
  // negation
  ['EmailEvents | where not(EmailDirection == "IntraOrg")', 'MH101 EmailDirection == "IntraOrg"'],
  ['EmailEvents | where Subject has "a" | where Subject !has "a"', 'MH102 Subject !has "a"'],
  ['EmailEvents | where Subject has "a" | where not(Subject has "b")'],
  // ends of ranges
  ['EmailEvents | where AttachmentCount > 2 and AttachmentCount < 4'],
  [
    'EmailEvents | where AttachmentCount > 2 and AttachmentCount < 3',
    'MH102 AttachmentCount > 2 and AttachmentCount < 3',
  ],
  ['EmailEvents | where AttachmentCount >= 2 and AttachmentCount <= 2'],
  ['EmailEvents | where UrlCount between (5 .. 5)'],
  ['EmailEvents | where UrlCount between (5 .. 4)', 'MH109 UrlCount between (5 .. 4)'],
  // a let that is read by another, by a function, under a quoted name
  ['let a = 1; let b = a; EmailEvents | take b'],
  ["let ['a b'] = 1; EmailEvents | take ['a b']"],
  ['let view1 = view () { print x = 1 }; union * | where 1 == 1 | project Subject | take 1'],
  ['let f = (n: int) { n + 1 }; EmailEvents | extend X = f(UrlCount) | project X'],
  // a column is read by what it decides, by a join, by a sort
  ['EmailEvents | extend X = strlen(Subject) | where X > 3 | count'],
  [
    'EmailEvents | extend X = tolower(NetworkMessageId) | join kind=inner (UrlClickEvents) on $left.X == $right.NetworkMessageId | count',
  ],
  ['EmailEvents | extend X = strlen(Subject) | top 3 by X | project Subject'],
  ['EmailEvents | extend X = strlen(Subject) | count', 'MH111 X = strlen(Subject)'],
  ['EmailEvents | extend X = 1, Y = strlen(Subject) | project Y', 'MH111 X = 1'],
  [
    'let T = EmailEvents | extend X = strlen(Subject); union (T | project A = Subject), (T | where X > 1 | project A = Subject) | take 5',
  ],
  // without a plan there are still lets
  ['let a = 1; EmailEvents | evaluate bag_unpack(Nothing)'],
];

describe('what is found in a query', () => {
  for (const [query, ...expected] of cases)
    it(query.slice(0, 100), () => assert.deepEqual(findingsIn(query), expected));

  it('is found in Defender and in Sentinel, and not where both forms of a verdict stand', () => {
    const query = 'EmailEvents | where AuthenticationDetails has "dmarc=fail"';
    assert.deepEqual(findingsIn(query, 'sentinel'), ['MH101 AuthenticationDetails has "dmarc=fail"']);
    assert.deepEqual(findingsIn(query, 'mailhunt'), []);
  });

  it('ends on a predicate with many parts', () => {
    const parts = Array.from({ length: 400 }, (_, i) => `Subject has "w${i}" and SenderFromDomain != "d${i}"`);
    assert.deepEqual(findingsIn(`EmailEvents | where ${parts.join(' or ')}`), []);
  });
});
