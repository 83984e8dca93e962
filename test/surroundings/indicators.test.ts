import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import type { MailhuntError } from '../../src/errors/index.ts';
import { readSettings } from '../../src/settings/index.ts';
import { stixIndicators } from '../../src/surroundings/stix.ts';
import { patternValues } from '../../src/surroundings/stix-pattern.ts';
import { Rig } from './rig.ts';

const values = (pattern: string) => patternValues(pattern).map(({ type, value }) => `${type} ${value}`);

describe('a STIX pattern', () => {
  it('gives each value that alone makes it true', () => {
    assert.deepEqual(values("[domain-name:value = 'login.example']"), ['domain login.example']);
    assert.deepEqual(
      values(
        "[ipv4-addr:value = '192.0.2.1' OR (ipv6-addr:value = '2001:db8::1')] OR [url:value = 'http://a.example/?b=[1]']",
      ),
      ['ipv4 192.0.2.1', 'ipv6 2001:db8::1', 'url http://a.example/?b=[1]'],
    );
    assert.deepEqual(values("[email-addr:value IN ('a@b.example', 'it\\'s@b.example')]"), [
      'email a@b.example',
      "email it's@b.example",
    ]);
    assert.deepEqual(values("[ipv4-addr:value ISSUBSET '198.51.100.0/24']"), ['ipv4 198.51.100.0/24']);
  });

  it('takes hashes of one file each for itself', () => {
    assert.deepEqual(values("[file:hashes.MD5 = 'aa' AND file:hashes.'SHA-256' = 'bb']"), ['md5 aa', 'sha256 bb']);
  });

  const refused: readonly (readonly [pattern: string, why: RegExp])[] = [
    ["[domain-name:value = 'a.example' AND ipv4-addr:value = '192.0.2.1']", /asks for several things at once/],
    ["[domain-name:value != 'a.example']", /compares with !=/],
    ["[domain-name:value LIKE '%.example']", /compares with LIKE/],
    ["[process:name = 'a.exe']", /compares process:name/],
    ["[NOT domain-name:value = 'a.example']", /says NOT/],
    ["[domain-name:value = 'a.example'] FOLLOWEDBY [url:value = 'b']", /says FOLLOWEDBY/],
    ["[domain-name:value = 'a.example'] WITHIN 5 SECONDS", /is not read at|says WITHIN/],
    ["[domain-name:value = 'a.example'", /is not whole/],
    ['', /is not whole/],
    [`[${'('.repeat(50)}domain-name:value = 'a'${')'.repeat(50)}]`, /is nested deeper than 20/],
    [
      `[${Array.from({ length: 10 }, () => "(url:value = 'a' OR url:value = 'b')").join(' AND ')}]`,
      /more than 500 values/,
    ],
    [`[url:value = '${'a'.repeat(30_000)}']`, /more than 20000 characters/],
  ];
  for (const [pattern, why] of refused)
    it(`is refused: ${pattern.slice(0, 60)}`, () => {
      assert.throws(() => patternValues(pattern), why);
    });
});

const now = Date.parse('2026-07-18T14:00:00Z');
const indicator = (pattern: string, more: object = {}) => ({
  type: 'indicator',
  id: 'indicator--1',
  name: 'Lure',
  pattern,
  pattern_type: 'stix',
  created_by_ref: 'identity--1',
  ...more,
});
const bundle = (...objects: readonly object[]) =>
  JSON.stringify({
    type: 'bundle',
    objects: [{ type: 'identity', id: 'identity--1', name: 'CERT Example' }, { type: 'malware' }, ...objects],
  });
const domain = (name: string, more: object = {}) => indicator(`[domain-name:value = '${name}']`, more);

