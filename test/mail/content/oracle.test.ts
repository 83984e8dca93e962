/**
 * Beside postal-mime, over generated messages. Where the two differ on real mail, these are the reasons, and ours is kept:
 * text without a charset is windows-1252 where it is no UTF-8 (theirs: U+FFFD), `Content-Type: text` is text/plain
 * (RFC 2045 section 5.2; theirs: an attachment), a parameter without its semicolon does not change the type.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { contentOf } from '../../../src/mail/content/content.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';
import { base64, multipart } from './mail.ts';

const words = fc.array(
  fc.constantFrom('hello', 'grüße', '=', '日本', 'a=3D', '--', 'https://a.example/', '<b>', '.', 'x'.repeat(90)),
  { maxLength: 8 },
);
const sentence = words.map((some) => some.join(' '));

const quotedPrintable = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte < 32 || byte > 126 || byte === 61
        ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}`
        : String.fromCharCode(byte),
    )
    .join('')
    .replace(/(?:=..|[^=]){70}/g, '$&=\r\n');

const encodings: Readonly<Record<string, (text: string) => string>> = {
  '8bit': (text) => Buffer.from(text).toString('latin1'),
  base64: (text) => base64(text),
  'quoted-printable': quotedPrintable,
};

const textPart = fc
  .record({
    type: fc.constantFrom('plain', 'html'),
    text: sentence,
    encoding: fc.constantFrom(...Object.keys(encodings)),
  })
  .map(({ type, text, encoding }) => [
    `Content-Type: text/${type}; charset=utf-8`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    encodings[encoding]!(text),
  ]);

const names: Readonly<Record<string, string>> = {
  'a.pdf': 'filename=a.pdf',
  'a b.pdf': 'filename="a b.pdf"',
  'ü.pdf': "filename*=utf-8''%C3%BC.pdf",
  'long name.pdf': 'filename*0="long "; filename*1="name.pdf"',
  'ö.pdf': 'filename="=?utf-8?Q?=C3=B6.pdf?="',
};

const filePart = fc
  .record({ bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }), name: fc.constantFrom(...Object.keys(names)) })
  .map(({ bytes, name }) => [
    'Content-Type: application/octet-stream',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; ${names[name]}`,
    '',
    base64(Buffer.from(bytes)),
  ]);

let boundaries = 0;
const { whole } = fc.letrec<{ whole: string[]; part: string[] }>((tie) => ({
  part: fc.oneof({ maxDepth: 3, withCrossShrink: true }, textPart, filePart, tie('whole')),
  whole: fc
    .tuple(fc.constantFrom('mixed', 'related'), fc.array(tie('part'), { minLength: 1, maxLength: 4 }))
    .map(([type, parts]) => multipart(type, `b${++boundaries}`, ...parts)),
}));

const mail = fc
  .tuple(whole, fc.boolean())
  .map(([lines, crlf]) =>
    Buffer.from(['Subject: x', ...lines].join('\r\n').replaceAll('\r\n', crlf ? '\r\n' : '\n'), 'latin1'),
  );

const sha256 = (bytes: ArrayBuffer | string | Uint8Array): string =>
  createHash('sha256')
    .update(Buffer.from(bytes as Uint8Array))
    .digest('hex');

/** The oracle puts its own markup between parts. */
const visible = (text: string | undefined): string => (text ?? '').replace(/\s|<\/?div>|<br\/?>/g, '');

test('law: the same attachments, names and bytes, as postal-mime; the same text', async () => {
  await fc.assert(
    fc.asyncProperty(mail, async (bytes) => {
      const ours = contentOf(readMessage(bytes));
      const theirs = await PostalMime.parse(bytes);
      assert.deepEqual(
        ours.attachments.map(({ sha256, rawNames }) => [rawNames[0], sha256]),
        theirs.attachments.map(({ content, filename }) => [filename, sha256(content)]),
      );
      // With both kinds in one message the oracle makes each out of the other.
      if (ours.html === undefined) assert.equal(visible(ours.text), visible(theirs.text));
      if (ours.text === '' && ours.html !== undefined) assert.equal(visible(ours.html), visible(theirs.html));
      assert.deepEqual(ours.defects, []);
    }),
    { numRuns: 300, seed: 11 },
  );
});

test('law: no mutation of a message is an error, and each part stays inside the message', () => {
  const mutation = fc.record({
    at: fc.nat(),
    cut: fc.nat({ max: 20 }),
    put: fc.oneof(
      fc.constantFrom('\n', '\r', '--', '--b1', '"', ';', '=', '\0', '\r\n\r\n'),
      fc.string({ maxLength: 5 }),
    ),
  });
  fc.assert(
    fc.property(mail, fc.array(mutation, { minLength: 1, maxLength: 6 }), (bytes, mutations) => {
      let text = bytes.toString('latin1');
      for (const { at, cut, put } of mutations) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + put + text.slice(place + cut);
      }
      const mutated = Buffer.from(text, 'latin1');
      for (const { part } of contentOf(readMessage(mutated)).attachments) {
        assert.ok(part.start >= 0 && part.start <= part.end && part.end <= mutated.length);
      }
    }),
    { numRuns: 2000, seed: 12 },
  );
});
