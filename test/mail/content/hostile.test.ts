import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Content, contentOf } from '../../../src/mail/content/content.ts';
import type { ContentDefect } from '../../../src/mail/content/limits.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import { inTime } from '../../in-time.ts';

const head = 'MIME-Version: 1.0\r\n';
const html = (body: string): string => `${head}Content-Type: text/html; charset=utf-8\r\n\r\n${body}`;
const text = (body: string): string => `${head}Content-Type: text/plain\r\n\r\n${body}`;
const mixed = (body: string): string => `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n${body}`;
const link = '<a href="https://first.example/">x</a>';

function nested(levels: number, boundary: (level: number) => string): string {
  let mail = '';
  for (let level = 0; level < levels; level++) {
    mail += `Content-Type: multipart/mixed; boundary=${boundary(level)}\r\n\r\n--${boundary(level)}\r\n`;
  }
  return `${mail}\r\nhttps://deep.example/\r\n`;
}

interface Row {
  readonly name: string;
  readonly mail: () => string;
  readonly defects?: readonly ContentDefect[];
  readonly holds?: (content: Content) => boolean;
}

const first = (content: Content): boolean => content.urls[0]?.domain === 'first.example';

const rows: readonly Row[] = [
  {
    name: 'a thousand nested parts',
    mail: () => nested(1000, (level) => `b${level}`),
    defects: ['parts nested too deep'],
  },
  {
    name: 'a thousand nested parts with one boundary',
    mail: () => nested(1000, () => 'b'),
    defects: ['parts nested too deep'],
  },
  {
    name: 'a million tiny parts',
    mail: () => mixed(`--b\r\n\r\nhttps://first.example/\r\n${'--b\r\n\r\nx\r\n'.repeat(1_000_000)}`),
    defects: ['too many parts'],
    holds: first,
  },
  {
    name: 'a million lines like boundaries',
    mail: () => mixed(`--b\r\n\r\nhttps://first.example/\r\n${'--bx\r\n'.repeat(1_000_000)}`),
    holds: first,
  },
  { name: 'a million dashes', mail: () => mixed(`--b\r\n\r\n${'-'.repeat(1_000_000)}\n--`) },
  {
    name: 'a thousand messages inside each other',
    mail: () => `${head}Content-Type: message/rfc822\r\n\r\n`.repeat(1000),
    defects: ['messages nested too deep'],
  },
  {
    name: 'a header that does not end, in a part',
    mail: () => mixed(`--b\r\n${'X: y\r\n'.repeat(500_000)}`),
    defects: ['part header too large'],
  },
  {
    name: 'a parameter of a megabyte',
    mail: () => `${head}Content-Type: text/html; ${'a=";'.repeat(200_000)}\r\n\r\n${link}`,
  },
  {
    name: 'a hundred thousand parameters',
    mail: () => `${head}Content-Type: text/plain; ${'a*0=b;'.repeat(100_000)}\r\n\r\nx`,
  },
  { name: 'a subject of encoded words', mail: () => `Subject: ${'=?utf-8?q?=?='.repeat(60_000)}\r\n\r\nx` },
  {
    name: '16 MB of base64',
    mail: () => `${head}Content-Type: a/b\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUFB'.repeat(4_000_000)}`,
    holds: (content) => content.attachments[0]?.size === 12_000_000,
  },
  {
    name: 'base64 of padding alone',
    mail: () => `${head}Content-Transfer-Encoding: base64\r\n\r\n${'='.repeat(2_000_000)}`,
  },
  {
    name: 'base64 with padding everywhere',
    mail: () => `${head}Content-Transfer-Encoding: base64\r\n\r\n${'YQ=='.repeat(500_000)}`,
    defects: ['data after the end of base64'],
  },
  {
    name: 'quoted-printable of = and blanks',
    mail: () => `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${'= '.repeat(2_000_000)}`,
  },
  {
    name: 'quoted-printable of blanks and line ends',
    mail: () => `${head}Content-Transfer-Encoding: quoted-printable\r\n\r\n${`${' '.repeat(1000)}\n`.repeat(4000)}`,
  },
  {
    name: 'a charset of a megabyte',
    mail: () => `${head}Content-Type: text/plain; charset=${'x'.repeat(1 << 19)}\r\n\r\n\xff`,
    defects: ['unknown charset'],
  },
  { name: '10 MB of <', mail: () => html(link + '<'.repeat(10_000_000)), defects: ['text too long'], holds: first },
  { name: 'tags without end', mail: () => html(link + '<a '.repeat(1_000_000)), holds: first },
  { name: 'attributes without end', mail: () => html(`${link}<a ${'href=x '.repeat(500_000)}>`), holds: first },
  {
    name: 'an attribute of a megabyte',
    mail: () => html(`${link}<a href="https://a.example/${'x'.repeat(1_000_000)}">`),
    defects: ['URL too long'],
    holds: first,
  },
  { name: 'quotes that stay open', mail: () => html(link + '<a href="'.repeat(400_000)), holds: first },
  { name: 'comments that stay open', mail: () => html(link + '<!--'.repeat(1_000_000)), holds: first },
  { name: 'comments that almost end', mail: () => html(link + '<!-- --!'.repeat(500_000)), holds: first },
  {
    name: 'conditional comments inside each other',
    mail: () => html(link + '<!--[if mso]>'.repeat(300_000)),
    holds: first,
  },
  { name: 'scripts that stay open', mail: () => html(`${link}<script>${'</s'.repeat(1_000_000)}`), holds: first },
  { name: 'raw text over and over', mail: () => html(link + '<title></titl'.repeat(300_000)), holds: first },
  { name: 'end tags without end', mail: () => html(link + '</'.repeat(2_000_000)), holds: first },
  { name: 'ampersands', mail: () => html(link + '&amp'.repeat(1_000_000)), holds: first },
  { name: 'ampersands without end', mail: () => html(link + '&'.repeat(4_000_000)), holds: first },
  { name: 'url( in styles', mail: () => html(`${link}<p style="${'url('.repeat(1_000_000)}">`), holds: first },
  { name: 'srcset of commas', mail: () => html(`${link}<img srcset="${', '.repeat(1_000_000)}">`), holds: first },
  {
    name: 'a meta of blanks',
    mail: () => html(`${link}<meta content="0;url=${' '.repeat(1_000_000)}">`),
    holds: first,
  },
  {
    name: 'a hundred thousand links',
    mail: () => html(Array.from({ length: 100_000 }, (_, at) => `<a href="https://${at}.example/">`).join('')),
    defects: ['too many URLs'],
  },
  { name: 'links inside links', mail: () => html('<a href=https://first.example/>'.repeat(100_000)), holds: first },
  { name: 'dots', mail: () => text('.'.repeat(4_000_000)) },
  { name: 'dotted letters', mail: () => text('a.'.repeat(2_000_000)) },
  { name: 'words with dots', mail: () => text('a.b '.repeat(1_000_000)) },
  { name: 'one word without end', mail: () => text(`${'a'.repeat(2_000_000)}.com${'b'.repeat(2_000_000)}`) },
  { name: 'schemes', mail: () => text('http://'.repeat(500_000)) },
  { name: 'schemes without slashes', mail: () => text('hxxp[:]'.repeat(500_000)) },
  { name: 'dots in brackets', mail: () => text('[.]'.repeat(1_000_000)) },
  { name: 'dots in brackets with blanks', mail: () => text('a [dot] '.repeat(500_000)) },
  { name: 'closing brackets behind links', mail: () => text(`https://a.example/${')'.repeat(8000)} `.repeat(400)) },
  {
    name: 'closing brackets of each kind',
    mail: () => text(`https://a.example/${'([{'.repeat(1000)}${')]}'.repeat(1500)} `.repeat(400)),
  },
  { name: 'commas', mail: () => text('a.b,'.repeat(1_000_000)) },
  { name: 'www.', mail: () => text('www.'.repeat(1_000_000)) },
  {
    name: 'rewritten links inside each other',
    mail: () => text(`${'https://www.google.com/url?q='.repeat(1000)}x `.repeat(100)),
  },
  {
    name: 'URL Defense of stars',
    mail: () => text(`https://urldefense.com/v3/__http://a${'**z'.repeat(2000)}__;IyM!!x `.repeat(200)),
  },
  { name: 'unsubscribe of angle brackets', mail: () => `List-Unsubscribe: ${'<'.repeat(1_000_000)}\r\n\r\nx` },
  { name: 'a calendar of blanks', mail: () => `${head}Content-Type: a/b\r\n\r\n${' '.repeat(4_000_000)}` },
  { name: 'NUL bytes', mail: () => html(`${link}${'\0'.repeat(1_000_000)}`), holds: first },
];

for (const { name, mail, defects = [], holds } of rows) {
  test(`hostile: ${name}`, async () => {
    const bytes = Buffer.from(mail(), 'latin1');
    const content = await inTime(2000, () => {
      const before = process.memoryUsage().rss;
      const content = contentOf(readMessage(bytes));
      assert.ok(process.memoryUsage().rss - before < 400e6, `${(process.memoryUsage().rss - before) / 1e6} MB`);
      return content;
    });
    for (const defect of defects) assert.ok(content.defects.includes(defect), `${defect}: ${content.defects}`);
    if (holds !== undefined) assert.ok(holds(content), 'what came before stands');
    assert.ok(content.urls.length <= 500);
  });
}
