import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientAddress } from '../../../src/mail/spf/address.ts';
import { SpfBudget } from '../../../src/mail/spf/budget.ts';
import { SpfClient } from '../../../src/mail/spf/client.ts';
import { SPF_LIMITS } from '../../../src/mail/spf/limits.ts';
import { expandName, expandText, type MacroValues, parseMacroString } from '../../../src/mail/spf/macro.ts';
import { identityDomain, targetName } from '../../../src/mail/spf/name.ts';
import { zoneResolver } from './zone.ts';

/** The values of RFC 7208 section 7.4. */
function macros(ip: string, localPart = 'strong-bad'): MacroValues {
  const address = clientAddress(ip)!;
  const sender = {
    address,
    localPart,
    domain: 'email.example.com',
    helo: 'mx.example.org',
    receiver: 'r.test',
    now: 1_999,
  };
  return new SpfClient(sender, new SpfBudget(zoneResolver({}), SPF_LIMITS)).macros(
    'email.example.com',
    'mx.example.org',
  );
}

function tokensOf(text: string) {
  const parsed = parseMacroString(text, { spaces: true });
  assert.ok('tokens' in parsed, text);
  return parsed.tokens;
}

const EXPANSIONS: readonly (readonly [string, string, string])[] = [
  ['7.4', '%{s}', 'strong-bad@email.example.com'],
  ['7.4', '%{o}', 'email.example.com'],
  ['7.4', '%{d}', 'email.example.com'],
  ['7.4', '%{d4}', 'email.example.com'],
  ['7.4', '%{d3}', 'email.example.com'],
  ['7.4', '%{d2}', 'example.com'],
  ['7.4', '%{d1}', 'com'],
  ['7.4', '%{dr}', 'com.example.email'],
  ['7.4', '%{d2r}', 'example.email'],
  ['7.4', '%{l}', 'strong-bad'],
  ['7.4', '%{l-}', 'strong.bad'],
  ['7.4', '%{lr}', 'strong-bad'],
  ['7.4', '%{lr-}', 'bad.strong'],
  ['7.4', '%{l1r-}', 'strong'],
  ['7.4', '%{ir}.%{v}._spf.%{d2}', '3.2.0.192.in-addr._spf.example.com'],
  ['7.4', '%{lr-}.lp._spf.%{d2}', 'bad.strong.lp._spf.example.com'],
  ['7.4', '%{d2}.trusted-domains.example.net', 'example.com.trusted-domains.example.net'],
  ['7.2', '%{h} %{c} %{p} %{r} %{t}', 'mx.example.org 192.0.2.3 mx.example.org r.test 1'],
  ['7.2', '%%%_%-', '% %20'],
  ['7.3', '%{S}', 'strong-bad%40email.example.com'],
  ['7.3', '%{d127}', 'email.example.com'],
  ['7.3', '%{d99999999999999999999}', 'email.example.com'],
];

for (const [section, text, expanded] of EXPANSIONS) {
  test(`RFC 7208 ${section}: ${text} is ${expanded}`, () => {
    assert.equal(expandText(tokensOf(text), macros('192.0.2.3'), 500), expanded);
  });
}

test('RFC 7208 7.4: an IPv6 client in a name is its nibbles, in lower case as the example has it', () => {
  const name = targetName(expandName(tokensOf('%{ir}.%{v}._spf.%{d2}'), macros('2001:db8::cb01')));
  assert.equal(name, '1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6._spf.example.com');
});

test('RFC 7208 7.3: an upper-case letter escapes all but the unreserved characters of RFC 3986', () => {
  const values = macros('192.0.2.3', "aZ09-._~!*'()&= \u00e9\ud800");
  assert.equal(expandText(tokensOf('%{L}'), values, 500), 'aZ09-._~%21%2A%27%28%29%26%3D%20%C3%A9%EF%BF%BD');
  assert.equal(expandText(tokensOf('%{L,}'), macros('192.0.2.3', 'a,b/c'), 500), 'a.b%2Fc');
});

test('RFC 7208 7.3: several delimiters split, and dots no longer do unless they are among them', () => {
  assert.equal(expandText(tokensOf('%{l2r+-}'), macros('192.0.2.3', 'foo-bar+zip+quux'), 500), 'bar.foo');
  assert.equal(expandText(tokensOf('%{lr-}'), macros('192.0.2.3', 'a.b-c'), 500), 'c.a.b');
});

/** Names to ask for (RFC 7208 sections 4.3, 7.3); undefined where there is none. */
const LABEL = 'a'.repeat(63);
const TARGETS: readonly (readonly [string, string, string | undefined])[] = [
  ['lower case, without the last dot', 'A.Example.', 'a.example'],
  ['a space and an underscore are characters', '_a b.example', '_a b.example'],
  ['one label is no name', 'localhost', undefined],
  ['an empty label is none', 'a..example', undefined],
  ['a dot at the front is none', '.example', undefined],
  ['two dots at the end are none', 'a.example..', undefined],
  ['63 characters are a label', `${LABEL}.example`, `${LABEL}.example`],
  ['64 characters are none', `${LABEL}a.example`, undefined],
  ['a control character is none', 'a\u0000b.example', undefined],
  ['a letter outside US-ASCII is none', 'b\u00fc.example', undefined],
  ['253 characters fit', `${'a.'.repeat(123)}example`, `${'a.'.repeat(123)}example`],
  ['254 lose a label', `b${'a.'.repeat(123)}example`, `${'a.'.repeat(122)}example`],
  ['255 lose no more than they must', `x.${'a.'.repeat(123)}example`, `${'a.'.repeat(123)}example`],
  ['300 lose as many as it takes', `${'abcd.'.repeat(60)}example.com`, `${'abcd.'.repeat(48)}example.com`],
  ['300 without a dot are none', 'a'.repeat(300), undefined],
];

for (const [what, text, name] of TARGETS) {
  test(`RFC 7208 7.3: ${what}`, () => assert.equal(targetName(text), name));
}

test('RFC 7208 7.3: a name is expanded from the right, no further than it counts', () => {
  let expanded = 0;
  const values: MacroValues = () => {
    expanded++;
    return 'abcd';
  };
  const tokens = tokensOf(`${'%{l}.'.repeat(10_000)}example.com`);
  const name = targetName(expandName(tokens, values));
  assert.equal(name, `${'abcd.'.repeat(48)}example.com`);
  assert.ok(expanded < 60, `${expanded} expansions`);
  assert.equal(expandText(tokens, values, 500).length, 500);
  assert.ok(expanded < 200, `${expanded} expansions`);
});

/** RFC 7208 section 4.3 and RFC 8616 section 4. */
const DOMAINS: readonly (readonly [string, string | undefined])[] = [
  ['Example.COM', 'example.com'],
  ['example.com.', 'example.com'],
  ['_x.example.com', '_x.example.com'],
  ['B\u00fccher.example', 'xn--bcher-kva.example'],
  ['example', undefined],
  ['example.', undefined],
  ['', undefined],
  ['.', undefined],
  ['a..example', undefined],
  ['[192.0.2.1]', undefined],
  ['192.0.2.1', undefined],
  ['exa mple.com', undefined],
  ['example.com\r\nX: y', undefined],
  ['b\u00fc cher.example', undefined],
  [`${LABEL}a.example`, undefined],
  ['a.'.repeat(100_000), undefined],
];

for (const [text, domain] of DOMAINS) {
  test(`RFC 7208 4.3: ${JSON.stringify(text.slice(0, 30))} is ${domain ?? 'no domain'}`, () => {
    assert.equal(identityDomain(text), domain);
  });
}
