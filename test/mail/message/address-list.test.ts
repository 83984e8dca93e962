import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseAddressList, readAddressList } from '../../../src/mail/message/address-list.ts';
import { inTime } from '../../in-time.ts';
import { raw } from './messages.ts';

/** A value, and each mailbox as `name <address> domain`, the domain only where it is not the end of the address. */
type Row = readonly [value: string, ...mailboxes: string[]];

const conforming: Readonly<Record<string, Row>> = {
  'section 3.4: an address': ['a@example.com', '<a@example.com>'],
  'section 3.4: a name and an address': ['Jane Doe <a@example.com>', 'Jane Doe <a@example.com>'],
  'section 3.4: two': ['a@example.com, "Doe, J." <b@example.net>', '<a@example.com>', 'Doe, J. <b@example.net>'],
  'section 3.4: folded': ['Jane\r\n Doe\r\n\t<a@example.com>', 'Jane Doe <a@example.com>'],
  'section 3.4: a group': ['Some: a@example.com, B <b@example.net>; ', '<a@example.com>', 'B <b@example.net>'],
  'section 3.4: an empty group': ['undisclosed-recipients:;'],
  'section 3.4: a group and more': ['x:; , a@example.com', '<a@example.com>'],
  'section 3.4.1: a quoted local part': ['"a b"@example.com', '<"a b"@example.com>'],
  'section 3.4.1: an address literal is no domain': ['a@[192.0.2.1]', '<a@[192.0.2.1]> -'],
  'section 3.2.4: quoted pairs': ['"J\\"D\\"\\\\" <a@example.com>', 'J"D"\\ <a@example.com>'],
  'section 3.2.2: comments': ['P(A \\) (b)) <p(x)@example.com(y)>', 'P <p@example.com>'],
  'section 3.2.2: a comment as the name': ['a@example.com (Jane (J) Doe)', 'Jane (J) Doe <a@example.com>'],
  'section 3.2.2: an address in a comment is none': ['(x@evil.test) a@example.com', '<a@example.com>'],
  'an address as a quoted name': ['"ceo@example.com" <x@evil.test>', 'ceo@example.com <x@evil.test>'],
  'an address as an encoded name': ['=?utf-8?Q?ceo=40example.com?= <x@evil.test>', 'ceo@example.com <x@evil.test>'],
  'a comma in an encoded name': ['=?utf-8?Q?a=2C_b?= <a@example.com>', 'a, b <a@example.com>'],
  'an encoded local part without an @': ['=?utf-8?q?J=C3=B6?=@example.com', '<=?utf-8?q?J=C3=B6?=@example.com>'],
  'an encoded word in quotes': ['"=?utf-8?Q?J=C3=B6?=" <a@example.com>', 'Jö <a@example.com>'],
  'section 4.4: a route': ['<@x.test,@y.test:a@example.com>', '<a@example.com>'],
  'section 4.4: blanks about the dots': ['a . b@ example . com', '<a.b@example.com>'],
  'section 4.4: empty elements': [', a@example.com, , b@example.com,', '<a@example.com>', '<b@example.com>'],
  'section 4.1: dots in a name': ['J. R. Doe <a@example.com>', 'J. R. Doe <a@example.com>'],
  'RFC 6532: UTF-8': [raw('Jürgen <jü@bücher.example>'), 'Jürgen <jü@bücher.example> xn--bcher-kva.example'],
  nothing: [''],
  blanks: [' \t '],
};

const malformed: Readonly<Record<string, Row>> = {
  'a comma in the name': ['Team ,_<no-reply@example.com>', 'Team ,_ <no-reply@example.com>'],
  'a comma in the name, as a list': ['Your match, jehd <a@example.com>', 'Your match, jehd <a@example.com>'],
  'an @ in the name': ['a@b.example <c@d.example>', 'a@b.example <c@d.example>'],
  'specials in the name': ['[x]: (y | z; <a@example.com>', '[x]: (y | z <a@example.com>'],
  'several angle addresses': ['A <a@b.example> <c@d.example>', 'A <a@b.example>', '<c@d.example>'],
  'an empty one first': ['"A"<>63<a@example.com>', 'A63 <a@example.com>'],
  'one in another': ['A <x@<a@example.com>', 'A x@ <a@example.com>'],
  'no closing bracket': ['Jane <a@example.com', 'Jane <a@example.com>'],
  'no opening bracket': ['Jane a@example.com>', '<a@example.com>'],
  'no brackets, and text': ['mail from a@example.com today', '<a@example.com>'],
  'brackets in round brackets': ['Jane (<a@example.com>)', 'Jane <a@example.com>'],
  'quotes about it all': ['"Jane <a@example.com>"', 'Jane <a@example.com>'],
  'an open quote': ['"Jane <a@example.com>', 'Jane <a@example.com>'],
  'an open comment': ['(Jane <a@example.com>', '(Jane <a@example.com>'],
  'an open group': ['x: a@example.com', '<a@example.com>'],
  'encoded as a whole': ['=?utf-8?Q?Jane_<a=40example.com>?=', 'Jane <a@example.com>'],
  'a dot behind the domain': ['<a@example.com.>', '<a@example.com.> example.com'],
  'dots behind the domain': ['<a@example.com..>', '<a@example.com..> example.com'],
  'RFC 2047 section 5: an encoded local part': [
    '=?utf-8?q?ceo=40example.com?==?utf-8?Q?=00?=@evil.test',
    '<=?utf-8?q?ceo=40example.com?==?utf-8?Q?=00?=@evil.test>',
    '<ceo@example.com>',
  ],
  'RFC 2047 section 5: an encoded local part in quotes': [
    'Jane <"=?utf-8?q?ceo=40example.com?="@evil.test>',
    'Jane <"=?utf-8?q?ceo=40example.com?="@evil.test>',
    '<ceo@example.com>',
  ],
  'two dots in the local part': ['<a..b@example.com>', '<a..b@example.com>'],
  'no local part': ['Jane <@example.com>', 'Jane <@example.com>'],
  'quotes about the address': ["'a@example.com'", '<a@example.com>'],
  'all of it in round brackets': ['(<a@example.com>)', '<a@example.com>'],
  'more before the domain': ['<a@%example.com>', '<a@%example.com> example.com'],
  'more behind the domain': [
    '<a@example.com%x.evil.test>',
    '<a@example.com%x.evil.test> example.com',
    '<a@example.com%x.evil.test> x.evil.test',
  ],
  'what cannot be a domain': ['A <a@winner!>', 'A <a@winner!> -'],
  'a quoted domain': ['a@"x"', '<a@"x"> -'],
  // Clients differ about these, so each domain counts.
  'two @': ['<a@b.example@c.example>', '<a@b.example>', '<a@b.example@c.example>'],
  'NUL inside': ['<a@b.example\0@c.example>', '<a@b.example>', '<@c.example>'],
  'a comment in the middle': ['<a@b.example(x)@c.example>', '<a@b.example>', '<@c.example>'],
  'an address before a comma': ['a@b.example, B, <c@d.example>', '<a@b.example>', 'B <c@d.example>'],
  'a bare carriage return': ['a@b.example\r<c@d.example>', 'a@b.example <c@d.example>'],
  'no address': ['Sara'],
  'empty brackets': ['<>'],
  'an @ alone': ['Sara <@>'],
};

