import { type Spot, wrong } from '../../yaml/index.ts';
import type { Domain } from '../kernel/domain.ts';
import type { LetterText } from './letter-form.ts';
import { host, stepsOf } from './read-steps.ts';
import { address } from './read-text.ts';
import type { CaseLetter } from './scenario.ts';

const MINUTE = 60_000;

/** Where letters stand. */
export interface LetterPlace {
  readonly domains: readonly Domain[];
  readonly own: readonly string[];
  /** Where an error points that is about the letter as a whole. */
  readonly spot: Spot;
}

/** The letters that one text stands for: as many as `times` says. */
export function lettersOf(found: LetterText, place: LetterPlace): readonly CaseLetter[] {
  const { times = 1, every = MINUTE, before = 0 } = found;
  const one = letterOf(found, place);
  return Array.from({ length: times }, (_, i) => ({ ...one, before: before + (times - 1 - i) * every }));
}

/** Fields that every letter has. */
const COMPOSED = ['From', 'To', 'Subject', 'Date', 'Message-ID', 'MIME-Version', 'Content-Type'];

/** The address in a From as it stands; empty where there is none. */
const addressIn = (from: string): string => /([^\s<>"]+@[^\s<>",]+)>?\s*$/.exec(from)?.[1] ?? '';

function letterOf(found: LetterText, { spot, domains, own }: LetterPlace): CaseLetter {
  const from = found.from ?? wrong(spot, 'nobody wrote it: say from');
  if (!found.to?.length) wrong(spot, 'nobody gets it: say to');
  if (!('verdict' in found)) wrong(spot, 'say the right verdict: {spf, dkim, dmarc, disposition, compauth, reason}');
  const { subject: subjects = [], text: texts = [], html, clicks = [] } = found;
  const unseen = clicks.find(({ link }) => ![...texts, html ?? '', found.qr ?? ''].some((one) => one.includes(link)));
  if (unseen !== undefined) wrong(spot, `nobody can click on ${unseen.link}: it is not in the text`);
  const headers = headersOf(found);
  const envelope = found.envelope ?? addressIn(from[0] ?? '');
  const around = { domains, envelope, own, bodies: bodiesOf(found), fields: [...COMPOSED, ...Object.keys(headers)] };
  return {
    letter: {
      ...writtenOf(found),
      headers,
      handOver: { ...clientOf(found, spot, domains), mailFrom: envelope },
      journey: found.steps === undefined ? [] : stepsOf(found.steps, around),
    },
    subjects,
    texts,
    files: found.files ?? [],
    ...(found.qr === undefined ? {} : { qr: found.qr }),
    direction: found.direction ?? 'Inbound',
    claim: found.verdict,
    smtp: found.smtp ?? wrong(spot, 'say what a gate that honours p=reject answers: smtp'),
    outcome: found.outcome ?? 'delivered',
    receipt: receiptOf(found),
    clicks,
    ...(found.afterwards === undefined ? {} : { afterwards: found.afterwards }),
    before: 0,
  };
}

/** What the author writes, the first of each wording. */
function writtenOf({ from = [], to = [], cc, recipients, subject, text, html, message_id: messageId }: LetterText) {
  return {
    from: from.length === 1 ? from[0]! : from,
    to,
    ...(subject?.[0] === undefined ? {} : { subject: subject[0] }),
    ...(text?.[0] === undefined ? {} : { text: text[0] }),
    ...(html === undefined ? {} : { html }),
    ...(messageId === undefined ? {} : { messageId }),
    ...(recipients === undefined && cc === undefined ? {} : { recipients: recipients ?? [...to, ...cc!] }),
  };
}

const headersOf = ({ cc, reply_to: replyTo, headers }: LetterText): Readonly<Record<string, string>> => ({
  ...(cc === undefined ? {} : { Cc: cc.join(', ') }),
  ...(replyTo === undefined ? {} : { 'Reply-To': replyTo }),
  ...headers,
});

/** Every body that the letter may have. */
const bodiesOf = ({ text = [], html }: LetterText): readonly string[] =>
  html === undefined ? text : text.map((one) => `${one}\n${html}`);

/** Who hands it to the receiver: a host by its name, or an address that has none. */
function clientOf({ sent_by: sentBy, helo }: LetterText, spot: Spot, domains: readonly Domain[]) {
  const { value: name, spot: at } = sentBy ?? wrong(spot, 'say which host hands it to the receiver: sent_by');
  if (!/^[\d.]+$|:/.test(name)) {
    const found = host(at, name, domains);
    return { ...found, helo: helo ?? found.helo };
  }
  const ip = address(at);
  return { ip, helo: helo ?? (ip.includes(':') ? `[IPv6:${ip}]` : `[${ip}]`) };
}

const receiptOf = ({
  bulk_level,
  connector,
  distribution_list,
  rule,
  language,
}: LetterText): CaseLetter['receipt'] => ({
  ...(bulk_level === undefined ? {} : { bulkLevel: bulk_level }),
  ...(connector === undefined ? {} : { connector }),
  ...(distribution_list === undefined ? {} : { distributionList: distribution_list }),
  ...(rule === undefined ? {} : { rule }),
  ...(language === undefined ? {} : { language }),
});
