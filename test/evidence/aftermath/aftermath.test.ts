import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aftermathOf } from '../../../src/evidence/aftermath/aftermath.ts';
import { involvedIn } from '../../../src/evidence/aftermath/involved.ts';
import { ticksOfIso } from '../../../src/evidence/ask/moment.ts';
import { clicksOf } from '../../../src/evidence/clicks.ts';
import { coverageOf } from '../../../src/evidence/gaps/coverage.ts';
import type { LaterEvent } from '../../../src/evidence/index.ts';
import { toldMessage } from '../told-message.ts';
import { ID, mail, minute, type Told } from '../told-store.ts';

const anna = 'anna.berg@contoso.com';
const objectId = 'a1111111-1111-4111-8111-111111111111';
const URL = 'https://pay.bulk.test/invoice/8f3e1';
const clicked = [
  { Timestamp: minute(11), NetworkMessageId: ID, Url: URL, AccountUpn: anna, ActionType: 'ClickAllowed' },
];
const links = [
  { Timestamp: minute(0), NetworkMessageId: ID, Url: URL, UrlDomain: 'pay.bulk.test', UrlLocation: 'Body' },
];

async function eventsOf(told: Told): Promise<readonly LaterEvent[]> {
  const { message, means } = await toldMessage({
    EmailEvents: [mail()],
    EmailUrlInfo: links,
    UrlClickEvents: clicked,
    ...told,
  });
  const coverage = await coverageOf(means);
  const clicks = await clicksOf(message, { isStored: true, end: means.now }, means);
  const people = involvedIn(message, { clicks, replies: [], hasClicks: coverage.of('UrlClickEvents').rows > 0 });
  return aftermathOf({ message, people, start: ticksOfIso(message.at)!, end: means.now, coverage, means });
}

const entra = (at: number, own: object = {}) => ({
  Timestamp: minute(at),
  AccountUpn: anna,
  Country: 'DE',
  IPAddress: '192.0.2.10',
  ErrorCode: 0,
  ...own,
});
const rule = (own: object = {}) => ({
  Timestamp: minute(40),
  ActionType: 'New-InboxRule',
  AccountObjectId: objectId,
  IPAddress: '203.0.113.99',
  RawEventData: { UserId: anna, Parameters: [{ Name: 'ForwardTo', Value: 'x@evil.test' }] },
  ...own,
});
const process = (own: object = {}) => ({
  Timestamp: minute(14),
  AccountUpn: anna,
  DeviceName: 'pc-7',
  FileName: 'powershell.exe',
  ProcessCommandLine: 'powershell -enc AAAA',
  InitiatingProcessFileName: 'msedge.exe',
  ...own,
});

