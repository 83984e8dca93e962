import type { JudgedMessage, TableRows } from '../../ingest/index.ts';
import { type Authentication, authenticate, readMessage, type Transaction } from '../../mail/index.ts';
import { aftermathOf } from '../aftermath.ts';
import { contentOf } from '../files.ts';
import { judgedOf } from '../judged.ts';
import { type Internet, internetOf } from '../kernel/internet.ts';
import type { Letter } from '../kernel/letter.ts';
import { post } from '../kernel/post.ts';
import { qrCodeOf } from '../kernel/qr-code.ts';
import type { FailingLookup, ZoneRecord } from '../kernel/zone.ts';
import type { Message } from '../message.ts';
import { mailbox } from '../organisation.ts';
import { randomFor } from '../random.ts';
import { demoTables, joinedRows, rowsOf } from '../rows.ts';
import { ACCEPTED, gateAnswer } from './gate.ts';
import type { Case, CaseLetter, Claim, Era } from './scenario.ts';
import { varied } from './vary.ts';

/** Which letters: the same of these give the same bytes and rows. */
export interface Receiving {
  readonly seed: number;
  /** What the receiver's clock says when all is over, milliseconds since 1970. */
  readonly now: number;
  /** 0: the case as its file tells it; above: with all changed that must not matter. @default 0 */
  readonly variation?: number;
  /** A copy beside others of the same case and variation gets ids of its own. @default 0 */
  readonly copy?: number;
  /** Whether AuthenticationDetails holds the words of the header too, as in mail that came in raw. @default true */
  readonly withHeaderForm?: boolean;
}

/** What the checks say, and what a gate answers. */
export interface LetterVerdict {
  /** Undefined for mail that is not checked. */
  readonly claim: Claim | undefined;
  readonly smtp: string;
}

/** A letter as the receiver has it. */
export interface ReceivedLetter {
  /** A real message, as its receiver's mail host wrote it down. */
  readonly bytes: Buffer;
  readonly transaction: Transaction;
  readonly networkMessageId: string;
  /** When it arrived, milliseconds since 1970. */
  readonly at: number;
  readonly authentication: Authentication | undefined;
  /** What the scenario says that the verdict is. */
  readonly claimed: LetterVerdict;
  /** What the real authentication says. */
  readonly found: LetterVerdict;
  /** True for a letter of the weeks before, which only tells who is known. */
  readonly isHistory: boolean;
}

/** A case as its receiver met it. */
export interface Received {
  /** Rows for the tables that it fills, a batch a table. */
  readonly batches: readonly TableRows[];
  /** In order of arrival, those of the weeks before first. */
  readonly letters: readonly ReceivedLetter[];
  /** What DNS holds, and where it fails. */
  readonly records: readonly ZoneRecord[];
  readonly failing: readonly FailingLookup[];
  /** What was found of each of the letters. */
  readonly verdicts: readonly LetterVerdict[];
}

/** Keys take long to make and hide nothing: all cases share one ring. */
const KEYS = 1;

/** Between the last thing that happens and `now`. */
const QUIET = 120_000;
const LATEST = 50 * 60_000;

/**
 * Sends the letters of a case through the real checks, and makes the rows that they leave in the tables, clicks and
 * removals included.
 *
 * @example
 * const { batches, letters } = await receive(await caseNamed('direct-send'), { seed: 1, now: Date.now() });
 * letters.at(-1).found.claim.dmarc // 'fail'
 */
export async function receive(one: Case, receiving: Receiving): Promise<Received> {
  const { seed, now, variation = 0, withHeaderForm = true } = receiving;
  const random = randomFor(seed, 'variation', one.name, variation);
  const sent = variation === 0 ? one : varied(one, random);
  const end = now - QUIET - tailOf(sent) - (variation === 0 ? 0 : random.between(0, LATEST));
  const met = new Set<string>();
  const parts: Arrived[] = [];
  for (const era of [sent.history, sent]) {
    const internet = internetOf(era.domains, { seed: KEYS, failing: era.failing });
    for (const [i, letter] of era.letters.entries()) {
      const id = `${one.name}/${variation}/${receiving.copy ?? 0}/${era === sent ? '' : 'before-'}${i}`;
      const at = end - letter.before;
      const arrival = { id, seed, now, internet, at, met, isHistory: era !== sent, withHeaderForm };
      parts.push(await arrive(letter, sent, arrival));
    }
  }
  const letters = parts.map((part) => part.letter);
  const rows = parts.flatMap((part) => part.rows);
  return {
    batches: demoTables.flatMap((name) => joinedRows(rows.filter(({ table }) => table === name)) ?? []),
    letters,
    records: internetOf(sent.domains, { seed: KEYS }).records,
    failing: sent.failing,
    verdicts: letters.map(({ found }) => found),
  };
}

/** How long after the last letter things go on happening. */
const tailOf = ({ letters }: Era): number =>
  Math.max(
    0,
    ...letters.flatMap(({ clicks, afterwards, before }) =>
      [...clicks.map(({ after }) => after), afterwards?.after ?? 0].map((after) => after - before),
    ),
  );

