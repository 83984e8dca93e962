import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import fc from 'fast-check';
import { bodyHash } from '../../../src/mail/dkim/body-hash.ts';
import type { Canonicalization } from '../../../src/mail/dkim/canonical-field.ts';
import { readMessage } from '../../../src/mail/message/raw-message.ts';

const messageOf = (body: string) => readMessage(Buffer.from(`From: a@example.com\r\n\r\n${body}`, 'latin1'));

/** RFC 6376 section 3.4.3 and 3.4.4 word for word, on a text with CRLF alone. */
const plainly: Readonly<Record<Canonicalization, (body: string) => string>> = {
  simple: (body) => {
    const lines = body.split(/\r?\n/);
    while (lines.at(-1) === '') lines.pop();
    return `${lines.join('\r\n')}\r\n`;
  },
  relaxed: (body) => {
    const lines = body.split(/\r?\n/).map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
    while (lines.at(-1) === '') lines.pop();
    return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
  },
};

const modes = ['simple', 'relaxed'] as const;
const hashed = (text: string, algorithm = 'sha256'): string =>
  createHash(algorithm).update(text, 'latin1').digest('base64');

function assertPlain(body: string, length?: number): void {
  for (const mode of modes) {
    const canonical = plainly[mode](body);
    const found = bodyHash(messageOf(body), mode, 'sha256', length);
    assert.deepEqual(
      found,
      { hash: hashed(canonical.slice(0, length)), bytes: canonical.length },
      `${mode} ${JSON.stringify(body)}`,
    );
  }
}

test('RFC 6376 section 3.4.5: the example', () => {
  const message = messageOf(' C \r\nD \t E\r\n\r\n\r\n');
  assert.deepEqual(bodyHash(message, 'relaxed', 'sha256'), { hash: hashed(' C\r\nD E\r\n'), bytes: 9 });
  assert.deepEqual(bodyHash(message, 'simple', 'sha256'), { hash: hashed(' C \r\nD \t E\r\n'), bytes: 12 });
});

test('RFC 6376 sections 3.4.3 and 3.4.4: the hash of an empty body', () => {
  for (const body of ['', '\r\n', '\r\n\r\n\r\n', '\n\n']) {
    assert.equal(bodyHash(messageOf(body), 'simple', 'sha1').hash, 'uoq1oCgLlTqpdDX/iUbLy7J1Wic=');
    assert.equal(bodyHash(messageOf(body), 'simple', 'sha256').hash, 'frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=');
    assert.equal(bodyHash(messageOf(body), 'relaxed', 'sha1').hash, '2jmj7l5rSw0yVb/vlWAYkK/YBwk=');
    assert.equal(bodyHash(messageOf(body), 'relaxed', 'sha256').hash, '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  }
});

/** Bodies where each rule could go wrong at an edge. */
const bodies: readonly string[] = [
  ...[
    'a',
    'a\r',
    'a\n',
    'a\r\r\n',
    '\ra',
    'a \r',
    ' ',
    '\t',
    ' \r\n',
    '\r\n ',
    ' \r\n \r\n',
    'a\r\n \t\r\n',
    '\r\n\r\na',
  ],
  ...[
    'a \t b',
    '\ta',
    ' a',
    'a\t\r\n',
    'a \r\n',
    'a \n',
    'a \rb',
    'a \r b',
    '\n',
    '\n\n a',
    '\n\r',
    '\r\n\r',
    'a\r\n\r',
  ],
  ...['\0\0', 'a\0 \0', '\xa0', 'a\xa0 \xa0\r\n', '\v \f', 'a\x85'],
];

test('RFC 6376 section 3.4: edges', () => {
  for (const body of bodies) assertPlain(body);
});

const piece = fc.constantFrom(
  ' ',
  '\t',
  '\r\n',
  '\n',
  '\r',
  'a',
  'word',
  '\0',
  '\xa0',
  '\x85',
  '=20',
  'x'.repeat(5000),
);
const anyBody = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));

test('RFC 6376 section 3.4: any body hashes as the rules say, any length of it too', () => {
  fc.assert(fc.property(anyBody, fc.option(fc.nat(40), { nil: undefined }), assertPlain), { numRuns: 1000 });
});

test('bodies beyond what is hashed at once', () => {
  for (const unit of ['a b\r\n', 'a  b \r\n', '\t\n', `${'x'.repeat(9000)} \n`, '\r\n']) {
    for (const size of [65_530, 65_536, 65_540, 200_000]) assertPlain(`${unit.repeat(size / unit.length)}end`);
  }
  assertPlain('a  b\r\n'.repeat(30_000), 100_000);
});

const { dkimBody } = createRequire(import.meta.url)('mailauth/lib/dkim/body') as {
  dkimBody(
    mode: string,
    algorithm: string,
    length: number | '',
  ): { update(bytes: Buffer): void; digest(encoding: 'base64'): string };
};

test('mailauth agrees; its simple body wants CRLF', () => {
  const lengths = fc.option(fc.nat(40), { nil: undefined });
  const property = fc.property(anyBody, fc.constantFrom(...modes), lengths, (body, mode, length) => {
    const theirs = dkimBody(mode, 'sha1', length ?? '');
    theirs.update(Buffer.from(body.replaceAll(/\r?\n/g, '\r\n'), 'latin1'));
    assert.equal(bodyHash(messageOf(body), mode, 'sha1', length).hash, theirs.digest('base64'));
  });
  fc.assert(property, { numRuns: 500 });
});

test('one message, several questions: each has its own answer', () => {
  const message = messageOf('a  b\r\n');
  const answers = [
    bodyHash(message, 'relaxed', 'sha256'),
    bodyHash(message, 'simple', 'sha256'),
    bodyHash(message, 'relaxed', 'sha1'),
    bodyHash(message, 'relaxed', 'sha256', 1),
  ];
  assert.equal(new Set(answers.map(({ hash }) => hash)).size, 4);
  assert.equal(bodyHash(message, 'relaxed', 'sha256'), answers[0]);
});
