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
const slow = defender(['temperror', 'none', 'temperror', 'none']);

/** A message of 2026; what is not said is the ordinary: inbound, one domain, to a@contoso.com, delivered. */
const mail = (id: string, at: string, checks: string | null, other: Partial<Mail> = {}): Mail => {
  const from = other.from ?? 'k@paper.example';
  const to = 'a@contoso.com';
  const time = `2026-${at}${at.includes('.') ? '' : '.0000000'}Z`;
  return { id, at: time, checks, direction: 'Inbound', mailFrom: from, to, action: 'Delivered', ...other, from };
};

const chief = { from: 'ceo@contoso.com' } as const;
const colleague = { from: 'a@contoso.com', to: 'b@contoso.com' } as const;

/** Every message, one recipient each. */
export const mails: readonly Mail[] = [
  // The last hour, and its edge.
  mail('forged', '07-20T11:59:59', forged, chief),
  mail('hour-edge', '07-20T11:00:00', forged, { ...chief, to: 'b@contoso.com' }),
  mail('hour-edge-and-a-tick', '07-20T11:00:00.0000001', ours(['softfail', 'fail', 'bestguesspass', 'fail']), {
    action: 'Junked',
  }),
  mail('blocked', '07-20T11:30:00', forged, { ...chief, to: 'B@contoso.com', action: 'Blocked' }),
  mail('only-case-differs', '07-20T11:40:00', passed, { from: 'news@Paper.Example', mailFrom: 'news@paper.example' }),
  mail('unchecked-mismatch', '07-20T11:45:00', null, { mailFrom: 'me@other.example' }),
  mail('unchecked', '07-20T11:46:00', ''),
  mail('null-sender', '07-20T11:47:00', passed, { mailFrom: '' }),
  mail('within', '07-20T11:50:00', null, { ...colleague, direction: 'Intra-org', mailFrom: 'app@fabrikam.fr' }),
  mail('defender-form', '07-20T11:52:00', defender(['fail', 'fail', 'fail', 'fail']), chief),
  mail('dmarc-passes', '07-20T11:55:00', ours(['fail', 'fail', 'pass', 'pass'])),
  // Temperrors.
  mail('spf-temperror', '07-10T08:00:00', defender(['temperror', 'pass', 'pass', 'pass']), { from: 's@fabrikam.fr' }),
  mail('dmarc-temperror', '07-10T08:00:01', ours(['softfail', 'none', 'temperror', 'fail']), {
    mailFrom: 'bounce@contoso.com',
  }),
  mail('temperror-going-out', '07-10T08:00:02', slow, {
    from: 'a@contoso.com',
    direction: 'Outbound',
    to: 'z@far.example',
  }),
  mail('temperror-elsewhere', '07-10T08:00:03', slow, { ...chief, mailFrom: 'z@far.example' }),
  mail('temperror-in-capitals', '07-10T08:00:04', defender(['TempError', 'none', 'TEMPERROR', 'none']), colleague),
  mail('domain-in-capitals', '07-10T08:00:05', slow, { ...colleague, mailFrom: 'a@CONTOSO.com' }),
  mail('keys-in-small-letters', '07-10T08:00:06', '{"spf":"temperror","dmarc":"temperror"}', colleague),
  mail('cut-off', '07-10T08:00:07', '{"SPF":"temperror","DMARC":"temperror"', colleague),
  mail('a-list-of-results', '07-10T08:00:08', '{"DMARC":["temperror"]}', colleague),
  // Signatures, and the edges of the daily series.
  mail('before-the-series', '06-19T23:59:59.9999999', '{"DKIM":"fail"}'),
  mail('series-edge', '06-20T00:00:00', '{"DKIM":"fail"}'),
  mail('month-edge', '06-20T12:00:00', ours(['fail', 'fail', 'fail', 'fail']), chief),
  mail('month-edge-and-a-tick', '06-20T12:00:00.0000001', forged, chief),
  mail('last-tick-of-the-series', '07-19T23:59:59.9999999', 'spf=none; dkim=fail; DMARC=FAIL action=none', {
    from: 'old@header.example',
  }),
  mail('end-of-the-series', '07-20T00:00:00', '{"DKIM":"fail"}'),
  mail('blanks-in-the-json', '07-12T10:00:00', '{"DKIM": "fail", "DMARC": "none"}'),
  mail('a-longer-word', '07-12T11:00:00', '{"DKIM":"failed","Note":"dmarc=failed nodmarc=fail"}'),
  mail('key-in-small-letters', '07-12T12:00:00', '{"dkim":"FAIL"}'),
];

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
