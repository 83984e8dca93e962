/**
 * What messages carry: text, URLs, attachments with their hashes, beside `postal-mime`, which takes a message apart and
 * decodes it but looks for no URLs and hashes nothing. In turns in one process; medians of rounds, microseconds of processor time a message.
 *
 *     node bench/content.ts [rounds]
 */
import PostalMime from 'postal-mime';
import { contentOf } from '../src/mail/content/content.ts';
import { readMessage } from '../src/mail/message/raw-message.ts';

const rounds = Number(process.argv[2] ?? 15);
const MESSAGES = 40;
const SIZE = 20_000;

function repeated(length: number, lineOf: (line: number) => string): string {
  let text = '';
  for (let line = 0; text.length < length; line++) text += `${lineOf(line)}\r\n`;
  return text;
}

/** A row of a newsletter: half of real HTML mail is attributes. */
const row = (line: number): string =>
  `<tr style="padding:0;vertical-align:top"><td align="left" class="text" style="font-family:Helvetica,Arial;font-size:16px">\r\n` +
  `<a href="https://www.example.com/path/${line}?utm_source=a&amp;utm_medium=b" target="_blank" style="color:#333">Read more</a>\r\n` +
  `<p>Some text &nbsp; that goes on for a while, and then ends. Another sentence of offer ${line}.</p></td></tr>`;

const sentence = (line: number): string =>
  `Dear reader of line ${line}, this is a plain sentence of ordinary words, nothing else.`;

const quoted = (text: string): string => text.replaceAll('=', '=3D').replace(/[^\r\n]{72}(?=[^\r\n])/g, '$&=\r\n');

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{76}/g, '$&\r\n');

const plain = (body: string): string => `Content-Type: text/plain; charset=utf-8\r\n\r\n${body}`;

const html = (encoding: string, body: string): string =>
  `Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;

const multipart = (type: string, ...parts: readonly string[]): string =>
  `Content-Type: multipart/${type}; boundary=${type}\r\n\r\n${parts.map((part) => `--${type}\r\n${part}\r\n`).join('')}--${type}--\r\n`;

const pdf = (length: number): string =>
  `Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\n` +
  `Content-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.concat([Buffer.from('%PDF-1.7 '), Buffer.alloc(length, 'page ')]))}`;

const newsletter = (length: number): string => repeated(length, row);

const kinds: Readonly<Record<string, string>> = {
  'text, 20 KB': plain(repeated(SIZE, sentence)),
  'text, 20 KB, a link a line': plain(
    repeated(SIZE, (line) => `see https://www.example.com/path/${line} for offer ${line}`),
  ),
  'html, 20 KB, 8bit': html('8bit', newsletter(SIZE)),
  'html, 20 KB, quoted-printable': html('quoted-printable', quoted(newsletter(SIZE - 3000))),
  'html, 20 KB, base64': html('base64', base64(Buffer.from(newsletter(15_000)))),
  'text and html, 20 KB': multipart(
    'alternative',
    plain(repeated(5000, sentence)),
    html('quoted-printable', quoted(newsletter(12_000))),
  ),
  'html and a PDF of 200 KB': multipart('mixed', html('8bit', newsletter(5000)), pdf(200_000)),
};

const mailWith = (body: string, serial: number): Buffer =>
  Buffer.from(
    `From: <offers@example.com>\r\nTo: <reader@example.net>\r\nSubject: Offer ${serial}\r\nMIME-Version: 1.0\r\n${body}`,
  );

const median = (of: number[]): number => of.sort((a, b) => a - b)[of.length >> 1]!;

async function microseconds(mails: readonly Buffer[], run: (mail: Buffer) => unknown): Promise<number> {
  const start = process.cpuUsage();
  for (const mail of mails) await run(mail);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / mails.length;
}

const ours = (mail: Buffer): unknown => contentOf(readMessage(mail));
const theirs = (mail: Buffer): unknown => PostalMime.parse(mail);

for (const [kind, body] of Object.entries(kinds)) {
  const mails = Array.from({ length: MESSAGES }, (_, serial) => mailWith(body, serial));
  const times: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    times.ours.push(await microseconds(mails, ours));
    times.theirs.push(await microseconds(mails, theirs));
  }
  const [us, them] = [median(times.ours), median(times.theirs)];
  console.log(
    `${kind.padEnd(34)} ${us.toFixed(0).padStart(6)} us   postal-mime ${them.toFixed(0).padStart(6)} us   x${(them / us).toFixed(1)}`,
  );
}
