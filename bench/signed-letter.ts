/** Mail of about 20 KB for measurements, each message another one, signed with a real key. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readMessage, signDkim } from '../src/mail/index.ts';

/** Bytes of a message, with its signature and what its receivers write on top of it. */
export const LETTER_SIZE = 20_000;
/** Of them, for signature and receivers. */
const ON_TOP = 900;

/** What bodies are made of: the words of its Content-Type, and a line of so many. */
export interface Kind {
  readonly type: string;
  readonly encoding: string;
  readonly line: (message: number, at: number) => string;
}

export const kinds = {
  /** As companies send them: HTML in quoted-printable, a link every 14 lines. */
  html: {
    type: 'text/html',
    encoding: 'quoted-printable',
    line: (n, at) =>
      at % 14 === 0
        ? `<a href=3D"https://www.sender.example/r/${n}/${at % 12}">more</a>\r\n`
        : `<p class=3D"a">Line ${at} of message ${n}: the quarterly figures are attached, =E2=80=94 see below.</p>=\r\n`,
  },
  /** As people write them. */
  text: {
    type: 'text/plain',
    encoding: '8bit',
    line: (n, at) => `Line ${at} of message ${n}: the quarterly figures are attached, see below, and so on.\r\n`,
  },
} as const satisfies Readonly<Record<string, Kind>>;

/** A domain that signs, and by what others know that it was it. */
export interface Signer {
  readonly domain: string;
  readonly selector: string;
  readonly key: KeyObject;
  /** Names and texts of its TXT records: SPF for 192.0.2.0/24, the key, DMARC with `p=reject`. */
  readonly records: readonly (readonly [name: string, text: string])[];
}

/** A signer with a new key of 2,048 bits. */
export function newSigner(domain: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const selector = 's1';
  return {
    domain,
    selector,
    key: privateKey,
    records: [
      [domain, 'v=spf1 ip4:192.0.2.0/24 -all'],
      [
        `${selector}._domainkey.${domain}`,
        `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`,
      ],
      [`_dmarc.${domain}`, 'v=DMARC1; p=reject'],
    ],
  };
}

/** The n-th message of a signer as it hands it over. */
export function signedLetter(n: number, { type, encoding, line }: Kind, { domain, selector, key }: Signer): Buffer {
  const header = [
    `From: "Sender News" <news@${domain}>`,
    `To: reader${n % 50}@example.com`,
    `Subject: =?UTF-8?Q?Your_figures_=E2=80=93_${n}?=`,
    `Message-ID: <${n}@${domain}>`,
    'Date: Sat, 18 Jul 2026 13:58:00 +0000',
    'MIME-Version: 1.0',
    `Content-Type: ${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    '',
  ].join('\r\n');
  let body = '';
  for (let at = 0; header.length + body.length < LETTER_SIZE - ON_TOP; at++) body += line(n, at);
  const letter = Buffer.from(header + body, 'latin1');
  return Buffer.concat([Buffer.from(signDkim(readMessage(letter), { domain, selector, key }), 'latin1'), letter]);
}
