import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readAuthenticationResults } from '../../../src/mail/results/read-results.ts';
import { inTime } from '../../in-time.ts';

/** `id | method=result (reason) property=value …; …`, `-` for no authserv-id; `unread`. */
function shown(value: string): string {
  const read = readAuthenticationResults(value);
  if (read === undefined) return 'unread';
  const results = read.results.map(({ method, result, reason, properties }) =>
    [`${method}=${result}`, ...(reason === undefined ? [] : [`(${reason})`]), ...pairs(properties)].join(' '),
  );
  return `${read.authservId ?? '-'} | ${results.join('; ')}`.trimEnd();
}
const pairs = (properties: Readonly<Record<string, string>>): string[] =>
  Object.entries(properties).map(([name, value]) => `${name}=${value}`);

const rows: readonly (readonly [what: string, value: string, read: string])[] = [
  // RFC 8601 section 2.2
  ['2.2: an authserv-id and a result', 'mx.example.com; spf=pass', 'mx.example.com | spf=pass'],
  ['2.2: the version behind the authserv-id', 'mx.example.com 1; spf=pass', 'mx.example.com | spf=pass'],
  ['2.2: no results', 'mx.example.com 1; none', 'mx.example.com |'],
  ['2.2: the authserv-id in lower case', 'MX.Example.COM; spf=pass', 'mx.example.com | spf=pass'],
  ['2.2: a quoted authserv-id', '"mx.example.com"; spf=pass', 'mx.example.com | spf=pass'],
  ['2.2: methods and results in lower case', 'mx.example.com; SPF=Pass', 'mx.example.com | spf=pass'],
  ['2.2: the version of a method', 'mx.example.com; dkim/1=pass', 'mx.example.com | dkim=pass'],
  [
    '2.2: blanks and comments everywhere',
    ' ( a ) mx.example.com (b) 1 ; spf (c) / (d) 1 (e) = (f) pass smtp . mailfrom = x.example ;',
    'mx.example.com | spf=pass smtp.mailfrom=x.example',
  ],
  [
    '2.2: reason= goes before a comment',
    'mx.example.com; dkim=fail reason="bad signature" (1024-bit key) header.d=a.example',
    'mx.example.com | dkim=fail (bad signature) reason=bad signature header.d=a.example',
  ],
  [
    '2.2: a comment is the reason where there is no reason=',
    'mx.example.com; dkim=pass (2048-bit\r\n\t key) header.d=a.example',
    'mx.example.com | dkim=pass (2048-bit key) header.d=a.example',
  ],
  ['2.2: a comment before the result is none', 'mx.example.com; dkim= (odd) pass', 'mx.example.com | dkim=pass'],
  [
    '2.2: a local part in quotation marks',
    'mx.example.com; spf=pass smtp.mailfrom="a; spf=fail"@b.example',
    'mx.example.com | spf=pass smtp.mailfrom=a; spf=fail@b.example',
  ],
  [
    '2.2: an escape in quotation marks',
    'mx.example.com; spf=pass smtp.mailfrom="a\\"b"@c.example',
    'mx.example.com | spf=pass smtp.mailfrom=a"b@c.example',
  ],
  [
    '2.2: a signature with = and / unquoted',
    'mx.example.com; dkim=pass header.b=a/b+c==',
    'mx.example.com | dkim=pass header.b=a/b+c==',
  ],
  [
    '2.2: nothing behind a property',
    'mx.example.com; dmarc=none header.from=',
    'mx.example.com | dmarc=none header.from=',
  ],
  [
    '2.2: results that are no words are left out',
    'mx.example.com; spf=; dkim=pass.; from=a.example; dmarc=pass',
    'mx.example.com | dmarc=pass',
  ],
  [
    '2.2: an unknown method is kept',
    'mx.example.com; iprev=pass policy.iprev=192.0.2.1',
    'mx.example.com | iprev=pass policy.iprev=192.0.2.1',
  ],
  [
    '2.2: several of a method',
    'mx.example.com; dkim=pass header.d=a.example; dkim=fail header.d=b.example',
    'mx.example.com | dkim=pass header.d=a.example; dkim=fail header.d=b.example',
  ],
  [
    'RFC 5322 3.2.2: comments in comments, with an escape',
    'mx.example.com; dkim=fail (a (b \\) c) d) header.d=a.example',
    'mx.example.com | dkim=fail (a (b ) c) d) header.d=a.example',
  ],
  [
    'a semicolon in a comment ends nothing',
    'mx.example.com; spf=fail (a; dkim=pass) smtp.mailfrom=b.example',
    'mx.example.com | spf=fail (a; dkim=pass) smtp.mailfrom=b.example',
  ],
  [
    'UTF-8 (RFC 8616 section 4)',
    'mx.example.com; dmarc=pass header.from=b\xc3\xbccher.example',
    'mx.example.com | dmarc=pass header.from=bücher.example',
  ],

  // Microsoft 365
  [
    'Microsoft: no authserv-id, no blanks behind semicolons',
    'spf=fail (sender IP is 203.0.113.7)\r\n smtp.mailfrom=example.net; dkim=none (message not signed)\r\n header.d=none;dmarc=fail action=oreject\r\n header.from=example.com;compauth=fail reason=000',
    '- | spf=fail (sender IP is 203.0.113.7) smtp.mailfrom=example.net; dkim=none (message not signed) header.d=none; dmarc=fail action=oreject header.from=example.com; compauth=fail (000) reason=000',
  ],
  [
    'Microsoft: no From domain, and a semicolon at the end',
    'spf=pass smtp.mailfrom=a.example; dmarc=none action=none header.from=;',
    '- | spf=pass smtp.mailfrom=a.example; dmarc=none action=none header.from=',
  ],
  [
    'Microsoft, old: the receiving domain as a part of its own',
    'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; example.com; dkim=none header.d=none;',
    '- | spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=none header.d=none',
  ],
  [
    'Microsoft, leaving: no SPF',
    'dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none',
    '- | dkim=none (message not signed) header.d=none; dmarc=none action=none',
  ],
  [
    'Microsoft: in encoded words as a whole, a character split between two',
    '=?utf-8?B?c3BmPW5vbmUgc210cC5oZWxvPWEuZXhhbXBsZTsgZG1hcmM9bm9uZSBoZWFkZXIuZnJvbT1iw7w=?=\r\n =?utf-8?B?Y2hlci5leGFtcGxlOw==?=',
    '- | spf=none smtp.helo=a.example; dmarc=none header.from=bücher.example',
  ],
  [
    'encoded words within a value are text',
    'mx.example.com; spf=pass smtp.mailfrom==?utf-8?Q?a?=',
    'mx.example.com | spf=pass smtp.mailfrom==?utf-8?Q?a?=',
  ],
  [
    'Microsoft in ARC-Authentication-Results',
    'mx.microsoft.com 1; spf=pass (sender ip is 192.0.2.1) smtp.rcpttodomain=b.example; dmarc=pass (p=reject sp=reject pct=100) action=none header.from=a.example; arc=pass (0 oda=1 spf=[1,1,smtp.mailfrom=a.example])',
    'mx.microsoft.com | spf=pass (sender ip is 192.0.2.1) smtp.rcpttodomain=b.example; dmarc=pass (p=reject sp=reject pct=100) action=none header.from=a.example; arc=pass (0 oda=1 spf=[1,1,smtp.mailfrom=a.example])',
  ],

  // Other receivers
  [
    'Zoho: angle brackets and tabs',
    'mx.example.com;\tdkim=pass  header.i=a.example;\tdmarc=pass header.from=<b@a.example>',
    'mx.example.com | dkim=pass header.i=a.example; dmarc=pass header.from=<b@a.example>',
  ],
  [
    'a semicolon is missing: the second method is no result',
    'mx.example.com; dkim=pass header.i=@a.example\tdkim=fail header.i=@b.example',
    'mx.example.com | dkim=pass header.i=@a.example',
  ],
  [
    'old Yahoo: text behind the authserv-id',
    'mta1.example.com  from=a.example; domainkeys=neutral (no sig)',
    'mta1.example.com | domainkeys=neutral (no sig)',
  ],

  // What a sender may bring in
  [
    'a property that stands there twice: the first',
    'mx.example.com; dmarc=fail header.from=a.example header.from=b.example',
    'mx.example.com | dmarc=fail header.from=a.example',
  ],
  [
    'a bare word is no property',
    'mx.example.com; spf=fail dmarc=pass __proto__=x smtp.mailfrom=a.example',
    'mx.example.com | spf=fail smtp.mailfrom=a.example',
  ],
  [
    'a comment that is never closed hides the rest',
    'mx.example.com; spf=fail (a; dkim=pass; dmarc=pass',
    'mx.example.com | spf=fail (a; dkim=pass; dmarc=pass)',
  ],
  [
    'a quotation mark without a partner is a character',
    'mx.example.com; spf=fail smtp.mailfrom="a; dkim=pass',
    'mx.example.com | spf=fail smtp.mailfrom="a; dkim=pass',
  ],
  ['nothing', '', 'unread'],
  ['no authserv-id before the semicolon', '; spf=pass', 'unread'],
  ['comments in comments, 17 deep', `mx.example.com; spf=pass ${'('.repeat(17)}${')'.repeat(17)}`, 'unread'],
  [
    'comments in comments, 16 deep',
    `mx.example.com; spf=pass ${'('.repeat(16)}${')'.repeat(16)}`,
    `mx.example.com | spf=pass (${'('.repeat(15)}${')'.repeat(15)})`,
  ],
];

