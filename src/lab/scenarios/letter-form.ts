import {
  duration,
  flag,
  listOf,
  located,
  mapOf,
  oneOf,
  type Reader,
  type Spot,
  shape,
  text,
  textLike,
  unknown,
  wholeNumber,
  wrong,
} from '../../yaml/index.ts';
import type { Afterwards, Attachment, Click } from '../message.ts';
import type { OutcomeName } from '../outcomes.ts';
import { bodyText, envelopeAddress, fieldName, heloName, lineText, plainAddress } from './read-text.ts';
import type { CaseLetter, Claim, LinkClick } from './scenario.ts';

/** Letters of one case, those that are repeated counted. */
export const MOST_LETTERS = 60;

const outcomes: Readonly<Record<string, OutcomeName>> = {
  delivered: 'delivered',
  sent: 'sent',
  undeliverable: 'undeliverable',
  'junked as bulk': 'bulkJunked',
  'junked as spam': 'spamJunked',
  'junked as spoof': 'spoofJunked',
  'quarantined as spam': 'spamQuarantined',
  'quarantined as phish': 'phishQuarantined',
  'quarantined as malware': 'malwareQuarantined',
  'quarantined as spoof': 'spoofQuarantined',
  'quarantined as own spoof': 'ownSpoofQuarantined',
  'quarantined as user impersonation': 'userImpersonationQuarantined',
  'quarantined as domain impersonation': 'domainImpersonationQuarantined',
  'allowed by rule': 'allowedByRule',
  'allowed by list': 'allowedByList',
};

const clickActions: Readonly<Record<string, Click['action']>> = {
  allowed: 'ClickAllowed',
  blocked: 'ClickBlocked',
  'blocked by tenant': 'ClickBlockedByTenantPolicy',
  'error page': 'UrlErrorPage',
  'scan in progress': 'UrlScanInProgress',
};

const directions = { inbound: 'Inbound', outbound: 'Outbound', 'intra-org': 'Intra-org' } as const;

/** One of the words of a table, as what it stands for. */
const wordOf =
  <T>(table: Readonly<Record<string, T>>): Reader<T> =>
  (spot) => {
    const word = text(spot);
    return Object.hasOwn(table, word) ? table[word]! : wrong(spot, `there is no ${unknown(word, Object.keys(table))}`);
  };

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

/** `90s`, `4m`, `2h`, `3d`, up to 90 days, as milliseconds. */
const time = duration(0, 90 * day);

const spfWords = ['none', 'neutral', 'pass', 'fail', 'softfail', 'temperror', 'permerror'] as const;
const dkimWords = ['none', 'pass', 'fail', 'policy', 'neutral', 'temperror', 'permerror'] as const;

const claimFields = shape({
  spf: oneOf(spfWords),
  dkim: listOf(oneOf(dkimWords), 20),
  arc: oneOf(['none', 'pass', 'fail', 'temperror']),
  dmarc: oneOf(['none', 'pass', 'fail', 'temperror', 'permerror']),
  disposition: oneOf(['none', 'quarantine', 'reject']),
  compauth: oneOf(['pass', 'fail', 'softpass', 'none']),
  reason: textLike(/^\d{3}$/, 'is no reason code of three digits'),
});

/** `dkim: none` is a message without signatures; `unchecked` is mail that never left the organisation. */
const claim: Reader<Claim | undefined> = (spot) => {
  if (spot.node !== null && 'value' in spot.node && spot.node.value === 'unchecked') return undefined;
  const found = claimFields(spot);
  const missing = (['spf', 'dkim', 'dmarc', 'disposition', 'compauth', 'reason'] as const).find(
    (name) => found[name] === undefined,
  );
  if (missing !== undefined) return wrong(spot, `says nothing of ${missing}`);
  const dkim = found.dkim!.length === 1 && found.dkim![0] === 'none' ? [] : found.dkim!;
  return { ...found, arc: found.arc ?? 'none', dkim } as Claim;
};

const file: Reader<Attachment> = (spot) => {
  const {
    name,
    size = 20_000,
    threat,
  } = shape({
    name: textLike(/^[^\p{Cc}/\\]{1,200}$/u, 'is no file name'),
    size: wholeNumber(100, 500_000),
    threat: text,
  })(spot);
  if (name === undefined) return wrong(spot, 'has no name');
  return { name, mark: name, size, ...(threat === undefined ? {} : { threat: { type: 'Malware', name: threat } }) };
};

const click: Reader<LinkClick> = (spot) => {
  const {
    link,
    after = 5 * minute,
    action = 'ClickAllowed',
    went_on: goesOn = false,
  } = shape({
    link: text,
    after: time,
    action: wordOf(clickActions),
    went_on: flag,
  })(spot);
  return link === undefined ? wrong(spot, 'says no link') : { link, after, action, goesOn };
};

const afterwards: Reader<Afterwards> = (spot) => {
  const { type, after = hour } = shape({
    type: oneOf(['Phish ZAP', 'Malware ZAP', 'Spam ZAP', 'Manual remediation']),
    after: time,
  })(spot);
  return type === undefined ? wrong(spot, 'says no type') : { type, after };
};

const statusCode = textLike(/^(?:250|[45]\d\d [45]\.\d{1,3}\.\d{1,3})$/, 'is no SMTP answer such as 250 or 550 5.7.26');

const languages = ['en', 'fr'] as const;

/** Short enough for a QR code that a reader of pictures finds. */
const qrLink =
  (own: readonly string[]): Reader<string> =>
  (spot) => {
    const link = lineText(own)(spot);
    return /^https?:\/\/[\x21-\x7e]{1,300}$/.test(link)
      ? link
      : wrong(spot, 'is a link such as https://bank.example/a');
  };

/** What a reader of the letter sees. */
export const mailFields = (own: readonly string[]) => ({
  from: listOf(lineText(own), 5),
  to: listOf(plainAddress(own), 50),
  recipients: listOf(plainAddress(own), 50),
  cc: listOf(plainAddress(own), 50),
  reply_to: lineText(own),
  subject: listOf(lineText(own), 20),
  text: listOf(bodyText(own), 20),
  html: bodyText(own),
  qr: qrLink(own),
  headers: mapOf(lineText(own), fieldName),
  message_id: textLike(/^<[\x21-\x3b\x3d\x3f-\x7e]{1,200}>$/, 'is no Message-ID such as <1@bank.example>'),
  files: listOf(file, 10),
  language: oneOf(languages),
});

/** All that can be said of a letter. */
export const letterFields = (own: readonly string[]) => ({
  ...mailFields(own),
  sent_by: located(text),
  helo: heloName(own),
  envelope: envelopeAddress(own),
  steps: (spot: Spot) => spot,
  verdict: claim,
  smtp: statusCode,
  outcome: wordOf(outcomes),
  direction: wordOf<CaseLetter['direction']>(directions),
  bulk_level: wholeNumber(0, 9),
  connector: text,
  distribution_list: plainAddress(own),
  rule: text,
  clicks: listOf(click, 20),
  afterwards,
  before: time,
  times: wholeNumber(1, MOST_LETTERS),
  every: time,
});

const letterShape = (own: readonly string[]) => shape(letterFields(own));

/** A letter as it was read: with what the half and the file say for all. */
export type LetterText = ReturnType<ReturnType<typeof letterShape>>;
