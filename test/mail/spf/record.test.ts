import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSpfRecord, parseRecord } from '../../../src/mail/spf/record.ts';
import { readRecord } from '../../../src/mail/spf/record-cache.ts';

const SELECTED: readonly (readonly [string, boolean])[] = [
  ['v=spf1', true],
  ['v=spf1 -all', true],
  ['V=SPF1 -all', true],
  ['v=spf1  ', true],
  ['v=spf10 -all', false],
  ['v=spf1\t-all', false],
  ['v=spf1-all', false],
  [' v=spf1 -all', false],
  ['v=spf2.0/pra -all', false],
  ['', false],
];

for (const [text, selected] of SELECTED) {
  test(`RFC 7208 4.5: ${JSON.stringify(text)} is ${selected ? 'a' : 'no'} SPF record`, () => {
    assert.equal(isSpfRecord(text), selected);
  });
}

/** Terms, the section of their grammar, and whether they follow it. */
const TERMS: readonly (readonly [string, string, boolean])[] = [
  ['4.6.1', 'ALL', true],
  ['4.6.1', 'A:%{d}', true],
  ['4.6.1', '+-all', false],
  ['4.6.1', '*all', false],
  ['4.6.1', 'constructor', false],
  ['4.6.1', 'all,', false],
  ['4.6.1', '-', false],
  ['4.6.1', ':example.com', false],
  ['4.6.1', 'ipv4:192.0.2.1', false],
  ['4.6.1', 'a\t-all', false],
  ['4.6.1', 'a:b\u00fccher.example', false],
  ['5.1', 'all:', false],
  ['5.1', 'all/8', false],
  ['5.2', 'include:example.net', true],
  ['5.2', 'include', false],
  ['5.2', 'include:', false],
  ['5.2', 'include:example.net/24', false],
  ['5.2', 'include=example.net', true],
  ['5.3', 'a', true],
  ['5.3', 'a/24', true],
  ['5.3', 'a//64', true],
  ['5.3', 'a/24//64', true],
  ['5.3', 'a/0//0', true],
  ['5.3', 'a:example.net/24//64', true],
  ['5.3', 'a:', false],
  ['5.3', 'a:/24', false],
  ['5.3', 'a/33', false],
  ['5.3', 'a/024', false],
  ['5.3', 'a/', false],
  ['5.3', 'a//129', false],
  ['5.3', 'a//00', false],
  ['5.3', 'a/24/64', false],
  ['5.3', 'a///64', false],
  ['5.3', 'a//64/24', false],
  ['5.3', 'a:example.net:25', false],
  ['5.4', 'mx', true],
  ['5.4', 'mx:example.net/24', true],
  ['5.4', 'mx:', false],
  ['5.5', 'ptr', true],
  ['5.5', 'ptr:example.net', true],
  ['5.5', 'ptr/24', false],
  ['5.5', 'ptr:', false],
  ['5.6', 'ip4:192.0.2.1', true],
  ['5.6', 'ip4:192.0.2.0/24', true],
  ['5.6', 'ip4:192.0.2.255/0', true],
  ['5.6', 'ip4:192.0.2', false],
  ['5.6', 'ip4:192.0.2.256', false],
  ['5.6', 'ip4:192.0.02.1', false],
  ['5.6', 'ip4:192.0.2.0/', false],
  ['5.6', 'ip4:192.0.2.0/33', false],
  ['5.6', 'ip4:192.0.2.0/08', false],
  ['5.6', 'ip4:192.0.2.0//24', false],
  ['5.6', 'ip4:2001:db8::1', false],
  ['5.6', 'ip4', false],
  ['5.6', 'ip4/24', false],
  ['5.6', 'ip6:2001:db8::', true],
  ['5.6', 'ip6:2001:DB8::/32', true],
  ['5.6', 'ip6:::ffff:192.0.2.1/128', true],
  ['5.6', 'ip6:::/0', true],
  ['5.6', 'ip6:2001:db8::/129', false],
  ['5.6', 'ip6:2001:db8::/032', false],
  ['5.6', 'ip6:2001:db8', false],
  ['5.6', 'ip6:fe80::1%eth0', false],
  ['5.6', 'ip6:192.0.2.1', false],
  ['5.6', 'ip6:[2001:db8::1]', false],
  ['5.7', 'exists:%{i}._spf.example.net', true],
  ['5.7', 'exists', false],
  ['5.7', 'exists:', false],
  ['6', 'moo=', true],
  ['6', 'a=b', true],
  ['6', 'x-y_z.1=%{t}', true],
  ['6', 'moo=%', false],
  ['6', 'moo=\u00e9', false],
  ['6', '-moo=x', false],
  ['6', '1moo=x', false],
  ['6', '=x', false],
  ['6.1', 'redirect=example.net', true],
  ['6.1', 'REDIRECT=example.net.', true],
  ['6.1', 'redirect=', false],
  ['6.1', 'redirect:example.net', false],
  ['6.1', 'redirect=example', false],
  ['6.2', 'exp=%{d}', true],
  ['6.2', 'exp=', false],
  ['6.2', 'exp=-all', false],
  ['7.1', 'a:example.n-t', true],
  ['7.1', 'a:example.3com', true],
  ['7.1', 'a:example.net.', true],
  ['7.1', 'a:foo%%', true],
  ['7.1', 'a:a/b.example.net', true],
  ['7.1', 'a:example.123', false],
  ['7.1', 'a:example.-net', false],
  ['7.1', 'a:example.net-', false],
  ['7.1', 'a:example.net..', false],
  ['7.1', 'a:%{d}.', false],
  ['7.1', 'a:%{d}net', false],
  ['7.1', 'a:museum', false],
  ['7.1', 'exists:%{l2r+-}.example.net', true],
  ['7.1', 'exists:%{L127R.-+,/_=}.example.net', true],
  ['7.1', 'exists:%{l0}.example.net', false],
  ['7.1', 'exists:%{l00r}.example.net', false],
  ['7.1', 'exists:%{lr2}.example.net', false],
  ['7.1', 'exists:%{l;}.example.net', false],
  ['7.1', 'exists:%{x}.example.net', false],
  ['7.1', 'exists:%{}.example.net', false],
  ['7.1', 'exists:%{l.example.net', false],
  ['7.1', 'exists:%d.example.net', false],
  ['7.2', 'exists:%{c}.example.net', false],
  ['7.2', 'exists:%{R}.example.net', false],
  ['7.2', 'exists:%{t}.example.net', false],
  ['7.2', 'exp=%{r}.example.net', false],
];

