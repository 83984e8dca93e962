/**
 * DKIM of a 20 KB message with one rsa-2048 signature, keys from memory: ours (message taken apart, signature verified)
 * beside mailauth's `dkimVerify`, in turns in one process and on one core. Medians of rounds, microseconds a message.
 *
 *     node bench/dkim.ts [rounds]
 */
import { generateKeyPairSync } from 'node:crypto';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { bodyHash } from '../src/mail/dkim/body-hash.ts';
import { signDkim } from '../src/mail/dkim/sign-dkim.ts';
import { verifyDkim } from '../src/mail/dkim/verify-dkim.ts';
import { readMessage } from '../src/mail/message/raw-message.ts';

const rounds = Number(process.argv[2] ?? 15);
const MESSAGES = 40;
const SIZE = 20_000;

const lines = (length: number, lineOf: (line: number) => string): string => {
  let text = '';
  for (let line = 0; text.length < length; line++) text += `${lineOf(line)}\r\n`;
  return text;
};

/** Bodies as mail has them: what relaxed canonicalisation finds to change differs from nothing to every line. */
const bodies: Readonly<Record<string, string>> = {
  text: lines(SIZE, (line) => `Dear reader of line ${line}, this is a plain sentence of ordinary words.`),
  'html, quoted-printable': lines(SIZE, (line) =>
    line % 3 === 0
      ? `      <td class=3D"cell" style=3D"padding: ${line}px">`
      : `<a href=3D"https://www.example.com/${line}">offer</a> =`,
  ),
  'html, tabs and blanks at the ends': lines(SIZE, (line) => `\t\t<tr><td>row ${line}</td>  <td>two</td></tr> `),
  'base64 attachment': lines(SIZE, (line) => Buffer.alloc(57, `${line} attachment `).toString('base64')),
};

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: 'spki', format: 'der' }).toString('base64')}`;
const resolver = { query: async () => ({ status: 'found', records: [record] }) as never };
const promises = async (): Promise<string[][]> => [[record]];

function mailWith(body: string, serial: number): Buffer {
  const header = [
    'Received: from mx.example.net (mx.example.net [192.0.2.7]) by mx.example.com; Mon, 1 Jun 2026 10:00:00 +0000',
    'From: "Offers" <offers@example.com>',
    'To: <reader@example.net>',
    `Subject: Offer ${serial}`,
    'Date: Mon, 1 Jun 2026 10:00:00 +0000',
    `Message-ID: <${serial}@example.com>`,
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
  ];
  const unsigned = Buffer.from(`${header.join('\r\n')}\r\n\r\n${body}`);
  const field = signDkim(readMessage(unsigned), { domain: 'example.com', selector: 's1', key: privateKey });
  return Buffer.concat([Buffer.from(field), unsigned]);
}

const median = (of: number[]): number => of.sort((a, b) => a - b)[of.length >> 1]!;

async function microseconds(mails: readonly Buffer[], run: (mail: Buffer) => unknown): Promise<number> {
  const start = performance.now();
  for (const mail of mails) await run(mail);
  return ((performance.now() - start) * 1000) / mails.length;
}

/** What runs; each throws where the signature does not pass, so that nothing fast and wrong is measured. */
const runs: Readonly<Record<string, (mail: Buffer) => unknown>> = {
  ours: async (mail) => {
    const { signatures } = await verifyDkim(readMessage(mail), { resolver, now: Date.now() });
    if (signatures[0]?.result !== 'pass') throw new Error(signatures[0]?.reason);
  },
  mailauth: async (mail) => {
    const { results } = await dkimVerify(mail, { resolver: promises, strict: true } as never);
    if (results[0]?.status.result !== 'pass') throw new Error(String(results[0]?.status.comment));
  },
  'message alone': (mail) => readMessage(mail),
  'message and body hash': (mail) => bodyHash(readMessage(mail), 'relaxed', 'sha256'),
};

for (const [kind, body] of Object.entries(bodies)) {
  const mails = Array.from({ length: MESSAGES }, (_, serial) => mailWith(body, serial));
  const taken = new Map<string, number[]>(Object.keys(runs).map((name) => [name, []]));
  for (let round = -3; round < rounds; round++) {
    for (const [name, run] of Object.entries(runs)) {
      const time = await microseconds(mails, run);
      if (round >= 0) taken.get(name)!.push(time);
    }
  }
  const medians = [...taken].map(([name, times]) => [name, median(times)] as const);
  const [, ours] = medians[0]!;
  const [, theirs] = medians[1]!;
  const figures = medians.map(([name, time]) => `${name} ${time.toFixed(0)}`).join(', ');
  console.log(`${kind}: ${figures}; ${(theirs / ours).toFixed(1)} times mailauth`);
}
