import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSameOrBelow, toAsciiDomain, toUnicodeDomain } from '../../../src/mail/message/domain-name.ts';

const long = 'a'.repeat(63);

const domains: Readonly<Record<string, string | undefined>> = {
  'Mail.Example.COM': 'mail.example.com',
  'example.com.': 'example.com',
  localhost: 'localhost',
  '_dmarc.example.com': '_dmarc.example.com',
  'Bücher.Example': 'xn--bcher-kva.example',
  'example。com': 'example.com',
  'exam\u00adple.com': 'example.com',
  'ｅｘａｍｐｌｅ.com': 'example.com',
  'XN--bcher-kva.example': 'xn--bcher-kva.example',
  'xn--0.example': 'xn--0.example',
  '6806': '6806',
  '1.2.3': '1.2.3',
  '0x7f.1': '0x7f.1',
  [`${long}.example`]: `${long}.example`,
  [[long, long, long, 'a'.repeat(61)].join('.')]: [long, long, long, 'a'.repeat(61)].join('.'),
  // No domain names: addresses, and what a URL parser would make into something else.
  '192.0.2.1': undefined,
  '[192.0.2.1]': undefined,
  '[IPv6:2001:db8::1]': undefined,
  '2001:db8::1': undefined,
  '１９２.0.2.1': undefined,
  '２１３０７０６４３３': undefined,
  'contoso%2ecom': undefined,
  'bücher%2eexample': undefined,
  'contoso%00.com': undefined,
  'con\ttoso.com': undefined,
  'con toso.com': undefined,
  'a@example.com': undefined,
  'example.com/x': undefined,
  'example.com:25': undefined,
  'example.com?x': undefined,
  'a..example': undefined,
  '.example.com': undefined,
  'example.com..': undefined,
  '.': undefined,
  '': undefined,
  [`a${long}.example`]: undefined,
  [[long, long, long, 'a'.repeat(62)].join('.')]: undefined,
  ['ü'.repeat(64)]: undefined,
  ['ü'.repeat(5000)]: undefined,
};

for (const [text, ascii] of Object.entries(domains)) {
  test(`RFC 1035 section 2.3.4, UTS 46: ${text.slice(0, 40)} is ${ascii?.slice(0, 40) ?? 'no domain name'}`, () => {
    assert.equal(toAsciiDomain(text), ascii);
  });
}

test('what comes out goes in again unchanged, and holds nothing but letters, digits, hyphens, underscores and dots', () => {
  const domain = fc.oneof(
    fc.array(fc.stringMatching(/^[a-zA-Z0-9]{1,9}$/)).map((labels) => labels.join('.')),
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...'aZ.-_%ü。ß1x\0@') }),
  );
  fc.assert(
    fc.property(domain, (text) => {
      const ascii = toAsciiDomain(text);
      if (ascii === undefined) return;
      assert.match(ascii, /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/);
      assert.ok(ascii.length <= 253);
      assert.equal(toAsciiDomain(ascii), ascii);
    }),
  );
});

test('U-labels for a person, and A-labels where they mean nothing', () => {
  assert.equal(toUnicodeDomain('xn--bcher-kva.example'), 'bücher.example');
  assert.equal(toUnicodeDomain('example.com'), 'example.com');
  assert.equal(toUnicodeDomain('xn--0.example'), 'xn--0.example');
});

test('a name is below another at a dot only', () => {
  assert.equal(isSameOrBelow('mail.example.com', 'example.com'), true);
  assert.equal(isSameOrBelow('example.com', 'example.com'), true);
  assert.equal(isSameOrBelow('badexample.com', 'example.com'), false);
  assert.equal(isSameOrBelow('com', 'example.com'), false);
});