const shown = (value: string): readonly string[] =>
  parseAddressList(value, 100).map(({ name, address, domain }) => {
    const tail = domain === address.slice(address.lastIndexOf('@') + 1) ? '' : ` ${domain || '-'}`;
    return `${name} <${address}>${tail}`.trim();
  });

for (const [rows, isMalformed] of [
  [conforming, false],
  [malformed, true],
] as const) {
  for (const [name, [value, ...mailboxes]] of Object.entries(rows)) {
    test(`RFC 5322, ${isMalformed ? 'malformed: ' : ''}${name}`, () => {
      assert.deepEqual(shown(value), mailboxes);
      assert.equal(readAddressList(value, 100).malformed, isMalformed);
    });
  }
}

test('what lies beyond the limit is left out, and said so', () => {
  assert.deepEqual(readAddressList('a@x.test, b@x.test', 2).more, false);
  for (const value of ['a@x.test, b@x.test, c@x.test', '<a@x.test> <b@x.test> <c@x.test>']) {
    const { mailboxes, more } = readAddressList(value, 2);
    assert.deepEqual([mailboxes.map(({ address }) => address), more], [['a@x.test', 'b@x.test'], true]);
  }
});

const atom = fc.string({ unit: fc.constantFrom(..."abcXYZ019!#$%&'*+-/=?^_`{|}~é"), minLength: 1, maxLength: 12 });
const quoted = fc.string({ unit: fc.constantFrom(...'ab ,<>@();:."\\'), maxLength: 12 });
const escaped = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

test('any name, quoted, and any address make a mailbox of that name and address', () => {
  const parts = fc.tuple(quoted, atom, fc.stringMatching(/^[a-z0-9]{1,9}\.test$/));
  fc.assert(
    fc.property(fc.array(parts, { minLength: 1, maxLength: 5 }), (mailboxes) => {
      const value = mailboxes.map(([name, local, domain]) => `${escaped(name)} <${local}@${domain}>`).join(', ');
      const read = readAddressList(raw(value), 10);
      assert.equal(read.malformed, false);
      assert.deepEqual(
        read.mailboxes.map(({ name, address }) => [name, address]),
        mailboxes.map(([name, local, domain]) => [name.replace(/\s+/g, ' ').trim(), `${local}@${domain}`]),
      );
    }),
  );
});

test('whatever surrounds an address in brackets, it is found', () => {
  const noise = fc.string({ unit: fc.constantFrom(...'ab ,<>();:."\\\0[]=?'), maxLength: 20 });
  fc.assert(
    fc.property(noise, noise, (before, after) => {
      const { mailboxes } = readAddressList(`${before}<ceo@contoso.test>${after}`, 100);
      assert.ok(
        mailboxes.some(({ domain }) => domain === 'contoso.test'),
        JSON.stringify(mailboxes),
      );
    }),
    { numRuns: 1000 },
  );
});

const bombs = [
  '"',
  '(',
  ')',
  '<',
  '>',
  ',',
  '\\',
  '"\\"',
  '(\\(',
  '@',
  'a@',
  '@a.',
  ':',
  ';',
  '[',
  ' ',
  '<@',
  'a@b.test ',
  '=?',
  '.',
];
for (const bomb of bombs) {
  test(`a hundred kilobytes of ${bomb} takes time linear in it`, async () => {
    const value = bomb.repeat((1 << 17) / bomb.length);
    await inTime(3000, () => readAddressList(value, 1000));
    await inTime(3000, () => readAddressList(`x ,_<a@example.com> ${value}`, 1000));
    await inTime(3000, () => readAddressList(`${value} x ,_<a@example.com>`, 1000));
  });
}

test('a million recipients are read up to the limit, and twenty thousand in a moment', async () => {
  const recipients = (count: number) => Array.from({ length: count }, (_, n) => `u${n}@example.com`).join(', ');
  const million = recipients(1_000_000);
  assert.equal((await inTime(2000, () => readAddressList(million, 1000))).more, true);
  const lesser = recipients(20_000);
  assert.equal((await inTime(5000, () => readAddressList(lesser, 1_000_000))).mailboxes.length, 20_000);
});
