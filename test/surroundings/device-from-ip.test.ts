import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { sessionOn } from '../../src/server/index.ts';
import { defaultSettings } from '../../src/settings/index.ts';
import { openStore } from '../../src/store/index.ts';
import { openSurroundings } from '../../src/surroundings/index.ts';

const row = (day: number, device: string, ...addresses: string[]): string =>
  JSON.stringify([
    638_000_000_000_000_000 + day * 864_000_000_000,
    device,
    JSON.stringify(addresses.map((IPAddress) => ({ IPAddress, SubnetPrefix: 24 }))),
  ]);

test('DeviceFromIP() gives the device that had an address last, before a time if one is given', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mailhunt-devices-'));
  const lender = await openSurroundings(folder, defaultSettings);
  await using store = await openStore(folder, { idle: 0 });
  const rows = [row(1, 'old', '10.0.0.1', '10.0.0.2'), row(2, 'new', '10.0.0.1'), row(3, 'other', '10.0.0.9')];
  await store.append({ table: 'DeviceNetworkInfo', columns: ['Timestamp', 'DeviceId', 'IPAddresses'], rows });
  await store.flush();
  const session = sessionOn(store, () => 0, lender);
  const devices = async (call: string) => {
    const text = `datatable(IP:string)['10.0.0.1', '10.0.0.2', '10.0.0.1', '10.0.0.3'] | invoke ${call} | sort by IP asc`;
    const [table] = (await session.query(text)).tables;
    assert.deepEqual(
      table!.columns.map(({ name }) => name),
      ['IP', 'DeviceId'],
    );
    const found: unknown[] = [];
    for await (const block of table!.blocks) for (const item of block) found.push(JSON.parse(item));
    return found;
  };
  assert.deepEqual(await devices('DeviceFromIP()'), [
    ['10.0.0.1', 'new'],
    ['10.0.0.2', 'old'],
  ]);
  const early = await devices('DeviceFromIP(datetime(2022-09-30T00:00:00Z))');
  assert.deepEqual(early, [
    ['10.0.0.1', 'old'],
    ['10.0.0.2', 'old'],
  ]);
  await store.close();
  await rm(folder, { recursive: true });
});
