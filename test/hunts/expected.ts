import { clicks, mails } from './mail.ts';

const mailOf = (id: string) => mails.find((mail) => mail.id === id)!;

/**
 * Temperrors on own domains. In: a temperror of SPF alone, and one of DMARC where only the envelope is ours.
 * Out: mail that leaves (direction); another envelope domain; `TempError` (== minds case); `CONTOSO.com` (so does in);
 * keys in small letters (other members); text that is cut off (not JSON, no members); a list (its text is not the word).
 */
export const temperrors = [
  { id: 'spf-temperror', spf: 'temperror', dmarc: 'pass' },
  { id: 'dmarc-temperror', spf: 'softfail', dmarc: 'temperror' },
] as const;

/** A daily series of 30 numbers: zero but for the days given, counted from 0 = 2026-06-20. */
const series = (counts: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: 30 }, (_, day) => counts[day] ?? 0);

/** The days of the series, as a series prints them. */
export const days = Array.from(
  { length: 30 },
  (_, day) => `${new Date(Date.UTC(2026, 5, 20 + day)).toISOString().slice(0, 19)}.0000000Z`,
);

/**
 * Failed signatures a day. June 20: `series-edge` (from is included) and `month-edge`. July 12: `key-in-small-letters`
 * (has_any does not mind case); not `blanks-in-the-json` (another text) nor `a-longer-word` (`failed` is another word).
 * July 19: nothing, its text is the header's form. Out: `before-the-series` by a tick, `end-of-the-series` (to is not
 * included) and everything of the last, unfinished day.
 */
export const failedSignatures = series({ 0: 2, 22: 1 });

/**
 * All mail a day, which is what a count without a filter gives. June 20: the edge, the month's edge and a tick after.
 * July 10: the nine temperrors. July 12: three. July 19: one, at its last tick.
 */
export const allMail = series({ 0: 3, 20: 9, 22: 3, 29: 1 });

const fromTo = (id: string) => {
  const mail = mailOf(id);
  return {
    Timestamp: mail.at,
    NetworkMessageId: id,
    SenderFromAddress: mail.from,
    SenderMailFromAddress: mail.mailFrom,
    SenderFromDomain: mail.from.split('@')[1] ?? '',
    SenderMailFromDomain: mail.mailFrom.split('@')[1] ?? '',
    RecipientEmailAddress: mail.to,
    Subject: `About ${id}`,
    DeliveryAction: mail.action,
  };
};

/**
 * Forgeries and mismatches of the last hour, newest first.
 * Out: `hour-edge` (> leaves the edge out), `blocked`, `unchecked` (no words, same domains), `null-sender` (an empty
 * domain is no mismatch), `within` (direction), `dmarc-passes`, and `defender-form`: its JSON has no `spf=` to extract,
 * which is why such a hunt is blind in Defender.
 */
export const lastHour = [
  // SPF fails, DMARC fails, DKIM is none and counts for nothing.
  {
    ...fromTo('forged'),
    SPFResult: 'fail',
    DKIMResult: 'none',
    DMARCResult: 'fail',
    DomainMismatch: false,
    AuthFailCount: 2,
  },
  // Nothing was checked; the two domains differ.
  {
    ...fromTo('unchecked-mismatch'),
    SPFResult: '',
    DKIMResult: '',
    DMARCResult: '',
    DomainMismatch: true,
    AuthFailCount: 0,
  },
  // != minds case, so it is in; the comparison after tolower does not, so it is no mismatch.
  {
    ...fromTo('only-case-differs'),
    SPFResult: 'pass',
    DKIMResult: 'pass',
    DMARCResult: 'pass',
    DomainMismatch: false,
    AuthFailCount: 0,
  },
  // softfail and fail count, bestguesspass does not.
  {
    ...fromTo('hour-edge-and-a-tick'),
    SPFResult: 'softfail',
    DKIMResult: 'fail',
    DMARCResult: 'bestguesspass',
    DomainMismatch: false,
    AuthFailCount: 2,
  },
] as const;

/**
 * Mail of the last 30 days with the term `dmarc=fail`, newest first: three of today, one in capitals (has does not mind
 * case), one a tick after the edge. Out: `month-edge` (> again), `a-longer-word` (`dmarc=failed` and `nodmarc=fail` are
 * other words), `defender-form` (there it reads `"DMARC":"fail"`), `hour-edge-and-a-tick` (bestguesspass).
 */
export const dmarcFailures = ['forged', 'blocked', 'hour-edge', 'last-tick-of-the-series', 'month-edge-and-a-tick'].map(
  (id) => ({ ...fromTo(id), AuthenticationDetails: mailOf(id).checks }),
);

/** The same by sender. Recipients: a@, b@ and B@ are three, for dcount minds case; a@ came twice. */
export const failuresBySender = [
  {
    SenderFromAddress: 'ceo@contoso.com',
    Messages: 4,
    Recipients: 3,
    FirstSeen: '2026-06-20T12:00:00.0000001Z',
    LastSeen: '2026-07-20T11:59:59.0000000Z',
  },
  {
    SenderFromAddress: 'old@header.example',
    Messages: 1,
    Recipients: 1,
    FirstSeen: '2026-07-19T23:59:59.9999999Z',
    LastSeen: '2026-07-19T23:59:59.9999999Z',
  },
] as const;

const clicked = (id: string, click: number) => {
  const { at, url, action } = clicks[click]!;
  return { id, ClickTime: at, NetworkMessageId1: id, Url: url, ActionType: action };
};
// A row without a partner: null for the time, the empty text for strings, for KQL's strings know no null.
const notClicked = (id: string) => ({ id, ClickTime: null, NetworkMessageId1: '', Url: '', ActionType: '' });

/**
 * The failures with their clicks: `forged` twice, `blocked` once, the others once without a click. `HOUR-EDGE` is
 * another id than `hour-edge`; the click on `only-case-differs` belongs to mail that did not fail; the click without an
 * id to none.
 */
export const failuresWithClicks = [
  clicked('forged', 0),
  clicked('forged', 1),
  clicked('blocked', 2),
  notClicked('hour-edge'),
  notClicked('last-tick-of-the-series'),
  notClicked('month-edge-and-a-tick'),
].map(({ id, ...click }) => {
  const { Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject } = fromTo(id);
  return { EmailTime: Timestamp, NetworkMessageId, SenderFromAddress, RecipientEmailAddress, Subject, ...click };
});
