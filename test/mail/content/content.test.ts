import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { contentOf } from '../../../src/mail/content/content.ts';
import { contentLimits } from '../../../src/mail/content/limits.ts';
import { base64, message, multipart } from './mail.ts';

const html = (...lines: string[]): string[] => ['Content-Type: text/html; charset=utf-8', '', ...lines];
const plain = (...lines: string[]): string[] => ['Content-Type: text/plain', '', ...lines];
const file = (type: string, name: string, body: string): string[] => [
  `Content-Type: ${type}`,
  `Content-Disposition: attachment; filename="${name}"`,
  'Content-Transfer-Encoding: base64',
  '',
  base64(Buffer.from(body, 'latin1')),
];
const placesOf = (...lines: string[]): string[] =>
  contentOf(message(...lines)).urls.map(({ location, url }) => `${location} ${url}`);

test('an ordinary message: text, HTML, an attachment, a picture of the body', () => {
  const found = contentOf(
    message(
      'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= see www.subject.example',
      'List-Unsubscribe: <mailto:a@example.com>, <https://list.example/u>',
      ...multipart(
        'mixed',
        'm',
        multipart(
          'alternative',
          'a',
          plain('Hello https://text.example/'),
          multipart('related', 'r', html('<a href="https://html.example/">x</a><img src="cid:p@x">'), [
            'Content-Type: image/png',
            'Content-ID: <p@x>',
            'Content-Transfer-Encoding: base64',
            '',
            base64(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')),
          ]),
        ),
        file('application/pdf', 'a.pdf', '%PDF-1.7'),
      ),
    ),
  );
  assert.equal(found.subject, 'Grüße see www.subject.example');
  assert.equal(found.text, 'Hello https://text.example/');
  assert.match(found.html!, /html\.example/);
  assert.deepEqual(
    found.urls.map(({ location, domain }) => [location, domain]),
    [
      ['Subject', 'www.subject.example'],
      ['Header', 'list.example'],
      ['Body', 'text.example'],
      ['Body', 'html.example'],
    ],
  );
  assert.deepEqual(
    found.attachments.map(({ fileName, fileType, size, sha256 }) => [fileName, fileType, size, sha256]),
    [['a.pdf', 'pdf', 8, createHash('sha256').update('%PDF-1.7').digest('hex')]],
  );
  assert.equal(found.images.length, 1);
  assert.equal(found.images[0]!.bytes().length, 8);
  assert.deepEqual(found.defects, []);
});

test('no HTML is undefined, no body is empty', () => {
  const found = contentOf(message('Subject: x', ''));
  assert.deepEqual([found.text, found.html, found.urls, found.attachments], ['', undefined, [], []]);
});

test('HTML that says its charset itself', () => {
  assert.equal(
    contentOf(message('Content-Type: text/html', '', '<meta charset=koi8-r>\xc0')).html,
    '<meta charset=koi8-r>ю',
  );
  assert.equal(
    contentOf(message('Content-Type: text/html; charset=iso-8859-1', '', '<meta charset=koi8-r>\xc0')).html?.at(-1),
    'À',
  );
});

test('a body part with a name is the body, and a file besides', () => {
  const found = contentOf(message('Content-Type: text/html; name=a.html', '', '<a href="https://a.example/">x</a>'));
  assert.deepEqual(
    [found.html?.length, found.attachments[0]?.fileName, found.urls[0]?.location],
    [34, 'a.html', 'Body'],
  );
});

const attached: readonly (readonly [name: string, part: string[], ...places: string[]])[] = [
  ['HTML', file('text/html', 'a.html', '<a href="https://a.example/">'), 'Attachment https://a.example/'],
  [
    'HTML, scripts too',
    file('text/html', 'a.htm', '<script>location="https://a.example/"</script>'),
    'Attachment https://a.example/',
  ],
  [
    'HTML that says it is a PDF',
    file('application/pdf', 'a.pdf', '<html><a href="https://a.example/">'),
    'Attachment https://a.example/',
  ],
  [
    'SVG',
    file('image/svg+xml', 'a.svg', '<svg><a xlink:href="https://a.example/"/></svg>'),
    'Attachment https://a.example/',
  ],
  ['text', file('text/plain', 'a.txt', 'see https://a.example/'), 'Attachment https://a.example/'],
  [
    'a calendar',
    file('text/calendar', 'a.ics', 'BEGIN:VCALENDAR\r\nURL:https://a.example/'),
    'Attachment https://a.example/',
  ],
  [
    'a shortcut',
    file('application/x', 'a.url', '[InternetShortcut]\r\nURL=https://a.example/'),
    'Attachment https://a.example/',
  ],
  ['a zip is not opened', file('application/zip', 'a.zip', 'PK\x03\x04 https://a.example/')],
  ['a PDF is not read', file('application/pdf', 'a.pdf', '%PDF-1.7 https://a.example/')],
];

for (const [name, part, ...places] of attached) {
  test(`URLs of attachments: ${name}`, () => assert.deepEqual(placesOf(...multipart('mixed', 'm', part)), places));
}

test('a message inside is an attachment; its own URLs and pictures count, its bytes are there', () => {
  const inner = [
    'Subject: inner',
    ...multipart('mixed', 'i', plain('https://inner.example/'), file('image/png', 'a.png', '\x89PNG\r\n\x1a\n')),
  ];
  for (const part of [
    ['Content-Type: message/rfc822', '', ...inner],
    file('application/octet-stream', 'a.eml', inner.join('\r\n')),
  ]) {
    const found = contentOf(message(...multipart('mixed', 'o', plain('x'), part)));
    assert.deepEqual(
      found.urls.map(({ location, domain }) => [location, domain]),
      [['Attachment', 'inner.example']],
    );
    assert.deepEqual(
      found.attachments.map(({ fileType }) => fileType),
      ['eml;text'],
    );
    assert.equal(found.nested.length, 1);
    assert.match(found.nested[0]!.toString(), /^Subject: inner\r\n/);
    assert.equal(found.images.length, 1);
  }
});

test('messages inside messages end at a limit, named outside', () => {
  let lines = plain('https://deep.example/');
  for (let depth = 0; depth < 7; depth++) {
    lines = multipart('mixed', `b${depth}`, ['Content-Type: message/rfc822', '', ...lines]);
  }
  const limited = contentOf(message(...lines));
  assert.deepEqual([limited.urls, limited.defects], [[], ['messages nested too deep']]);
  const whole = contentOf(message(...lines), { limits: { ...contentLimits, messageDepth: 10 } });
  assert.deepEqual([whole.urls[0]?.domain, whole.defects], ['deep.example', []]);
});

test('decoded bytes end at a limit, named', () => {
  const mail = message(
    ...multipart('mixed', 'm', plain('one'), file('a/b', 'b.bin', 'x'.repeat(300)), file('a/b', 'c.bin', 'y')),
  );
  const found = contentOf(mail, { limits: { ...contentLimits, decodedBytes: 100 } });
  assert.deepEqual(
    found.attachments.map(({ fileName }) => fileName),
    ['c.bin'],
  );
  assert.deepEqual([found.text, found.defects], ['one', ['too many decoded bytes']]);
});

test('a program or an SVG that says it is a picture of the body is an attachment', () => {
  const shown = (bytes: string): string[] => [
    'Content-Type: image/png',
    'Content-ID: <p@x>',
    'Content-Transfer-Encoding: base64',
    '',
    base64(Buffer.from(bytes, 'latin1')),
  ];
  const typesOf = (bytes: string): string[] =>
    contentOf(message(...multipart('related', 'r', html('<img src="cid:p@x">'), shown(bytes)))).attachments.map(
      ({ fileType }) => fileType,
    );
  assert.deepEqual(typesOf('MZ\x90\0\x03\0'), ['exe']);
  assert.deepEqual(typesOf('<svg onload="x()"></svg>'), ['svg']);
  assert.deepEqual(typesOf('GIF89a\x01\0'), []);
  assert.deepEqual(typesOf(''), []);
});

test('HTML in UTF-16, attached', () => {
  const wide = `\xff\xfe${Buffer.from('<html><a href="https://a.example/">', 'utf16le').toString('latin1')}`;
  assert.deepEqual(placesOf(...multipart('mixed', 'm', file('text/html', 'a.html', wide))), [
    'Attachment https://a.example/',
  ]);
});
