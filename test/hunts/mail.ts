/**
 * The mail that the hunts are proved on: few rows, each there for one edge. `now` is 2026-07-20T12:00:00Z, a Monday, so
 *   ago(1h)               2026-07-20T11:00:00.0000000Z
 *   ago(30d)              2026-06-20T12:00:00.0000000Z
 *   startofday(ago(30d))  2026-06-20T00:00:00.0000000Z, where the daily series begins (included)
 *   startofday(now())     2026-07-20T00:00:00.0000000Z, where it ends (not included)
 */
export const NOW = '2026-07-20T12:00:00.0000000Z';

export interface Mail {
  readonly id: string;
  readonly at: string;
  readonly direction: 'Inbound' | 'Outbound' | 'Intra-org';
  readonly from: string;
  readonly mailFrom: string;
  readonly to: string;
  /** The text of AuthenticationDetails; null is what an export writes for mail that was not checked. */
  readonly checks: string | null;
  readonly action: 'Delivered' | 'Junked' | 'Blocked';
}

type Words = readonly [spf: string, dkim: string, dmarc: string, compauth: string];

/** As Defender writes it. */
const defender = ([spf, dkim, dmarc, compauth]: Words): string =>
  `{"SPF":"${spf}","DKIM":"${dkim}","DMARC":"${dmarc}","CompAuth":"${compauth}"}`;

/** As mailhunt writes it: the same and the words in the header's form. */
const ours = (words: Words): string => {
  const [spf, dkim, dmarc, compauth] = words;
  const results = `spf=${spf} dkim=${dkim} dmarc=${dmarc} action=none compauth=${compauth} reason=001`;
  return `${defender(words).slice(0, -1)},"AuthenticationResults":"${results}"}`;
};

const forged = ours(['fail', 'none', 'fail', 'fail']);
const passed = ours(['pass', 'pass', 'pass', 'pass']);

type Row = readonly [
  id: string,
  at: string,
  direction: Mail['direction'],
  from: string,
  mailFrom: string,
  to: string,
  checks: string | null,
  action: Mail['action'],
];

