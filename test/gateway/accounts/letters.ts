import { createHash } from 'node:crypto';
import { keyringOf } from '../../../src/lab/kernel/keys.ts';
import { type Resolver, readMessage, signDkim } from '../../../src/mail/index.ts';

/** What must become of a letter, by the policy and by what its author's domain publishes. */
export type Fate = 'delivered' | 'refused' | 'quarantined' | 'discarded';

/** A numbered message with its envelope. */
export interface Letter {
  readonly number: number;
  readonly fate: Fate;
  readonly clientIp: string;
  readonly mailFrom: string;
  readonly recipients: readonly string[];
}

/** Of ten letters: honest ones, forgeries of owners with p=reject and p=quarantine, and what a rule throws away. */
const fates: readonly Fate[] = [
  'delivered',
  'refused',
  'delivered',
  'delivered',
  'quarantined',
  'delivered',
  'refused',
  'delivered',
  'discarded',
  'delivered',
];

const HONEST = '192.0.2.10';
const FORGER = '203.0.113.9';
const { privateKey, published } = keyringOf(1).pair('bank.example', 'rsa-2048');
/** A body of this many lines comes in several pieces, so that connections break within it. */
const LONG = 2_500;

export const fateOf = (number: number): Fate => fates[number % fates.length]!;

/** Each letter has a domain of its own, so that each needs DNS. */
const domainOf = (number: number): string => `bank${number}.example`;

/** The letter of a number: always the same. */
export function letterOf(number: number): Letter {
  const fate = fateOf(number);
  return {
    number,
    fate,
    clientIp: fate === 'delivered' ? HONEST : FORGER,
    mailFrom: `jane@${domainOf(number)}`,
    recipients: ['anna@receiver.example', ...(number % 5 === 0 ? ['ben@receiver.example'] : [])],
  };
}

/** Its message, with CRLF line ends: signed where its author's domain signs. */
export function textOf({ number, fate }: Letter): string {
  const written = message(number, fate);
  if (fate !== 'delivered' || number % 3 === 0) return written;
  const signing = { domain: domainOf(number), selector: 's', key: privateKey };
  return signDkim(readMessage(Buffer.from(written, 'latin1')), signing) + written;
}

function message(number: number, fate: Fate): string {
  const lines = number % 16 === 0 ? LONG : 20;
  const subject = fate === 'discarded' ? `lottery ${number}` : `letter ${number}`;
  return [
    `From: Jane <jane@${domainOf(number)}>`,
    'To: anna@receiver.example',
    `Subject: ${subject}`,
    `Message-ID: ${messageIdOf(number)}`,
    'Date: Sat, 18 Jul 2026 12:00:00 +0000',
    '',
    `This is number ${number}.`,
    '.a line that begins with a dot',
    ...Array.from({ length: lines }, (_, line) => `${line}: all work and no play makes a dull message`),
    '',
  ].join('\r\n');
}

export const messageIdOf = (number: number): string => `<${number}@${domainOf(number)}>`;

/** The number of a letter by its Message-ID, with or without its angle brackets; NaN for what is none of ours. */
export const numberOf = (messageId: string): number => Number(/^<?(\d+)@bank\d+\.example>?$/.exec(messageId)?.[1]);

/** What arrives of a letter's body where it arrives whole; see {@link bodyOf}. */
export const bodyOfLetter = (number: number): string => bodyOf(message(number, fateOf(number)));

/** What two copies of a message have in common although servers stamped them. */
export const bodyOf = (text: string): string =>
  createHash('sha256')
    .update(text.slice(text.indexOf('\r\n\r\n')), 'latin1')
    .digest('hex')
    .slice(0, 16);

/** What the owners of all the domains publish. */
export const letterZone: Resolver = {
  query: async (name, type) => {
    const [, prefix = '', number] = /^(?:(_dmarc|s\._domainkey)\.)?bank(\d+)\.example$/.exec(name) ?? [];
    if (number === undefined) return { status: 'no-name' };
    if (type !== 'TXT') return { status: 'no-record' };
    return { status: 'found', records: [records[prefix]!(fateOf(Number(number)))] } as never;
  },
};

const records: Readonly<Record<string, (fate: Fate) => string>> = {
  '': () => `v=spf1 ip4:${HONEST} -all`,
  _dmarc: (fate) => `v=DMARC1; p=${fate === 'quarantined' ? 'quarantine' : 'reject'}`,
  's._domainkey': () => `v=DKIM1; p=${published}`,
};

/** The default policy, switched on, with a rule that throws mail away. */
export const policyOf = (defaultText: string): string =>
  defaultText
    .replace('mode: Audit', 'mode: Enforce')
    .replace(
      'rules:\n',
      'rules:\n  - name: Throw lotteries away\n    when:\n      - SubjectContainsWords: [lottery]\n    do: [DeleteMessage]\n\n',
    );
