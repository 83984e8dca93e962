import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../../src/settings/index.ts';
import { openSurroundings } from '../../../src/surroundings/index.ts';
import { post, rig, send, TestStore } from '../rig.ts';
import { signIn, userNamed, withAccounts, withToken } from './accounts-rig.ts';

test('stored functions are changed by those with the right to edit, and never by a link', async () => {
  await using store = await TestStore.open();
  const lender = await openSurroundings(store.path, defaultSettings);
  await using here = await rig({ store, lender });
  const { address } = here.server;
  const create = { csl: '.create-or-alter function F() { print 1 }' };
  const drop = { csl: '.drop function F ifexists' };
  assert.equal((await post(address, '/v1/rest/mgmt', create)).status, 200, 'where nobody has to sign in');
  const link = await send(address, `/v1/rest/query?csl=${encodeURIComponent(drop.csl)}`);
  assert.equal(link.status, 400);
  assert.match(link.json.error['@message'], /sent by POST/);
  await withAccounts(store.path, [await userNamed('rita'), await userNamed('hugo', 'hunter')]);
  const [reader, hunter] = [await signIn(address, 'rita'), await signIn(address, 'hugo')];
  const secret = await withToken(store.path, ['query']);
  for (const headers of [reader.headers, { Authorization: `Bearer ${secret}` }])
    for (const body of [create, drop]) {
      const { status, json } = await post(address, '/v1/rest/mgmt', body, headers);
      assert.deepEqual([status, json.error['@mailhunt'].code], [403, 'ACCESS0004']);
    }
  const shown = await post(address, '/v1/rest/mgmt', { csl: '.show functions' }, reader.headers);
  assert.equal(shown.json.Tables[0].Rows.length, 1);
  assert.equal((await post(address, '/v1/rest/mgmt', drop, hunter.headers)).status, 200);
  assert.deepEqual(await lender.functions.now(), []);
});
