import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SpfQuery } from '../../../src/mail/spf/result.ts';
import { check, type Zone } from './zone.ts';

const says = (...TXT: string[]): Zone => ({ 'why.example.com': { TXT } });

interface Row extends Partial<SpfQuery> {
  readonly what: string;
  readonly record?: string;
  readonly zone: Zone;
  readonly text: string | undefined;
}

const ROWS: readonly Row[] = [
  { what: 'the text of one TXT record', zone: says('Not from here.'), text: 'Not from here.' },
  {
    what: 'c, r and t are for explanations',
    zone: says('%{c} at %{r}, %{t}'),
    text: '203.0.113.7 at receiver.example.org, 1700000000',
  },
  { what: 'r is unknown where nothing is said', zone: says('%{r}'), receiver: undefined as never, text: 'unknown' },
  {
    what: 'an escaped sender',
    zone: says('see http://www.example.com/?s=%{S}'),
    text: 'see http://www.example.com/?s=ann%40example.com',
  },
  {
    what: 'a redirect takes the text of its target',
    record: 'v=spf1 exp=lost.example.com redirect=to.example.com',
    zone: {
      'to.example.com': { TXT: ['v=spf1 -all exp=why.%{d}'] },
      'why.to.example.com': { TXT: ['here'] },
      'lost.example.com': { TXT: ['lost'] },
    },
    text: 'here',
  },
  {
    what: 'an include gives none',
    record: 'v=spf1 -include:in.example.com ?all',
    zone: { 'in.example.com': { TXT: ['v=spf1 +all exp=why.example.com'] }, ...says('no') },
    text: undefined,
  },
  {
    what: 'the record that includes has its own',
    record: 'v=spf1 -include:in.example.com exp=why.example.com',
    zone: { 'in.example.com': { TXT: ['v=spf1 +all exp=lost.example.com'] }, ...says('own') },
    text: 'own',
  },
  { what: 'none without fail', record: 'v=spf1 exp=why.example.com ~all', zone: says('no'), text: undefined },
  { what: 'two records are none', zone: says('one', 'two'), text: undefined },
  { what: 'no record is none', zone: {}, text: undefined },
  { what: 'a failure is none', zone: { 'why.example.com': { TXT: 'timeout' } }, text: undefined },
  { what: 'an empty text is none', zone: says(''), text: undefined },
  { what: 'a syntax error is none', zone: says('100% sure'), text: undefined },
  { what: 'an unknown macro is none', zone: says('%{x}'), text: undefined },
  { what: 'text outside US-ASCII is none', zone: says('caf\u00e9'), text: undefined },
  { what: 'a control character is none', zone: says('a\u001b[2Jb'), text: undefined },
  {
    what: 'a line break that a macro brings is none',
    zone: says('you are %{h}'),
    helo: 'x\r\n250 OK',
    text: undefined,
  },
  {
    what: 'a local-part outside US-ASCII is none',
    zone: says('%{l}'),
    mailFrom: 'j\u00fcrgen@example.com',
    text: undefined,
  },
  { what: 'nor when it is escaped', zone: says('%{L}'), mailFrom: 'j\u00fcrgen@example.com', text: undefined },
  {
    what: 'a target that is malformed is none',
    record: 'v=spf1 exp=%{h} -all',
    helo: 'localhost',
    zone: says('no'),
    text: undefined,
  },
  { what: 'a long text is cut', zone: says('x'.repeat(10_000)), text: 'x'.repeat(500) },
  { what: 'many macros are cut', zone: says('%{o}'.repeat(10_000)), text: 'example.com'.repeat(50).slice(0, 500) },
  {
    what: 'p is a validated name',
    zone: {
      ...says('%{p}'),
      '7.113.0.203.in-addr.arpa': { PTR: ['a.example', 'x.example.com'] },
      'a.example': { A: ['203.0.113.7'] },
      'x.example.com': { A: ['203.0.113.7'] },
    },
    text: 'x.example.com',
  },
  {
    what: 'p is the domain itself before all others',
    zone: {
      ...says('%{p}'),
      '7.113.0.203.in-addr.arpa': { PTR: ['x.example.com', 'example.com'] },
      'example.com': { A: ['203.0.113.7'] },
      'x.example.com': { A: ['203.0.113.7'] },
    },
    text: 'example.com',
  },
  {
    what: 'p is any name that is validated',
    zone: {
      ...says('%{p}'),
      '7.113.0.203.in-addr.arpa': { PTR: ['x.example.com', 'b.example'] },
      'b.example': { A: ['203.0.113.7'] },
    },
    text: 'b.example',
  },
  { what: 'p is unknown without any', zone: says('%{p}'), text: 'unknown' },
];

for (const { what, record = 'v=spf1 exp=why.example.com -all', text, ...rest } of ROWS) {
  test(`RFC 7208 6.2: ${what}`, async () => {
    const { explanation } = await check(record, rest);
    assert.equal(explanation, text);
  });
}

test('RFC 7208 4.6.4: the explanation costs no look-up of the limit, empty or not', async () => {
  const record = `v=spf1 ${'a:o.example '.repeat(8)}a:n1.example a:n2.example -all exp=%{p}.example.com`;
  const zone: Zone = { 'o.example': { A: ['192.0.2.1'] }, 'unknown.example.com': { TXT: ['%{p}'] } };
  const { result, explanation, lookups, voidLookups } = await check(record, { zone });
  assert.deepEqual([result, explanation, lookups, voidLookups], ['fail', 'unknown', 10, 2]);
});
