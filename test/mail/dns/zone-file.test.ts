import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { RecordedAnswer } from '../../../src/mail/dns/recording-resolver.ts';
import type { DnsAnswer, DnsFailure, RecordType } from '../../../src/mail/dns/resolver.ts';
import { zoneResolver } from '../../../src/mail/dns/zone.ts';
import { parseZone } from '../../../src/mail/dns/zone-file.ts';
import { printZone } from '../../../src/mail/dns/zone-print.ts';
import { inTime } from '../../in-time.ts';

/** `found: x | y`, `no-name`, `failed: timeout`. */
async function say(zone: string, question: string): Promise<string> {
  const [type, name] = question.split(' ') as [RecordType, string];
  const answer = await zoneResolver(parseZone(zone, 'test.zone')).query(name, type);
  if (answer.status === 'failed') return `failed: ${answer.failure}`;
  if (answer.status !== 'found') return answer.status;
  return `found: ${answer.records.map((record) => (typeof record === 'string' ? record : `${record.preference} ${record.exchange}`)).join(' | ')}`;
}

const syntax: readonly [what: string, zone: string, question: string, wanted: string][] = [
  ['absolute names', 'a.test. TXT "x"', 'TXT a.test', 'found: x'],
  ['names are lower case', 'A.Test. A 192.0.2.1', 'A a.TEST.', 'found: 192.0.2.1'],
  ['no $ORIGIN is the root', 'a.test A 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['$ORIGIN and @', '$ORIGIN a.test.\n@ A 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['a relative $ORIGIN', '$ORIGIN test.\n$ORIGIN a\n@ A 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['names in data are relative too', '$ORIGIN a.test.\n@ MX 10 mx', 'MX a.test', 'found: 10 mx.a.test'],
  ['a blank owner is the last one', 'a.test. A 192.0.2.1\n\tTXT x', 'TXT a.test', 'found: x'],
  ['… also behind a comment and an empty line', 'a.test. A 192.0.2.1\n; c\n\n  TXT x', 'TXT a.test', 'found: x'],
  ['TTL and class', 'a.test. 300 IN A 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['class and TTL', 'a.test. in 1h30m a 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['an owner that looks like a class', 'in A 192.0.2.1', 'A in', 'found: 192.0.2.1'],
  ['$TTL', '$TTL 1d\na.test. A 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['CR LF and no last line end', 'a.test. A 192.0.2.1\r\n TXT x', 'TXT a.test', 'found: x'],
  ['a byte order mark', '\ufeffa.test. A 192.0.2.1', 'A a.test', 'found: 192.0.2.1'],
  ['parentheses', 'a.test. TXT ( "a" ; one\n"b" ; ) two\n c )\n', 'TXT a.test', 'found: abc'],
  ['a parenthesis in a string', 'a.test. TXT "(" ";" b', 'TXT a.test', 'found: (;b'],
  ['strings are joined', 'a.test. TXT "v=spf1 " "-all"', 'TXT a.test', 'found: v=spf1 -all'],
  ['an empty string', 'a.test. TXT ""', 'TXT a.test', 'found: '],
  ['escapes', String.raw`a.test. TXT "\"\\\065\;\010" x\ y`, 'TXT a.test', 'found: "\\A;\nx y'],
  ['bytes above 127', String.raw`a.test. TXT "\255é"`, 'TXT a.test', 'found: ÿÃ©'],
  ['escapes in names', String.raw`a\043b.test. A 192.0.2.1`, 'A a+b.test', 'found: 192.0.2.1'],
  ['the null MX (RFC 7505)', 'a.test. MX 0 .', 'MX a.test', 'found: 0 '],
  ['AAAA in lower case', 'a.test. AAAA 2001:DB8::1', 'AAAA a.test', 'found: 2001:db8::1'],
  ['PTR', '1.2.0.192.in-addr.arpa. PTR Mail.Example.COM.', 'PTR 1.2.0.192.in-addr.arpa', 'found: mail.example.com'],
  ['several records in their order', 'a.test. A 192.0.2.2\n A 192.0.2.1', 'A a.test', 'found: 192.0.2.2 | 192.0.2.1'],
  ['the same record twice is one (RFC 2181 section 5)', 'a.test. TXT a b\n TXT "ab"', 'TXT a.test', 'found: ab'],
  [
    'other types make their owner exist',
    'a.test. SOA a b 1 2 3 4 5\n NS x\n TYPE65534 \\# 0',
    'TXT a.test',
    'no-record',
  ],
  ['SPF records (type 99) are not TXT (RFC 7208 section 3.1)', 'a.test. SPF "v=spf1"', 'TXT a.test', 'no-record'],
  ['a comment of ours', '; mailhunt: a.test. TXT failed timeout', 'TXT a.test', 'failed: timeout'],
  ['… holds for its type only', '; mailhunt: a.test. TXT failed timeout', 'A a.test', 'no-name'],
  ['… with a relative name', '$ORIGIN test.\n;mailhunt: a TXT failed alias loop', 'TXT a.test', 'failed: alias loop'],
  ['… of every type', '; mailhunt: a.test. ANY failed servfail', 'MX a.test', 'failed: servfail'],
  [
    '… comes before the records',
    'a.test. TXT x\n; mailhunt: a.test. TXT failed refused',
    'TXT a.test',
    'failed: refused',
  ],
  [
    '… one type before all types',
    '; mailhunt: a.test. ANY no-name\n; mailhunt: a.test. TXT no-record',
    'TXT a.test',
    'no-record',
  ],
  ['… no-record says that the name exists', '; mailhunt: a.test. TXT no-record', 'A a.test', 'no-record'],
  ['… no-name where others are below', 'b.a.test. TXT x\n; mailhunt: a.test. TXT no-name', 'TXT a.test', 'no-name'],
  ['… may have a comment behind', '; mailhunt: a.test. TXT no-record ; as seen', 'TXT a.test', 'no-record'],
  ['… may be indented', '  ;mailhunt: a.test. TXT no-record', 'TXT a.test', 'no-record'],
  ['another comment is none of ours', '; see mailhunt: a.test. TXT failed timeout', 'TXT a.test', 'no-name'],
];

for (const [what, zone, question, wanted] of syntax) {
  test(`zone file: ${what}`, async () => assert.equal(await say(zone, question), wanted));
}

/** RFC 4592 section 2.2.1, its example zone and its table of answers. */
const wild = `$ORIGIN example.
@ 3600 IN SOA ns.example.com. a.b. 1 2 3 4 5
@ NS ns.example.com.
*.example. TXT "this is a wildcard"
*.example. MX 10 host1.example.
sub.*.example. TXT "this is not a wildcard"
host1.example. A 192.0.2.1
_ssh._tcp.host1.example. SRV 0 0 22 x.
_ssh._tcp.host2.example. SRV 0 0 22 x.
subdel.example. NS ns.example.com.
`;

const alias = (count: number): string =>
  `a0.test. TXT end\n${Array.from({ length: count }, (_, n) => `a${n + 1}.test. CNAME a${n}.test.`).join('\n')}`;

const lookups: readonly [what: string, zone: string, question: string, wanted: string][] = [
  ['an unknown name', 'a.test. A 192.0.2.1', 'A b.test', 'no-name'],
  ['a name below one that exists', 'a.test. A 192.0.2.1', 'A b.a.test', 'no-name'],
  ['another type', 'a.test. A 192.0.2.1', 'TXT a.test', 'no-record'],
  ['an empty non-terminal (RFC 8020)', '_dmarc.a.test. TXT x', 'TXT a.test', 'no-record'],
  ['the root', 'a.test. A 192.0.2.1', 'A .', 'no-record'],
  ['an invalid name', '*. A 192.0.2.1', 'A a..test', 'no-name'],
  ['a property of every object is no record', 'a.test. A 192.0.2.1', 'A constructor', 'no-name'],
  ['RFC 4592: a name of one label below', wild, 'MX host3.example', 'found: 10 host1.example'],
  ['RFC 4592: another type of it', wild, 'A host3.example', 'no-record'],
  ['RFC 4592: labels in between', wild, 'TXT foo.bar.example', 'found: this is a wildcard'],
  ['RFC 4592: a name that exists', wild, 'MX host1.example', 'no-record'],
  ['RFC 4592: the asterisk itself', wild, 'TXT *.example', 'found: this is a wildcard'],
  ['RFC 4592: below the asterisk', wild, 'MX sub.*.example', 'no-record'],
  ['RFC 4592: not below a name that exists', wild, 'TXT _telnet._tcp.host1.example', 'no-name'],
  ['RFC 4592: not for an empty non-terminal', wild, 'TXT _tcp.host2.example', 'no-record'],
  ['RFC 4592: below the asterisk, unknown', wild, 'MX ghost.*.example', 'no-name'],
  ['a wildcard below the root', '*. TXT x', 'TXT a.test', 'found: x'],
  ['a wildcard alias', '*.test. CNAME end.\nend. TXT x', 'TXT a.test', 'found: x'],
  ['an alias is followed for every type', 'a.test. CNAME b.test.\nb.test. MX 1 c', 'MX a.test', 'found: 1 c'],
  ['an alias to nothing', 'a.test. CNAME b.test.', 'TXT a.test', 'no-name'],
  ['an alias to another type', 'a.test. CNAME b.test.\nb.test. A 192.0.2.1', 'TXT a.test', 'no-record'],
  [
    'an alias to a failure',
    'a.test. CNAME b.test.\n; mailhunt: b.test. ANY failed timeout',
    'TXT a.test',
    'failed: timeout',
  ],
  ['8 aliases', alias(8), 'TXT a8.test', 'found: end'],
  ['9 aliases', alias(9), 'TXT a9.test', 'failed: alias loop'],
  ['an alias to itself', 'a.test. CNAME a.test.', 'TXT a.test', 'failed: alias loop'],
  ['a circle', 'a.test. CNAME b.test.\nb.test. CNAME a.test.', 'TXT b.test', 'failed: alias loop'],
  ['a wildcard that makes itself', '*.test. CNAME a.b.test.', 'TXT x.test', 'failed: alias loop'],
];

for (const [what, zone, question, wanted] of lookups) {
  test(`zone lookup: ${what}`, async () => assert.equal(await say(zone, question), wanted));
}

const faults: readonly [zone: string, line: number, text: RegExp][] = [
  ['a.test. TXT "x', 1, /quote is not closed/],
  ['\na.test. TXT ( x\n\n', 2, /parenthesis is not closed/],
  ['a.test. TXT x )', 1, /was not opened/],
  ['a.test. TXT (\nx\n)\n\nb.test. A 1', 5, /"1" is no address/],
  ['a.test. TXT x\\', 1, /backslash ends the line/],
  ['a.test. TXT \\256', 1, /\\256 is no byte/],
  ['a.test. TXT "\\12"', 1, /\\12 is no byte/],
  [`a.test. TXT ${'x'.repeat(256)}`, 1, /256 bytes; TXT strings end at 255/],
  [`a.test. TXT ${'é'.repeat(128)}`, 1, /256 bytes/],
  [`a.test. TXT ${`${'x'.repeat(255)} `.repeat(257)}`, 1, /larger than 64 KB/],
  ['a.test. TXT', 1, /one string or more/],
  ['a.test. A', 1, /no address/],
  ['a.test. A 192.0.2.256', 1, /no address/],
  ['a.test. A 192.0.2.1 192.0.2.2', 1, /no address/],
  ['a.test. AAAA 192.0.2.1', 1, /no address/],
  ['a.test. AAAA fe80::1%eth0', 1, /no address/],
  ['a.test. MX mx', 1, /preference/],
  ['a.test. MX 65536 mx', 1, /preference/],
  ['a.test. MX 1', 1, /one name is wanted/],
  ['a.test. MX 1 a b', 1, /one name is wanted/],
  ['a.test. CNAME b..test.', 1, /no domain name/],
  [`${'x'.repeat(64)}.test. A 192.0.2.1`, 1, /no domain name/],
  ['a\\.b.test. A 192.0.2.1', 1, /dot inside a label/],
  ['a\\046b.test. A 192.0.2.1', 1, /dot inside a label/],
  ['münchen.test. A 192.0.2.1', 1, /no domain name/],
  ['  TXT x', 1, /no owner/],
  ['a.test.', 1, /without a type/],
  ['a.test. 300 IN', 1, /without a type/],
  ['a.test. CH TXT x', 1, /only the class IN/],
  ['a.test. 300 300 TXT x', 1, /"300" is no record type/],
  ['a.test. TEXT x', 1, /"TEXT" is no record type/],
  ['a.test. constructor x', 1, /no record type/],
  ['a.test. "TXT" x', 1, /no record type/],
  ['a.test. CNAME b.\n TXT x', 2, /has a CNAME/],
  ['a.test. TXT x\n CNAME b.', 2, /has a CNAME/],
  ['a.test. CNAME b.\na.test. CNAME c.', 2, /has a CNAME/],
  ['$INCLUDE other.zone', 1, /"\$INCLUDE" is not supported/],
  ['$GENERATE 1-9 a A 192.0.2.$', 1, /not supported/],
  ['$ORIGIN', 1, /takes one value/],
  ['$ORIGIN a b', 1, /takes one value/],
  ['$TTL never', 1, /no TTL/],
  [' $TTL 300', 1, /no owner/],
  ['; mailhunt: a.test. TXT failed', 1, /failed with one of/],
  ['; mailhunt: a.test. TXT failed later', 1, /failed with one of/],
  ['; mailhunt: a.test. TXT no-name timeout', 1, /then no-name/],
  ['; mailhunt: a.test. TXT', 1, /then no-name/],
  ['; mailhunt: a.test. NS no-name', 1, /takes a name/],
  ['; mailhunt: a..test. A no-name', 1, /no domain name/],
  ['; mailhunt: "a.test. A no-name', 1, /quote is not closed/],
  [`a.test. TXT ${'x '.repeat(1001)}`, 1, /more than 1000 words/],
  [`; ${'x'.repeat(300_000)}`, 1, /a line of more than/],
  ['a.test. A \u001b[2J', 1, /"\\u001b\[2J"/],
];

for (const [zone, line, text] of faults) {
  test(`zone file, refused: ${JSON.stringify(zone.slice(0, 60))}`, () => {
    assert.throws(
      () => parseZone(zone, 'bad.zone'),
      (error: { code: string; facts: Record<string, unknown> }) => {
        assert.deepEqual([error.code, error.facts.file, error.facts.line], ['MAIL0002', 'bad.zone', line]);
        assert.match(String(error.facts.text), text);
        return true;
      },
    );
  });
}

test('an odd file is read in linear time', async () => {
  await inTime(2000, () => {
    for (const part of ['(', '"" ', 'a.test. TXT (\n', '; mailhunt:', 'a.test. TXT x\n', '\n'])
      try {
        parseZone(part.repeat(250_000 / part.length), 'odd.zone');
      } catch {}
  });
});

const failures: readonly DnsFailure[] = [
  'timeout',
  'servfail',
  'refused',
  'unreachable',
  'malformed',
  'too large',
  'alias loop',
];

const plain = { noNullPrototype: true } as const;

const label = fc.string({
  unit: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('a', 'b', '_', '-', '*', '0') },
    fc.integer({ min: 0, max: 127 }).map((code) => String.fromCharCode(code).toLowerCase().replace('.', 'x')),
  ),
  minLength: 1,
  maxLength: 4,
});
const name = fc.oneof(
  { weight: 9, arbitrary: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')) },
  fc.constant('.'),
);
const bytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
  maxLength: 600,
});
const address = fc.ipV4();
const data = {
  A: address,
  AAAA: fc.constantFrom('2001:db8::1', '::', '2001:db8:0:1::ffff'),
  MX: fc.record(
    {
      preference: fc.integer({ min: 0, max: 65_535 }),
      exchange: fc.oneof(
        fc.constant(''),
        name.filter((n) => n !== '.'),
      ),
    },
    plain,
  ),
  TXT: fc.oneof(bytes, fc.constantFrom('"', '\\', ';', '(', '\n; mailhunt: a. A no-name')),
  PTR: name.filter((n) => n !== '.'),
};
const recorded: fc.Arbitrary<RecordedAnswer> = fc
  .constantFrom<RecordType>('A', 'AAAA', 'MX', 'TXT', 'PTR')
  .chain((type) =>
    fc.record({
      name,
      type: fc.constant(type),
      answer: fc.oneof(
        fc.record(
          {
            status: fc.constant('found' as const),
            records: fc.uniqueArray(data[type] as fc.Arbitrary<never>, {
              minLength: 1,
              maxLength: 4,
              selector: (record) => JSON.stringify(record),
            }),
          },
          plain,
        ),
        fc.constantFrom<DnsAnswer<never>>({ status: 'no-name' }, { status: 'no-record' }),
        fc.constantFrom(...failures).map((failure) => ({ status: 'failed' as const, failure })),
      ),
    }),
  );

test('a zone that was printed answers like what was recorded, and is printable ASCII', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(recorded, { selector: ({ name, type }) => `${type} ${name}`, maxLength: 12 }),
      async (answers) => {
        const text = printZone(answers);
        assert.match(text, /^[\n -~]*$/);
        const dns = zoneResolver(parseZone(text, 'printed.zone'));
        for (const { name, type, answer } of answers) assert.deepEqual(await dns.query(name, type), answer);
      },
    ),
    { numRuns: 500 },
  );
});

