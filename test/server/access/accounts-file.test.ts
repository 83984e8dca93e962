import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { accountsPath, changeAccounts, parseAccounts, readAccounts } from '../../../src/server/access/accounts-file.ts';
import { userNamed, withToken } from './accounts-rig.ts';

const folder = mkdtempSync(join(tmpdir(), 'mailhunt-accounts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('changes of many at once all count, and leave nothing behind', async () => {
  const users = await Promise.all(Array.from({ length: 12 }, (_, i) => userNamed(`user${i}`)));
  await Promise.all(users.map((user) => changeAccounts(folder, (all) => ({ ...all, users: [...all.users, user] }))));
  assert.equal((await readAccounts(folder)).users.length, 12);
  assert.deepEqual(readdirSync(folder), ['accounts.json']);
});

test('a change that fails changes nothing; a lock that a dead process left is passed over', async () => {
  const failing = changeAccounts(folder, () => {
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  const lock = `${accountsPath(folder)}.lock`;
  assert.equal(existsSync(lock), false);
  writeFileSync(lock, '');
  utimesSync(lock, 1, 1);
  await withToken(folder, ['query']);
  assert.equal((await readAccounts(folder)).tokens.length, 1);
});

test('a file that is not wholly right is refused', async () => {
  const good = await userNamed('ada');
  assert.equal(parseAccounts(JSON.stringify({ users: [good], tokens: [] })).users.length, 1);
  const token = { id: '00000000', name: 't', hash: '0'.repeat(64), rights: ['query'], expires: null };
  assert.equal(parseAccounts(JSON.stringify({ users: [], tokens: [token] })).tokens.length, 1);
  const wrong = [
    'nothing',
    null,
    { users: [] },
    { users: [{ ...good, role: 'toString' }], tokens: [] },
    { users: [{ ...good, name: '__proto__' }], tokens: [] },
    { users: [{ ...good, password: 'plain' }], tokens: [] },
    { users: [{ ...good, disabled: undefined }], tokens: [] },
    { users: [], tokens: [{ ...token, rights: ['append'] }] },
    { users: [], tokens: [{ ...token, expires: 'soon' }] },
    { users: [], tokens: [{ ...token, hash: 'x' }] },
  ];
  for (const file of wrong)
    assert.throws(() => parseAccounts(JSON.stringify(file)), { code: 'ACCESS0009' }, JSON.stringify(file));
  assert.throws(() => parseAccounts('{'), { code: 'ACCESS0009' });
});
