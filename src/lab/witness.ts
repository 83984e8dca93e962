import { type Authentication, authenticate, type RawMessage, readMessage, type Transaction } from '../mail/index.ts';
import { demoDomains, heloOf } from './demo-domains.ts';
import { contentOf } from './files.ts';
import { named } from './kernel/header-text.ts';
import { type Internet, internetOf } from './kernel/internet.ts';
import type { Letter } from './kernel/letter.ts';
import { post } from './kernel/post.ts';
import { qrCodeOf } from './kernel/qr-code.ts';
import type { FailingLookup } from './kernel/zone.ts';
import type { Message, NamedMessage } from './message.ts';
import { acceptedDomains } from './organisation.ts';

/** A message of the demo as the organisation's mail host had it. */
export interface WitnessedMessage extends NamedMessage {
  readonly raw: RawMessage;
  readonly transaction: Transaction;
  /** What the checks said; undefined for mail from inside, which is not checked. */
  readonly authentication: Authentication | undefined;
}

/** Sealers whom the organisation believes. */
const trustedSealers = ['lists.example.org'];

/** The organisation's own mail host. */
const RECEIVER = 'mx.contoso.com';

/**
 * Writes the messages of a demo as real mail and authenticates what comes from outside: keys and DNS are those of the
 * seed, and every verdict of the demo is made here.
 *
 * @example const { raw, authentication } = await witnessOf(1)(message); authentication?.words.dmarc // 'fail'
 */
export function witnessOf(seed: number): (named: NamedMessage) => Promise<WitnessedMessage> {
  const internets = new Map<string, Internet>();
  const internetWith = (failing: readonly FailingLookup[]): Internet => {
    const key = JSON.stringify(failing);
    const internet = internets.get(key) ?? internetOf(demoDomains, { seed, failing });
    internets.set(key, internet);
    return internet;
  };
  return async ({ name, message }) => {
    const internet = internetWith(message.failing ?? []);
    const { at } = message;
    const { bytes, transaction } = await post(await letterOf(message), { internet, name, at, receiver: RECEIVER });
    const raw = readMessage(bytes);
    const written = { name, message, raw, transaction };
    if (message.direction !== 'Inbound') return { ...written, authentication: undefined };
    const authentication = await authenticate(raw, {
      resolver: internet.resolver,
      now: at,
      transaction,
      composite: { acceptedDomains, trustedSealers },
    });
    return { ...written, authentication };
  };
}

const openings = {
  en: 'Hello,\n\nhere is what this is about:',
  fr: 'Bonjour,\n\nvoici de quoi il s’agit :',
} as const;

async function letterOf(message: Message): Promise<Letter> {
  const { from, to, subject, language, urls = [], urlLocation = 'Body', journey = [], ip, mailFrom } = message;
  const { messageId, answers } = message;
  const files = (message.attachments ?? []).map((file) => ({
    name: file.name,
    type: 'application/octet-stream',
    content: contentOf(file),
  }));
  const letter: Letter = {
    from: named(from.name, from.address),
    to: to.map(({ address }) => address),
    subject,
    text: [openings[language], '', subject, ...(urlLocation === 'Body' ? urls : []), ''].join('\n'),
    attachments: files,
    journey: answers === undefined ? journey : [{ do: 'field', name: 'In-Reply-To', value: answers }, ...journey],
    ...(messageId === undefined ? {} : { messageId }),
    handOver: { ip, helo: heloOf(ip), mailFrom },
  };
  if (urlLocation === 'Body') return letter;
  const codes = await Promise.all(urls.map(pictureOf));
  const shown = codes.map(({ contentId }) => `<img src="cid:${contentId}" alt="">`).join('');
  return { ...letter, html: `<p>${subject}</p>\n${shown}`, attachments: [...files, ...codes] };
}

/** A link that can be photographed and not clicked. */
const pictureOf = async (url: string, place: number) => ({
  name: `code-${place}.png`,
  type: 'image/png',
  content: await qrCodeOf(url),
  contentId: `code-${place}`,
});