interface Arrival {
  /** What the ids of the letter are made from. */
  readonly id: string;
  readonly seed: number;
  readonly now: number;
  readonly internet: Internet;
  readonly at: number;
  /** Authors that the receiver has had mail from; grows. */
  readonly met: Set<string>;
  readonly isHistory: boolean;
  readonly withHeaderForm: boolean;
}

interface Arrived {
  readonly letter: ReceivedLetter;
  readonly rows: readonly TableRows[];
}

async function arrive(one: CaseLetter, sent: Case, arrival: Arrival): Promise<Arrived> {
  const { id, seed, now, internet, at, met, isHistory, withHeaderForm } = arrival;
  const { acceptedDomains, trustedSealers } = sent;
  const name = `${seed}/${now}/${id}`;
  const attachments = one.files.map((file) => ({
    name: file.name,
    type: 'application/octet-stream',
    content: contentOf(file),
  }));
  const receiver = `mx.${acceptedDomains[0]}`;
  const letter = await withCode({ ...one.letter, attachments }, one.qr);
  const { bytes, transaction } = await post(letter, { internet, name, at, receiver });
  const raw = readMessage(bytes);
  const isChecked = one.direction === 'Inbound' && one.claim !== undefined;
  const composite = { acceptedDomains, trustedSealers };
  const authentication = isChecked
    ? await authenticate(raw, { resolver: internet.resolver, now: at, transaction, composite })
    : undefined;
  const message = messageOf(one, transaction, at);
  const named = { name, message };
  const aftermath = aftermathOf(named, seed, now);
  const judged = await judgedOf(
    { ...named, raw, transaction, authentication },
    { seed, removed: aftermath.removal !== undefined },
  );
  const author = judged.authors.mailboxes[0]?.address.toLowerCase() ?? '';
  const told = { ...judged, place: `lab/${id}`, delivery: deliveryOf(judged, one, met.has(author)) };
  met.add(author);
  return {
    rows: rowsOf(told, aftermath, { withHeaderForm }),
    letter: {
      bytes,
      transaction,
      networkMessageId: judged.networkMessageId,
      at,
      authentication,
      claimed: { claim: one.claim, smtp: one.smtp },
      found: verdictOf(authentication, trustedSealers),
      isHistory,
    },
  };
}

/** The letter with a QR code below what it says: a link that can be photographed and not clicked. */
async function withCode(letter: Letter, link: string | undefined): Promise<Letter> {
  if (link === undefined) return letter;
  const { text = '', html = `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>\n` } = letter;
  const code = { name: 'code.png', type: 'image/png', content: await qrCodeOf(link), contentId: 'code' };
  return {
    ...letter,
    html: `${html}<img src="cid:code" alt="">\n`,
    attachments: [...(letter.attachments ?? []), code],
  };
}

/** What a case tells of a letter, as the demo's messages say it. */
function messageOf(
  { letter, direction, outcome, receipt, files, clicks, afterwards }: CaseLetter,
  { recipients }: Transaction,
  at: number,
): Message {
  const urls = [...new Set(clicks.map(({ link }) => link))];
  const { rule: _, language = 'en', ...more } = receipt;
  const from = typeof letter.from === 'string' ? letter.from : (letter.from[0] ?? '');
  const { mailFrom, ip } = letter.handOver;
  return {
    at,
    direction,
    from: direction === 'Inbound' ? { address: from, name: '', objectId: '' } : mailbox(mailFrom, ''),
    mailFrom,
    ip,
    to: recipients.map((address) => mailbox(address, '')),
    subject: letter.subject ?? '',
    language,
    outcome,
    urls,
    attachments: files,
    clicks: clicks.map(({ link, after, action, goesOn }) => ({
      recipient: 0,
      url: urls.indexOf(link),
      after,
      action,
      goesOn,
    })),
    ...(afterwards === undefined ? {} : { afterwards }),
    ...more,
  };
}

/** First contact is found out, not told. */
const deliveryOf = (
  { delivery, direction }: JudgedMessage,
  { receipt }: CaseLetter,
  isKnown: boolean,
): JudgedMessage['delivery'] => ({
  ...delivery,
  ...(receipt.rule === undefined ? {} : { rule: receipt.rule }),
  ...(direction === 'Inbound' ? { firstContact: !isKnown } : {}),
});

function verdictOf(found: Authentication | undefined, trustedSealers: readonly string[]): LetterVerdict {
  if (found === undefined) return { claim: undefined, smtp: ACCEPTED };
  const { spf, dkim, arc, dmarc, composite } = found;
  return {
    smtp: gateAnswer(found, trustedSealers),
    claim: {
      spf: spf.result,
      dkim: dkim.signatures.map(({ result }) => result),
      arc: arc.result,
      dmarc: dmarc.result,
      disposition: dmarc.disposition,
      compauth: composite.compauth,
      reason: composite.reason,
    },
  };
}
