import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  hashPassword,
  isHash,
  isPassword,
  nobodysHash,
  requirePassword,
  scryptCosts,
} from '../../../src/server/access/password.ts';
import { cheap } from './accounts-rig.ts';

test('a password is known by its hash, however its letters are composed, and no other is', async () => {
  const hash = await hashPassword('Bärenhöhle am Zürichsee', cheap);
  assert.match(hash, /^\$scrypt\$N=16,r=8,p=1\$/);
  assert.equal(await isPassword('Bärenhöhle am Zürichsee'.normalize('NFD'), hash), true);
  assert.equal(await isPassword('bärenhöhle am Zürichsee', hash), false);
  assert.equal(await isPassword('', hash), false);
  assert.notEqual(await hashPassword('Bärenhöhle am Zürichsee', cheap), hash, 'each has its own salt');
});

test('what is no hash, or one that would take all memory, is of no password', async () => {
  for (const hash of ['', 'plain', '$scrypt$N=99999999,r=999,p=1$AAAAAAAAAAAAAAAAAAAAAA$'.padEnd(105, 'A')])
    assert.equal(await isPassword('plain', hash), false, hash);
  assert.equal(isHash(nobodysHash(cheap)), true);
  assert.equal(isHash('$2b$10$abc'), false);
});

test('the costs are those that OWASP asks for', () => {
  assert.deepEqual(scryptCosts, { N: 131_072, r: 8, p: 1 });
});

test('passwords that are guessed first are refused', () => {
  for (const password of ['short', 'aaaaaaaaaaaaaaaa', 'ada-ada-ada-ada', 'x'.repeat(300)])
    assert.throws(() => requirePassword(password, 'ada'), { code: 'ACCESS0012' }, password);
  requirePassword('correct horse battery', 'ada');
});
