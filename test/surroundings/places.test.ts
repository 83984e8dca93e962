import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sessionOn } from '../../src/server/index.ts';
import { openStore } from '../../src/store/index.ts';
import { bitsOf, mmdb } from './mmdb.ts';
import { Rig } from './rig.ts';

const names = (en: string) => ({ names: { en } });
const database = mmdb([
  {
    bits: bitsOf('192.0.2.0', 24),
    data: {
      country: names('Australia'),
      subdivisions: [names('New South Wales')],
      city: names('Sydney'),
      location: { latitude: -33.8715, longitude: 151.2006 },
    },
  },
  { bits: bitsOf('198.51.100.0', 24), data: { country: names('Österreich') } },
  {
    bits: '0010000000000001000011011011100000000000',
    data: { country: names('Nowhere'), location: { latitude: 1.5, longitude: -2.5 } },
  },
]);

test('geo_info_from_ip_address() reads the database that the settings name', async () => {
  await using rig = await Rig.open({ geo_database: 'places.mmdb' });
  await rig.write('places.mmdb', database);
  const lender = await rig.lender();
  await using store = await openStore(rig.folder, { placeOf: lender.placeOf!, idle: 0 });
  const session = sessionOn(store, () => 0, lender);
  const answer = await session.query(
    `datatable(a:string)['192.0.2.7', '198.51.100.1', '2001:db8::1', '10.0.0.1', '::1', '', 'no address', '192.0.2.7/24']
     | extend p = geo_info_from_ip_address(a) | extend c = tostring(p.country), lat = todouble(p.latitude)`,
  );
  const rows = new Map<string, unknown[]>();
  for await (const block of answer.tables[0]!.blocks)
    for (const row of block) {
      const [address, ...rest] = JSON.parse(row);
      rows.set(address, rest);
    }
  const sydney = {
    country: 'Australia',
    state: 'New South Wales',
    city: 'Sydney',
    latitude: -33.8715,
    longitude: 151.2006,
  };
  assert.deepEqual(rows.get('192.0.2.7'), [sydney, 'Australia', -33.8715]);
  const country = { country: 'Österreich', state: '', city: '', latitude: null, longitude: null };
  assert.deepEqual(rows.get('198.51.100.1'), [country, 'Österreich', null]);
  assert.deepEqual(rows.get('2001:db8::1')?.slice(1), ['Nowhere', 1.5]);
  for (const none of ['10.0.0.1', '::1', '', 'no address', '192.0.2.7/24'])
    assert.deepEqual(rows.get(none), [null, '', null], none);
  assert.deepEqual(answer.warnings, []);
  const printed = await session.query("print geo_info_from_ip_address('192.0.2.7')");
  for await (const [row] of printed.tables[0]!.blocks) assert.deepEqual(JSON.parse(row!), [sydney]);
});

test('without a database the answer is null, with a warning', async () => {
  await using rig = await Rig.open();
  const { rows, warnings } = await rig.query("print p = geo_info_from_ip_address('192.0.2.7')");
  assert.deepEqual(rows, [[null]]);
  assert.deepEqual(
    warnings.map(({ code, span }) => [code, span]),
    [['WARN0003', { start: 10, length: 37 }]],
  );
});

test('a database that is none is an error that names it', async () => {
  await using rig = await Rig.open({ geo_database: 'places.mmdb' });
  await assert.rejects(rig.lender(), { code: 'CONF0002' });
  await rig.write('places.mmdb', 'no database');
  await assert.rejects(rig.lender(), { code: 'CONF0002', message: /places\.mmdb/ });
});
