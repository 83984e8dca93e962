/** Generated zones, records and clients: close enough together that things match, wrong often enough to matter. */
import fc from 'fast-check';
import type { SpfQuery } from '../../../src/mail/spf/result.ts';
import { QUERY, type Zone, type ZoneEntry } from './zone.ts';

const NAMES = ['example.com', 'a.example', 'b.example', 'c.example', 'www.example.com', 'ann.a.example'] as const;
const REVERSE = ['1.2.0.192.in-addr.arpa', '7.100.51.198.in-addr.arpa'] as const;
const V4 = ['192.0.2.1', '192.0.2.129', '198.51.100.7', '203.0.113.1'] as const;
const V6 = ['2001:db8::1', '2001:db8:1::2', '2001:db8:ffff::'] as const;

const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''));
const seldom = <T>(arbitrary: fc.Arbitrary<T>, ...rare: T[]) =>
  fc.oneof({ weight: 30, arbitrary }, fc.constantFrom(...rare));
const list = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, { minLength: 1, maxLength });
const among = (...texts: string[]) => fc.constantFrom(...texts);

const name = among(...NAMES, ...NAMES, 'gone.example');
const macros = among('%{d}', '%{o}', '%{h}', '%{d2}', '%{l}.a.example', '%{l1r-}.a.example', '%{ir}.%{v}.a.example');
const oddMacros = among('%{S}.example', '%{p}', 'x.%{p}', '%{d}.%{d}', 'a.example.', '%%.example', 'x%_y.example');
const malformed = ['%{x}.example', 'example', 'a..example', '%{d0}', '', 'a.1', 'a.b-', '%{c}.example'];
const spec = seldom(
  fc.oneof({ weight: 6, arbitrary: name }, { weight: 2, arbitrary: macros }, { weight: 1, arbitrary: oddMacros }),
  ...malformed,
);

const cidr = seldom(among('', '', '/24', '/0', '//32', '/25//48', '//0'), '/33', '/08', '//129', '/', '/1/1');
const cidr4 = seldom(among('', '/24', '/25', '/0', '/32'), '/33', '/', '/024');
const cidr6 = seldom(among('', '/32', '/48', '/0', '/128'), '/129', '//1');
const mechanism = seldom(
  fc.oneof(
    { weight: 2, arbitrary: joined(among('a', 'mx', 'A'), cidr) },
    { weight: 4, arbitrary: joined(among('a:', 'mx:', 'MX:'), spec, cidr) },
    { weight: 6, arbitrary: joined(among('include:', 'include:', 'exists:', 'ptr:'), spec) },
    { weight: 2, arbitrary: joined(among('ip4:'), among(...V4), cidr4) },
    { weight: 2, arbitrary: joined(among('ip6:'), among(...V6), cidr6) },
    { weight: 1, arbitrary: among('ptr', 'all') },
  ),
  ...['ip4:192.0.2', 'ip6:192.0.2.1', 'ip4:192.0.02.1', 'include', 'all:x', 'foo', 'a:', 'ip4', 'exists:', 'ptr/24'],
);
const directive = joined(among('', '', '+', '-', '~', '?'), mechanism);
const modifier = seldom(
  fc.oneof(joined(among('redirect=', 'exp=', 'REDIRECT='), spec), among('moo=%{r}', 'moo=', 'a=b', 'ip4=192.0.2.1')),
  ...['-moo=x', 'moo=%', '=x', '1=x'],
);
const terms = fc.array(fc.oneof({ weight: 12, arbitrary: directive }, { weight: 2, arbitrary: modifier }), {
  maxLength: 6,
});
const record = joined(
  among('v=spf1', 'v=spf1', 'v=spf1', 'V=Spf1'),
  terms.map((each) => each.map((term) => ` ${term}`).join('')),
  among('', ' -all', ' ~all', ' ?all ', '  -all', ' -all exp=why.example', ' -all exp=why.%{h}'),
);
const explanation = seldom(
  among('no, %{s}', '%{i} is %{c}', 'see %{L}%_%{d2r}', '%{p} at %{r} for %{h}', '%{lr.+-} %{v}', 'plain', '%%%-'),
  ...['%', '%{x}', 'caf\u00e9', ''],
);

const failing = <T>(arbitrary: fc.Arbitrary<T>) => seldom<T | 'timeout'>(arbitrary, 'timeout');
const hosts = fc.uniqueArray(name, { minLength: 1, maxLength: 4 });
const entry: fc.Arbitrary<ZoneEntry> = fc.record(
  {
    TXT: failing(
      fc.oneof({ weight: 9, arbitrary: list(record, 1) }, list(seldom(record, 'v=spf10 -all', 'other', ''), 2)),
    ),
    A: failing(list(among(...V4), 3)),
    AAAA: failing(list(among(...V6), 2)),
    MX: failing(hosts.map((names) => names.map((host, i) => `${(i * 7) % 5} ${host}`))),
  },
  { requiredKeys: [] },
);
const pointers: fc.Arbitrary<ZoneEntry> = fc.record({ PTR: failing(list(name, 3)) });
const why: fc.Arbitrary<ZoneEntry> = fc.record({ TXT: failing(list(explanation, 1)) });

const keyed = (keys: readonly string[], arbitrary: fc.Arbitrary<ZoneEntry>) =>
  fc.dictionary(fc.constantFrom(...keys), arbitrary, { minKeys: Math.ceil(keys.length / 2), maxKeys: keys.length });

/** A zone in which example.com always has a record. */
export const zones: fc.Arbitrary<Zone> = fc
  .tuple(keyed(NAMES, entry), keyed(REVERSE, pointers), keyed(['why.example', 'why.a.example'], why), record)
  .map(([names, reverse, texts, own]) => ({
    ...names,
    ...reverse,
    ...texts,
    'example.com': { ...names['example.com'], TXT: [own] },
  }));

export const queries: fc.Arbitrary<SpfQuery> = fc.record({
  ip: among('192.0.2.1', '192.0.2.130', '198.51.100.7', '2001:db8::1', '2001:db8:1::2', '::ffff:192.0.2.1'),
  helo: among('a.example', 'www.example.com', 'localhost', 'a..b'),
  mailFrom: among(
    'ann@example.com',
    'ann-bob@Example.COM',
    'x.y+z@example.com',
    'a..b@example.com',
    '"a b"@a.example',
    '',
  ),
  receiver: fc.constant('receiver.example.org'),
  now: fc.constant(QUERY.now),
});
