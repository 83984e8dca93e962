import { type Authentication, authenticate, fieldNamed, readMessage, unfolded } from '../mail/index.ts';
import { demoDomains, heloOf } from './demo-domains.ts';
import { contentOf } from './files.ts';
import { named } from './kernel/header-text.ts';
import { type Internet, internetOf } from './kernel/internet.ts';
import type { Letter } from './kernel/letter.ts';
import { post } from './kernel/post.ts';
import type { FailingLookup } from './kernel/zone.ts';
import type { Message, NamedMessage } from './message.ts';
import { acceptedDomains } from './organisation.ts';

/** A message of the demo as the organisation's mail host had it. */
export interface WitnessedMessage extends NamedMessage {
  /** The raw message. */
  readonly bytes: Buffer;
  /** Message-ID with its angle brackets. */
  readonly messageId: string;
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
 * @example const { bytes, authentication } = await witnessOf(1)(message); authentication?.words.dmarc // 'fail'
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
    const { bytes, transaction } = await post(letterOf(message), { internet, name, at, receiver: RECEIVER });
    const raw = readMessage(bytes);
    const messageId = unfolded(fieldNamed(raw, 'message-id')!.value);
    const written = { name, message, bytes, messageId };
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

function letterOf(message: Message): Letter {
  const { from, to, subject, language, urls = [], attachments = [], journey = [], ip, mailFrom } = message;
  return {
    from: named(from.name, from.address),
    to: to.map(({ address }) => address),
    subject,
    text: [openings[language], '', subject, ...urls, ''].join('\n'),
    attachments: attachments.map((file) => ({
      name: file.name,
      type: 'application/octet-stream',
      content: contentOf(file),
    })),
    journey,
    handOver: { ip, helo: heloOf(ip), mailFrom },
  };
}