const table: readonly Row[] = [
  // The last hour, and its edge.
  [
    'forged',
    '2026-07-20T11:59:59.0000000Z',
    'Inbound',
    'ceo@contoso.com',
    'ceo@contoso.com',
    'a@contoso.com',
    forged,
    'Delivered',
  ],
  [
    'hour-edge',
    '2026-07-20T11:00:00.0000000Z',
    'Inbound',
    'ceo@contoso.com',
    'ceo@contoso.com',
    'b@contoso.com',
    forged,
    'Delivered',
  ],
  [
    'hour-edge-and-a-tick',
    '2026-07-20T11:00:00.0000001Z',
    'Inbound',
    'x@weak.example',
    'x@weak.example',
    'a@contoso.com',
    ours(['softfail', 'fail', 'bestguesspass', 'fail']),
    'Junked',
  ],
  [
    'blocked',
    '2026-07-20T11:30:00.0000000Z',
    'Inbound',
    'ceo@contoso.com',
    'ceo@contoso.com',
    'B@contoso.com',
    forged,
    'Blocked',
  ],
  [
    'only-case-differs',
    '2026-07-20T11:40:00.0000000Z',
    'Inbound',
    'news@Paper.Example',
    'news@paper.example',
    'a@contoso.com',
    passed,
    'Delivered',
  ],
  [
    'unchecked-mismatch',
    '2026-07-20T11:45:00.0000000Z',
    'Inbound',
    'me@paper.example',
    'me@other.example',
    'a@contoso.com',
    null,
    'Delivered',
  ],
  [
    'unchecked',
    '2026-07-20T11:46:00.0000000Z',
    'Inbound',
    'me@paper.example',
    'me@paper.example',
    'a@contoso.com',
    '',
    'Delivered',
  ],
  [
    'null-sender',
    '2026-07-20T11:47:00.0000000Z',
    'Inbound',
    'postmaster@paper.example',
    '',
    'a@contoso.com',
    passed,
    'Delivered',
  ],
  [
    'within',
    '2026-07-20T11:50:00.0000000Z',
    'Intra-org',
    'a@contoso.com',
    'app@fabrikam.fr',
    'b@contoso.com',
    null,
    'Delivered',
  ],
  [
    'defender-form',
    '2026-07-20T11:52:00.0000000Z',
    'Inbound',
    'ceo@contoso.com',
    'ceo@contoso.com',
    'c@contoso.com',
    defender(['fail', 'fail', 'fail', 'fail']),
    'Delivered',
  ],
  [
    'dmarc-passes',
    '2026-07-20T11:55:00.0000000Z',
    'Inbound',
    'y@strict.example',
    'y@strict.example',
    'a@contoso.com',
    ours(['fail', 'fail', 'pass', 'pass']),
    'Delivered',
  ],
  // Temperrors.
  [
    'spf-temperror',
    '2026-07-10T08:00:00.0000000Z',
    'Inbound',
    'scan@fabrikam.fr',
    'scan@fabrikam.fr',
    'a@contoso.com',
    defender(['temperror', 'pass', 'pass', 'pass']),
    'Delivered',
  ],
  [
    'dmarc-temperror',
    '2026-07-10T08:00:01.0000000Z',
    'Inbound',
    'z@elsewhere.example',
    'bounce@contoso.com',
    'a@contoso.com',
    ours(['softfail', 'none', 'temperror', 'fail']),
    'Delivered',
  ],
  [
    'temperror-going-out',
    '2026-07-10T08:00:02.0000000Z',
    'Outbound',
    'a@contoso.com',
    'a@contoso.com',
    'z@elsewhere.example',
    defender(['temperror', 'none', 'temperror', 'none']),
    'Delivered',
  ],
  [
    'temperror-elsewhere',
    '2026-07-10T08:00:03.0000000Z',
    'Inbound',
    'ceo@contoso.com',
    'z@elsewhere.example',
    'a@contoso.com',
    defender(['temperror', 'none', 'temperror', 'none']),
    'Delivered',
  ],
  [
    'temperror-in-capitals',
    '2026-07-10T08:00:04.0000000Z',
    'Inbound',
    'a@contoso.com',
    'a@contoso.com',
    'b@contoso.com',
    defender(['TempError', 'none', 'TEMPERROR', 'none']),
    'Delivered',
  ],
  [
    'domain-in-capitals',
    '2026-07-10T08:00:05.0000000Z',
    'Inbound',
    'a@contoso.com',
    'a@CONTOSO.com',
    'b@contoso.com',
    defender(['temperror', 'none', 'temperror', 'none']),
    'Delivered',
  ],
  [
    'keys-in-small-letters',
    '2026-07-10T08:00:06.0000000Z',
    'Inbound',
    'a@contoso.com',
    'a@contoso.com',
    'b@contoso.com',
    '{"spf":"temperror","dmarc":"temperror"}',
    'Delivered',
  ],
  [
    'cut-off',
    '2026-07-10T08:00:07.0000000Z',
    'Inbound',
    'a@contoso.com',
    'a@contoso.com',
    'b@contoso.com',
    '{"SPF":"temperror","DMARC":"temperror"',
    'Delivered',
  ],
  [
    'a-list-of-results',
    '2026-07-10T08:00:08.0000000Z',
    'Inbound',
    'a@contoso.com',
    'a@contoso.com',
    'b@contoso.com',
    '{"DMARC":["temperror"]}',
    'Delivered',
  ],
  // Signatures, and the edges of the daily series.
  [
    'series-edge',
    '2026-06-20T00:00:00.0000000Z',
    'Inbound',
    'k@paper.example',
    'k@paper.example',
    'a@contoso.com',
    '{"DKIM":"fail"}',
    'Delivered',
  ],
  [
    'before-the-series',
    '2026-06-19T23:59:59.9999999Z',
    'Inbound',
    'k@paper.example',
    'k@paper.example',
    'a@contoso.com',
    '{"DKIM":"fail"}',
    'Delivered',
  ],
  [
    'month-edge',
    '2026-06-20T12:00:00.0000000Z',
    'Inbound',
    'ceo@contoso.com',
    'ceo@contoso.com',
    'a@contoso.com',
    ours(['fail', 'fail', 'fail', 'fail']),
    'Delivered',
  ],
  [
    'month-edge-and-a-tick',
    '2026-06-20T12:00:00.0000001Z',
    'Inbound',
    'ceo@contoso.com',
    'ceo@contoso.com',
    'a@contoso.com',
    forged,
    'Delivered',
  ],
  [
    'last-tick-of-the-series',
    '2026-07-19T23:59:59.9999999Z',
    'Inbound',
    'old@header.example',
    'old@header.example',
    'a@contoso.com',
    'spf=none; dkim=fail; DMARC=FAIL action=none',
    'Delivered',
  ],
  [
    'end-of-the-series',
    '2026-07-20T00:00:00.0000000Z',
    'Inbound',
    'k@paper.example',
    'k@paper.example',
    'a@contoso.com',
    '{"DKIM":"fail"}',
    'Delivered',
  ],
  [
    'blanks-in-the-json',
    '2026-07-12T10:00:00.0000000Z',
    'Inbound',
    'k@paper.example',
    'k@paper.example',
    'a@contoso.com',
    '{"DKIM": "fail", "DMARC": "none"}',
    'Delivered',
  ],
  [
    'a-longer-word',
    '2026-07-12T11:00:00.0000000Z',
    'Inbound',
    'k@paper.example',
    'k@paper.example',
    'a@contoso.com',
    '{"DKIM":"failed","Note":"dmarc=failed nodmarc=fail"}',
    'Delivered',
  ],
  [
    'key-in-small-letters',
    '2026-07-12T12:00:00.0000000Z',
    'Inbound',
    'k@paper.example',
    'k@paper.example',
    'a@contoso.com',
    '{"dkim":"FAIL"}',
    'Delivered',
  ],
];

/** Every message, one recipient each. */
export const mails: readonly Mail[] = table.map(([id, at, direction, from, mailFrom, to, checks, action]) => ({
  id,
  at,
  direction,
  from,
  mailFrom,
  to,
  checks,
  action,
}));

export interface Click {
  readonly id: string;
  readonly at: string;
  readonly url: string;
  readonly action: string;
}

/** Clicks: two on one message, one on another, and three that belong to no failed message. */
export const clicks: readonly Click[] = [
  { id: 'forged', at: '2026-07-20T11:59:59.5000000Z', url: 'https://lure.test/1', action: 'ClickAllowed' },
  { id: 'forged', at: '2026-07-20T11:59:59.9000000Z', url: 'https://lure.test/1', action: 'ClickBlocked' },
  { id: 'blocked', at: '2026-07-20T11:31:00.0000000Z', url: 'https://lure.test/2', action: 'ClickAllowed' },
  {
    id: 'only-case-differs',
    at: '2026-07-20T11:41:00.0000000Z',
    url: 'https://paper.example/',
    action: 'ClickAllowed',
  },
  { id: 'HOUR-EDGE', at: '2026-07-20T11:42:00.0000000Z', url: 'https://lure.test/3', action: 'ClickAllowed' },
  { id: '', at: '2026-07-20T11:43:00.0000000Z', url: 'https://chat.example/', action: 'ClickAllowed' },
];