for (const [what, value, read] of rows) {
  test(`Authentication-Results: ${what}`, () => assert.equal(shown(value), read));
}

test('Authentication-Results: limits on length, results and properties', () => {
  const results = (count: number): string => `mx.example.com${'; spf=pass'.repeat(count)}`;
  assert.equal(readAuthenticationResults(results(100))?.results.length, 100);
  assert.equal(readAuthenticationResults(results(101))?.results.length, 100);
  const properties = Array.from({ length: 60 }, (_, at) => ` x.p${at}=1`).join('');
  const [spf] = readAuthenticationResults(`mx.example.com; spf=pass${properties}`)?.results ?? [];
  assert.equal(Object.keys(spf?.properties ?? {}).length, 50);
  assert.notEqual(readAuthenticationResults(`mx.example.com; spf=pass${' '.repeat(65_000)}`), undefined);
  assert.equal(readAuthenticationResults(`mx.example.com; spf=pass${' '.repeat(66_000)}`), undefined);
});

for (const piece of [
  '"',
  '"\\',
  '\\"',
  '(',
  '()',
  ')',
  ';',
  'a=',
  'a.b=',
  '=',
  '"a" ',
  '=?utf-8?B?',
  '\r\n\t',
  'a/',
  '\0',
  '\xff',
]) {
  test(`Authentication-Results: 64 KB of ${JSON.stringify(piece)} take no longer than others`, async () => {
    const value = `mx.example.com; spf=pass ${piece.repeat(65_000 / piece.length)}`;
    await inTime(1000, () => {
      readAuthenticationResults(value);
      readAuthenticationResults(value.slice(25));
    });
  });
}

test('Authentication-Results: whatever stands there, methods and results are keywords and nothing throws', () => {
  const piece = fc.constantFrom(
    ...[
      'mx.example.com',
      ';',
      ' ',
      '=',
      '.',
      '/',
      '"',
      '\\',
      '(',
      ')',
      'spf=pass',
      'reason=',
      'header.from=a',
      '=?utf-8?B?',
      '?=',
      '\r\n ',
      '\0',
      '\xff',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }), (pieces) => {
      for (const { method, result, properties } of readAuthenticationResults(pieces.join(''))?.results ?? []) {
        assert.match(`${method} ${result}`, /^[a-z0-9_-]+ [a-z0-9_-]+$/);
        for (const name of Object.keys(properties)) assert.match(name, /^(?:action|reason|[a-z0-9_-]+\.[a-z0-9_-]+)$/);
      }
    }),
    { numRuns: 2000 },
  );
});