for (const [section, term, valid] of TERMS) {
  test(`RFC 7208 ${section}: ${JSON.stringify(term)} is ${valid ? '' : 'not '}a term`, () => {
    const record = parseRecord(`v=spf1 ${term} ?all`);
    assert.equal('problem' in record, !valid, JSON.stringify(record));
    if ('problem' in record) assert.match(record.problem, /^[\x20-\x7e]+$/);
  });
}

test('RFC 7208 4.6: one error anywhere and there is no record, even behind "all"', () => {
  assert.deepEqual(parseRecord('v=spf1 +all ip4:nonsense'), {
    problem: 'no address of the kind that "ip4" takes in "ip4:nonsense"',
  });
});

test('RFC 7208 6: redirect= and exp= may stand once each, unknown modifiers as often as they like', () => {
  assert.deepEqual(parseRecord('v=spf1 exp=a.example exp=a.example'), { problem: 'a second exp= in "exp=a.example"' });
  assert.ok('problem' in parseRecord('v=spf1 redirect=a.example Redirect=b.example'));
  assert.ok(!('problem' in parseRecord('v=spf1 moo=a moo=a exp=a.example redirect=b.example')));
});

test('RFC 7208 12: spaces stand where they like, directives keep their order and their words', () => {
  const record = parseRecord('v=spf1   -IP4:192.0.2.1  moo=x ~All  ');
  assert.ok('directives' in record);
  assert.deepEqual(
    record.directives.map(({ text, qualifier }) => [text, qualifier]),
    [
      ['-IP4:192.0.2.1', '-'],
      ['~All', '~'],
    ],
  );
});

test('a record is parsed once as long as it is remembered, and a long one is never remembered', () => {
  const text = 'v=spf1 ip4:192.0.2.77 -all';
  const first = readRecord(text);
  for (let i = 0; i < 1_999; i++) readRecord(`v=spf1 moo=${i}`);
  assert.equal(readRecord(text), first);
  for (let i = 0; i < 2_000; i++) readRecord(`v=spf1 moo=${i}`);
  assert.notEqual(readRecord(text), first);
  const long = `v=spf1 ${'a '.repeat(2_000)}`;
  assert.notEqual(readRecord(long), readRecord(long));
});