/** What the tables have, and what is told of it: its kind, whether it is suspicious, words that are in it. */
const cases: readonly [
  what: string,
  told: Told,
  found: readonly (readonly [kind: LaterEvent['kind'], isSuspicious: boolean, words: RegExp])[],
][] = [
  [
    'a sign-in from where the account always was',
    { EntraIdSignInEvents: [entra(-500), entra(20)] },
    [['sign-in', false, /signed in/]],
  ],
  [
    'a sign-in from a new country',
    { EntraIdSignInEvents: [entra(-500), entra(20, { Country: 'NG' })] },
    [['sign-in', true, /NG.*not seen/]],
  ],
  [
    'a sign-in from a country, where none is known from before',
    { EntraIdSignInEvents: [entra(20, { Country: 'NG' })] },
    [['sign-in', false, /NG/]],
  ],
  [
    'a sign-in by the table of Sentinel',
    {
      SigninLogs: [
        {
          TimeGenerated: minute(20),
          UserPrincipalName: anna,
          Location: 'NG',
          ResultType: '0',
          RiskLevelDuringSignIn: 'high',
        },
      ],
    },
    [['sign-in', true, /risk high/]],
  ],
  ['a sign-in before the click', { EntraIdSignInEvents: [entra(5)] }, []],
  ['a sign-in of somebody else', { EntraIdSignInEvents: [entra(20, { AccountUpn: 'zoe@contoso.com' })] }, []],
  ['a sign-in four days later', { EntraIdSignInEvents: [entra(4 * 1440)] }, []],
  [
    'three failures and a success from one address',
    {
      EntraIdSignInEvents: [20, 21, 22, 23].map((at) =>
        entra(at, { ErrorCode: at < 23 ? 50126 : 0, IPAddress: '203.0.113.99' }),
      ),
    },
    [
      ['sign-in', false, /failed/],
      ['sign-in', false, /failed/],
      ['sign-in', false, /failed/],
      ['sign-in', true, /after 3 failures/],
    ],
  ],
  ['an inbox rule', { CloudAppEvents: [rule()] }, [['mailbox', true, /inbox rule.*ForwardTo=x@evil\.test/]]],
  [
    'an inbox rule of somebody else',
    { CloudAppEvents: [rule({ AccountObjectId: '', RawEventData: { UserId: 'zoe@contoso.com' } })] },
    [],
  ],
  [
    'an inbox rule by the table of Sentinel',
    {
      OfficeActivity: [
        {
          TimeGenerated: minute(40),
          Operation: 'New-InboxRule',
          UserId: anna,
          Parameters: '[{"Name":"Name","Value":"."}]',
        },
      ],
    },
    [['mailbox', true, /Name=\./]],
  ],
  [
    'a mailbox set to forward',
    {
      CloudAppEvents: [
        rule({
          ActionType: 'Set-Mailbox',
          RawEventData: { UserId: anna, Parameters: [{ Name: 'ForwardingSmtpAddress', Value: 'smtp:x@evil.test' }] },
        }),
      ],
    },
    [['mailbox', true, /Forwarding/]],
  ],
  [
    'a mailbox with another quota',
    {
      CloudAppEvents: [
        rule({
          ActionType: 'Set-Mailbox',
          RawEventData: { UserId: anna, Parameters: [{ Name: 'ProhibitSendQuota', Value: '1' }] },
        }),
      ],
    },
    [],
  ],
  [
    'a program that the browser started',
    { DeviceProcessEvents: [process()] },
    [['process', true, /msedge\.exe started powershell\.exe on pc-7/]],
  ],
  [
    'the same where the device knows only the name',
    { DeviceProcessEvents: [process({ AccountUpn: '', AccountName: 'Anna.Berg' })] },
    [['process', true, /powershell/]],
  ],
  [
    'a program that a service started',
    { DeviceProcessEvents: [process({ InitiatingProcessFileName: 'services.exe' })] },
    [],
  ],
  ['a program the day after tomorrow', { DeviceProcessEvents: [process({ Timestamp: minute(2 * 1440) })] }, []],
  [
    'a visit to the link',
    {
      DeviceNetworkEvents: [
        {
          Timestamp: minute(12),
          InitiatingProcessAccountUpn: anna,
          RemoteUrl: 'pay.bulk.test',
          DeviceName: 'pc-7',
          InitiatingProcessFileName: 'msedge.exe',
        },
      ],
    },
    [['network', false, /pay\.bulk\.test/]],
  ],
  [
    'a visit elsewhere',
    { DeviceNetworkEvents: [{ Timestamp: minute(12), InitiatingProcessAccountUpn: anna, RemoteUrl: 'news.example' }] },
    [],
  ],
  [
    'the attachment as a file of somebody else',
    {
      EmailAttachmentInfo: [
        { Timestamp: minute(0), NetworkMessageId: ID, RecipientEmailAddress: anna, FileName: 'a.pdf', SHA256: 'AB12' },
      ],
      DeviceFileEvents: [
        {
          Timestamp: minute(12),
          SHA256: 'ab12',
          FileName: 'a.pdf',
          DeviceName: 'pc-9',
          InitiatingProcessAccountUpn: 'zoe@contoso.com',
        },
      ],
    },
    [['file', false, /a\.pdf was written on pc-9/]],
  ],
  [
    'an alert about the message',
    {
      AlertEvidence: [{ Timestamp: minute(50), AlertId: 'a1', NetworkMessageId: ID, Title: 'Phish delivered' }],
      AlertInfo: [{ Timestamp: minute(50), AlertId: 'a1', Title: 'Phish delivered', Severity: 'High' }],
    },
    [['alert', true, /High.*Phish delivered, about the message/]],
  ],
  [
    'an alert about somebody else',
    { AlertEvidence: [{ Timestamp: minute(50), AlertId: 'a1', AccountUpn: 'zoe@contoso.com', Title: 'Other' }] },
    [],
  ],
  [
    'its removal',
    {
      EmailPostDeliveryEvents: [
        {
          Timestamp: minute(60),
          NetworkMessageId: ID,
          RecipientEmailAddress: anna,
          Action: 'Moved to quarantine',
          ActionType: 'Phish ZAP',
          ActionResult: 'Success',
        },
      ],
    },
    [['post-delivery', false, /Phish ZAP: Moved to quarantine/]],
  ],
  [
    'nobody clicked, and somebody signed in from a new country',
    {
      UrlClickEvents: [{ ...clicked[0], NetworkMessageId: 'another', Url: 'https://else.example/' }],
      EntraIdSignInEvents: [entra(-500), entra(20, { Country: 'NG' })],
    },
    [],
  ],
  [
    'clicks are in no table: the recipient stands in, and only what is odd is told',
    { UrlClickEvents: [], EntraIdSignInEvents: [entra(-500), entra(19), entra(20, { Country: 'NG' })] },
    [['sign-in', true, /NG/]],
  ],
];

for (const [what, told, found] of cases)
  test(`${found.length > 0 ? 'told' : 'not told'}: ${what}`, async () => {
    const events = await eventsOf(told);
    assert.deepEqual(
      events.map(({ kind, isSuspicious }) => [kind, isSuspicious]),
      found.map(([kind, isSuspicious]) => [kind, isSuspicious]),
    );
    for (const [i, [, , words]] of found.entries()) assert.match(events[i]!.words, words);
  });
