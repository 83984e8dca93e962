import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { queryRule } from '../../../../src/rules/lint/query-rule.ts';
import { runLints } from '../../../../src/rules/lint/run-lints.ts';
import { silentLints } from '../../../../src/rules/lint/silent/index.ts';
import { ticksFromUnixMs } from '../../../../src/values/index.ts';
import { inTime } from '../../../in-time.ts';

const now = ticksFromUnixMs(Date.UTC(2026, 10, 21, 12));

async function idsIn(query: string): Promise<readonly string[]> {
  const { findings, defects } = await runLints([queryRule(query, 'A hunt')], silentLints, { now, target: 'defender' });
  assert.deepEqual(defects, []);
  return [...new Set(findings.map(({ lint }) => lint.id))].toSorted();
}

/** Queries beside the examples, with all lints that have something to say about them. */
const cases: Readonly<Record<string, readonly (readonly [query: string, ...ids: string[]])[]>> = {
  'the default join': [
    ['EmailEvents | project NetworkMessageId | join EmailUrlInfo on NetworkMessageId'],
    ['EmailEvents | distinct NetworkMessageId, Subject | join EmailUrlInfo on NetworkMessageId'],
    ['EmailEvents | distinct NetworkMessageId, RecipientEmailAddress | join EmailUrlInfo on NetworkMessageId', 'MH201'],
    ['EmailEvents | summarize arg_max(Timestamp, *) by NetworkMessageId | join EmailUrlInfo on NetworkMessageId'],
    ['EmailEvents | join EmailUrlInfo on NetworkMessageId | project Subject, SenderFromAddress, Url'],
    ['EmailEvents | join EmailUrlInfo on NetworkMessageId | summarize dcount(RecipientEmailAddress) by Url', 'MH201'],
    ['EmailEvents | join EmailUrlInfo on NetworkMessageId | where DeliveryAction == "Junked" | project Url', 'MH201'],
    ['EmailEvents | join kind=innerunique EmailUrlInfo on NetworkMessageId'],
    ['EmailEvents | join kind=leftsemi EmailUrlInfo on NetworkMessageId'],
    ['EmailEvents | join hint.strategy=shuffle EmailUrlInfo on NetworkMessageId', 'MH201'],
    ['EmailEvents | where RecipientEmailAddress == "a@contoso.test" | join EmailUrlInfo on NetworkMessageId'],
    [
      'let Mails = () { EmailEvents | where AttachmentCount > 0 }; Mails() | join EmailUrlInfo on NetworkMessageId',
      'MH201',
    ],
    [
      'let Mails = EmailEvents | project Id = NetworkMessageId, To = RecipientEmailAddress; Mails | join EmailUrlInfo on $left.Id == $right.NetworkMessageId | project To',
      'MH201',
    ],
    ['AlertInfo | join AlertEvidence on AlertId | project Title, EntityType'],
    [
      'EmailEvents | union EmailEvents | join EmailUrlInfo on NetworkMessageId | project RecipientEmailAddress',
      'MH201',
    ],
  ],
  'counts after joins': [
    ['EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | summarize count() by Url'],
    [
      'EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | extend Host = parse_url(Url).Host | summarize count() by tostring(Host)',
    ],
    ['EmailEvents | join kind=inner EmailUrlInfo on NetworkMessageId | summarize count() by RecipientEmailAddress'],
    [
      'EmailEvents | join kind=inner (EmailUrlInfo | distinct NetworkMessageId) on NetworkMessageId | summarize count() by Subject',
    ],
    [
      'EmailEvents | join kind=leftouter EmailUrlInfo on NetworkMessageId | summarize countif(UrlLocation == "QRCode") by Subject',
      'MH202',
    ],
  ],
  'the recipient in the key': [
    ['EmailEvents | join kind=inner UrlClickEvents on NetworkMessageId | where AccountUpn =~ RecipientEmailAddress'],
    [
      'EmailEvents | join kind=inner UrlClickEvents on NetworkMessageId | project RecipientEmailAddress, AccountUpn, Url',
      'MH203',
    ],
    ['EmailEvents | join kind=inner (EmailPostDeliveryEvents | distinct NetworkMessageId) on NetworkMessageId'],
    ['EmailEvents | join kind=leftsemi UrlClickEvents on NetworkMessageId | project Subject, SenderFromAddress'],
  ],
  'lists and JSON': [
    ['EmailEvents | where ThreatTypes == ""'],
    ['EmailEvents | where ThreatTypes in ("Phish", "Phish, Spam", "Spam, Phish")'],
    ['UrlClickEvents | where ThreatTypes == "Phish"'],
    ['EmailEvents | extend Verdict = ThreatTypes | where Verdict =~ "phish"', 'MH204'],
    ['EmailEvents | where parse_json(AuthenticationDetails).DMARC == "fail"'],
    ['EmailEvents | where DetectionMethods != "[]" and DetectionMethods != "{}"'],
    ['EmailEvents | where Subject has "Invoice: \\"A\\""'],
  ],
  'URLs and domains': [
    ['EmailUrlInfo | where Url has "evil.example"'],
    ['EmailUrlInfo | where Url in ("https://evil.example/")'],
    ['EmailUrlInfo | join kind=inner (UrlClickEvents | distinct Url) on Url'],
    ['EmailUrlInfo | where UrlDomain endswith ".evil.example" or UrlDomain == "evil.example"'],
    ['EmailUrlInfo | where not(UrlDomain endswith "evil.example")', 'MH226'],
    ['EmailEvents | where SenderFromDomain !endswith "contoso.test" or SenderDisplayName has "x"'],
  ],
  'empty keys': [
    ['EmailAttachmentInfo | join kind=inner DeviceFileEvents on SHA256 | where isnotempty(SHA256) | project FileName'],
    ['EmailAttachmentInfo | where SHA256 != "" | join kind=inner DeviceFileEvents on SHA256 | project FileName'],
    ['EmailAttachmentInfo | join kind=leftanti DeviceFileEvents on SHA256 | project FileName'],
    // of an address that is none both are null
    [
      'EmailEvents | where not(ipv4_is_private(SenderIPv4)) | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project DeviceName',
    ],
    [
      'EmailEvents | where ipv4_is_in_range(SenderIPv4, "192.0.2.0/24") | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project DeviceName',
    ],
    [
      'EmailEvents | extend Private = ipv4_is_private(SenderIPv4) | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project DeviceName',
      'MH208',
    ],
    // what lives on through an operator that makes rows of each is no emptier than before
    [
      'EmailEvents | where isnotempty(SenderIPv4) | mv-expand Threat = split(ThreatTypes, ",") | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project DeviceName',
    ],
    [
      'EmailEvents | where isnotempty(SenderIPv4) | parse Subject with * "from " SenderIPv4 | join kind=inner DeviceNetworkEvents on $left.SenderIPv4 == $right.RemoteIP | project DeviceName',
    ],
    [
      'DeviceFileEvents | invoke FileProfile(SHA1) | where isnotempty(GlobalPrevalence) | join kind=inner DeviceProcessEvents on SHA1 | project DeviceName',
    ],
    [
      'DeviceFileEvents | invoke FileProfile(SHA1) | where GlobalPrevalence < 1000 | join kind=inner DeviceProcessEvents on SHA1 | project DeviceName',
    ],
    [
      'DeviceFileEvents | where isnotempty(FileName) | join kind=inner DeviceProcessEvents on SHA1 | project DeviceName',
      'MH208',
    ],
    [
      'AlertEvidence | where EntityType == "MailMessage" | join kind=inner UrlClickEvents on NetworkMessageId | project Url, Title',
    ],
  ],
  shares: [
    ['EmailEvents | summarize A = countif(UrlCount > 0), B = count() | extend P = 100 * A / B'],
    ['EmailEvents | summarize A = countif(UrlCount > 0), B = count() | extend P = round(100 * A / B, 2)', 'MH209'],
    ['EmailEvents | summarize A = countif(UrlCount > 0), B = count() | extend P = round(100.0 * A / B, 2)'],
    ['EmailEvents | summarize Hours = count() / 24'],
    [
      'EmailEvents | summarize A = countif(UrlCount > 0), B = count() | extend P = iff(B == 0, 0, (A / B) * 100)',
      'MH209',
    ],
  ],
  'regular expressions': [
    ['EmailEvents | where SenderFromDomain matches regex @"^[a-z]+\\.example\\.test$"'],
    ['EmailEvents | where SenderFromDomain matches regex @"(paypal|amazon).com$"', 'MH210'],
    ['EmailEvents | where Subject matches regex @"^(?:a|b)$"'],
    ['EmailEvents | where Subject matches regex @"\\d{1,3}[.]\\d{2,}"'],
    ['EmailEvents | where Subject has "***"'],
    ['EmailEvents | extend Number = extract(@"\\(([0-9]+)\\)", 1, Subject)'],
  ],
  'and with or': [
    ['EmailEvents | where (EmailDirection == "Inbound" and UrlCount > 0) or Subject has "x"'],
    ['EmailEvents | where UrlCount > 0 and Subject has "x" or AttachmentCount > 0 and Subject has "y"'],
    ['EmailEvents | where Subject has "x" or Subject has "y" and EmailDirection == "Inbound"', 'MH215'],
    ['EmailEvents | where Subject !has "x" and Subject !has "y"'],
    [
      'EmailEvents | where SenderIPv4 startswith "10." or SenderIPv4 startswith "172." and toint(split(SenderIPv4, ".")[1]) between (16 .. 31) or SenderIPv4 startswith "192.168."',
    ],
    ['EmailEvents | where Subject has "x" or Subject has "y" and Subject !has "z"', 'MH215'],
    ['EmailEvents | where Subject !has "x" or SenderFromDomain !has "y"'],
  ],
  'names and numbers': [
    ['// Top 10 senders\nEmailEvents | summarize N = count() by SenderFromDomain | top 10 by N'],
    ['// Top 10% of senders\nEmailEvents | summarize N = count() by SenderFromDomain | top 50 by N'],
    ['// Mail of the last 24 hours\nEmailEvents | where Timestamp > ago(1d)'],
    ['// Mail of the last 2 weeks\nlet back = 30d;\nEmailEvents | where Timestamp > ago(back)', 'MH220'],
    [
      '// Unlike the last 29 days\nlet Before = 29d;\nEmailEvents | where Timestamp > ago(4h) and Timestamp > startofday(now()) - Before',
    ],
    ['// Inbound and outbound mail\nEmailEvents | where EmailDirection == "Outbound"'],
    ['// Blocked mail\nEmailEvents | where DeliveryAction == "Delivered"', 'MH220'],
  ],
  placeholders: [
    ['EmailEvents | where SenderFromDomain == "YOUR_DOMAIN.com"', 'MH216', 'MH219'],
    ['EmailEvents | extend Kind = "insert value here"'],
    ["EmailEvents | where DetectionMethods has 'Spoof external domain'"],
    ['EmailEvents | where Subject has "[insert name]"', 'MH219'],
    ['EmailEvents | where Subject has "{{user}}"', 'MH219'],
    ['EmailEvents | where Subject has "{f7d2c8aa-e06e-4117-8b99-52a145eb7d23}"'],
    ['CloudAppEvents | where ActionType in~ ("add user", "add email address")'],
    ['CloudAppEvents | where ActionType has "add your user"', 'MH219'],
    ['let Only = ""; EmailEvents | where isempty(Only) or RecipientEmailAddress =~ Only'],
    ['let Only = ""; EmailEvents | where Only == "" or RecipientEmailAddress =~ Only'],
    ['let Only = ""; EmailEvents | where isempty(Subject) or RecipientEmailAddress =~ Only', 'MH219'],
    ['EmailEvents | where SenderFromAddress endswith "@mail.woodgrove.test"'],
  ],
};

describe('silent lints say what they should and no more', () => {
  for (const [title, rows] of Object.entries(cases))
    for (const [query, ...ids] of rows)
      it(`${title}: ${query.replaceAll('\n', ' ')}`, async () => assert.deepEqual(await idsIn(query), ids));

  it('goes through a long query in a moment', async () => {
    const filters = Array.from(
      { length: 400 },
      (_, i) => `| where Subject has "${i}" or SenderFromDomain == "${i}.test"`,
    );
    const query = `EmailEvents\n${filters.join('\n')}\n| join EmailUrlInfo on NetworkMessageId`;
    assert.ok((await inTime(20_000, () => idsIn(query))).includes('MH201'));
  });

  it('survives a query with mistakes', async () => {
    assert.deepEqual(await idsIn('EmailEvents | join EmailUrlInfo on | where | summarize count( by'), []);
    assert.deepEqual(await idsIn('let A = A; A | join A on A | where x in (A) | project *'), []);
  });
});