test('no record of a stranger makes a printed zone unreadable', async () => {
  const found = (name: string, type: RecordType, ...records: unknown[]): RecordedAnswer =>
    ({ name, type, answer: { status: 'found', records } }) as RecordedAnswer;
  const odd = ['a..b', 'é.test', '\\200'.repeat(50), 'x'.repeat(64), '.'];
  const text = printZone([
    found('a.test', 'PTR', ...odd, 'good.test'),
    found('b.test', 'PTR', ...odd),
    found('a.test', 'MX', ...odd.map((exchange) => ({ preference: 1, exchange }))),
    found('a.test', 'TXT', '\u20ac'),
  ]);
  const asked = ['PTR a.test', 'PTR b.test', 'MX a.test', 'TXT a.test'];
  assert.deepEqual(await Promise.all(asked.map((question) => say(text, question))), [
    'found: good.test',
    'no-record',
    'no-record',
    'found: \u00e2\u0082\u00ac',
  ]);
});

test('of two answers to one question the first is printed', async () => {
  const ask = (answer: DnsAnswer<never>): RecordedAnswer => ({ name: 'a.test', type: 'A', answer });
  const text = printZone([ask({ status: 'no-record' }), ask({ status: 'no-name' })]);
  assert.equal(await say(text, 'A a.test'), 'no-record');
});

test('a printed zone is one that a name server loads: SOA, NS, records, comments', () => {
  const text = printZone([
    { name: '_dmarc.example.com', type: 'TXT', answer: { status: 'found', records: ['v=DMARC1; p=reject'] } },
    { name: 'example.com', type: 'MX', answer: { status: 'found', records: [{ preference: 0, exchange: '' }] } },
    { name: 'gone.example.com', type: 'A', answer: { status: 'no-name' } },
  ]);
  assert.equal(
    text,
    `; DNS answers kept by mailhunt. Its own comments say what records cannot: do not remove them.
$ORIGIN .
$TTL 300
@ SOA localhost. nobody.invalid. 1 3600 600 86400 300
@ NS localhost.

_dmarc.example.com. TXT "v=DMARC1; p=reject"
example.com. MX 0 .
; mailhunt: gone.example.com. A no-name
`,
  );
});