describe('a STIX bundle', () => {
  it('is a list with type, name, end and source', () => {
    const { columns, records, leftOut } = stixIndicators(
      bundle(domain('a.example', { valid_until: '2027-01-01T00:00:00Z' })),
      now,
    );
    assert.deepEqual(columns, ['SearchKey', 'Type', 'Name', 'ValidUntil', 'Source']);
    assert.deepEqual(records, [['a.example', 'domain', 'Lure', '2027-01-01T00:00:00Z', 'CERT Example']]);
    assert.equal(leftOut, undefined);
  });

  it('has what holds now: neither what ended, nor what begins later, nor what was taken back', () => {
    const { records } = stixIndicators(
      bundle(
        domain('ended.example', { valid_until: '2026-07-18T14:00:00Z' }),
        domain('later.example', { valid_from: '2026-07-18T14:00:01Z' }),
        domain('revoked.example', { revoked: true }),
        domain('holds.example', { valid_from: '2026-07-18T14:00:00Z', valid_until: '2026-07-18T14:00:01Z' }),
      ),
      now,
    );
    assert.deepEqual(
      records.map(([key]) => key),
      ['holds.example'],
    );
  });

  it('counts and names what it leaves out', () => {
    const { records, leftOut } = stixIndicators(
      bundle(
        domain('a.example'),
        indicator("[domain-name:value LIKE '%b']", { name: 'Wide' }),
        indicator('title: x', { pattern_type: 'sigma', name: undefined }),
        domain('good.example', { indicator_types: ['benign'] }),
      ),
      now,
    );
    assert.equal(records.length, 1);
    assert.match(
      leftOut!,
      /^3 of 4 indicators are left out: 1 whose pattern compares with LIKE \("Wide"\); 1 whose pattern is written in sigma \("indicator--1"\)/,
    );
  });

  it('is refused where it is none', () => {
    assert.throws(() => stixIndicators('{}', now), /no list of objects/);
    assert.throws(() => stixIndicators('{', now), SyntaxError);
    assert.deepEqual(stixIndicators('[null, 1, {"type":"indicator"}]', now).records, []);
  });
});

test('a watchlist may be a STIX file, and says what it leaves out', async () => {
  await using rig = await Rig.open({ watchlists: { Bad: { file: 'feeds/bad.json' } } });
  await rig.write('feeds/bad.json', bundle(domain('a.example'), indicator("[process:name = 'b']")));
  await rig.write('watchlists/More.json', bundle(domain('c.example')));
  const { columns, rows, warnings } = await rig.query("_GetWatchlist('Bad') | project SearchKey, Type, Name, Source");
  assert.deepEqual(columns, ['SearchKey:string', 'Type:string', 'Name:string', 'Source:string']);
  assert.deepEqual(rows, [['a.example', 'domain', 'Lure', 'CERT Example']]);
  assert.deepEqual(
    warnings.map(({ code }) => code),
    ['WARN0007'],
  );
  assert.match(warnings[0]!.message, /"Bad": 1 of 2 indicators/);
  assert.deepEqual((await rig.query("_GetWatchlist('More') | project SearchKey")).rows, [['c.example']]);
});

test('a STIX file that is none is told by its name', async () => {
  await using rig = await Rig.open();
  await rig.write('watchlists/Bad.json', '{"type":');
  await assert.rejects(rig.query("_GetWatchlist('Bad')"), ({ code, message }: MailhuntError) => {
    assert.match(message, /it is no JSON/);
    return code === 'KQL0017';
  });
});

test('values may stand in the settings, as texts or with columns', async () => {
  const { watchlists } = readSettings(
    'watchlists:\n  Own: { values: [contoso.com, fabrikam.com] }\n  VIPs: { search_key: Address, values: [{ DisplayName: Ada, Address: ada@contoso.com }, { Address: b@contoso.com }] }\n',
    'mailhunt.yaml',
  );
  await using rig = await Rig.open({ watchlists });
  assert.deepEqual((await rig.query("_GetWatchlist('Own') | project SearchKey, Value")).rows, [
    ['contoso.com', 'contoso.com'],
    ['fabrikam.com', 'fabrikam.com'],
  ]);
  assert.deepEqual(
    (await rig.query("_GetWatchlist('VIPs') | project SearchKey, Name = tostring(WatchlistItem.DisplayName)")).rows,
    [
      ['ada@contoso.com', 'Ada'],
      ['b@contoso.com', ''],
    ],
  );
});

test('SenderDomains are the accepted domains until there is a list', async () => {
  await using rig = await Rig.open({ accepted_domains: ['contoso.com'] });
  const query = "_GetWatchlist('SenderDomains') | project SearchKey";
  assert.deepEqual((await rig.query(query)).rows, [['contoso.com']]);
  await rig.write('watchlists/SenderDomains.csv', 'Domain\nfabrikam.com\n');
  assert.deepEqual((await rig.query(query)).rows, [['fabrikam.com']]);
});

test('wrong values in the settings are said with their alias', () => {
  const wrong = (entry: string) => () => readSettings(`watchlists:\n  Own: ${entry}\n`, 'mailhunt.yaml');
  assert.throws(wrong('{ values: contoso.com }'), /needs as values a list .* Own has another/);
  assert.throws(wrong('{ values: [[a]] }'), /needs as values a list/);
  assert.throws(wrong('{ values: [a], file: b.csv }'), /Own has both/);
  assert.throws(wrong('{ value: [a] }'), /holds search_key, file and values for each alias; Own does not/);
});
