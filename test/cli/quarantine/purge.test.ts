import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { keepingHouse, kept, letter, served } from '../../gateway/control/held-house.ts';
import { damage } from '../../gateway/quarantine/damage.ts';
import { inFolder } from '../../store/rig.ts';
import { ran } from '../world.ts';

const ANNA = 'anna@contoso.com';

/** Texts of all files below a folder; what is kept is compressed only where it is long. */
async function allBytes(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== 'ballast' && entry.name !== 'audit.jsonl');
  const texts = await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'latin1')));
  return texts.join('\n').toLowerCase();
}

/** Three messages in quarantine: to Anna and Ben, to Ben with Anna in the body, and to Ben alone; and commands beside. */
async function threeHeld(folder: string) {
  const house = await keepingHouse(folder, 1);
  const toBen = { recipients: ['ben@contoso.com'] };
  await kept(house, letter('both'));
  const naming = letter('naming', toBen);
  await kept(house, { ...naming, bytes: Buffer.concat([naming.bytes, Buffer.from('mailto:Anna%40contoso.com\r\n')]) });
  const other = await kept(house, letter('other', toBen));
  const file = join(folder, 'gateway.yaml');
  await writeFile(file, 'hostname: mx.contoso.com\nmilter: inet:8892@127.0.0.1\nfolder: gate\n');
  const mailhunt = (...argv: readonly string[]) => ran([...argv, '--gateway', file, '--store', join(folder, 'store')]);
  return {
    other,
    mailhunt,
    list: async (): Promise<readonly string[]> =>
      JSON.parse((await mailhunt('quarantine', 'list', '--format', 'json')).out).map(
        ({ id }: { readonly id: string }) => id,
      ),
    drained: () => house.drained(),
    [Symbol.asyncDispose]: () => house[Symbol.asyncDispose](),
  };
}

for (const gate of ['a gate that runs', 'a folder of a gate that does not'])
  test(
    `purge takes a person’s messages out of the quarantine of ${gate}, and her name out of its files`,
    { timeout: 180_000 },
    () =>
      inFolder(async (folder) => {
        await using server = await served(folder);
        await using held = await threeHeld(folder);
        await held.drained();
        if (gate !== 'a gate that runs') await held[Symbol.asyncDispose]();
        const purge = (...more: readonly string[]) => held.mailhunt('purge', '--person', ANNA, ...more);
        const planned = await purge('--dry-run');
        assert.match(planned.out, /^ {2}2 messages in quarantine would be removed, 2 of them for others, too$/m);
        assert.equal((await held.list()).length, 3);
        const done = await purge('--yes');
        assert.equal(done.code, 0, done.err);
        assert.match(done.out, /^ {2}2 messages in quarantine removed, 2 of them for others, too$/m);
        assert.doesNotMatch(done.out, /gate/);
        assert.deepEqual(await held.list(), [held.other]);
        const bytes = await allBytes(join(folder, 'gate'));
        assert.doesNotMatch(bytes, /anna@contoso|anna%40contoso/);
        assert.match(bytes, /ben@contoso/);
        assert.deepEqual(await server.hunt(`EmailEvents | where * has '${ANNA}' | count`), ['[0]']);
        assert.doesNotMatch((await purge('--yes')).out, /quarantine/);
        assert.deepEqual(await held.list(), [held.other]);
      }),
  );

test(
  'a damaged message in quarantine is named as left, and all else is purged, of the store, too',
  { timeout: 120_000 },
  () =>
    inFolder(async (folder) => {
      await using server = await served(folder);
      await using held = await threeHeld(folder);
      await held.drained();
      for (const part of ['bytes', 'particulars'] as const)
        await damage(join(folder, 'gate', 'quarantine'), held.other, part);
      const purge = (...more: readonly string[]) => held.mailhunt('purge', '--person', ANNA, ...more);
      const named = new RegExp(`^ {2}message ${held.other} in quarantine: it cannot be read, .*checksum`, 'm');
      const planned = await purge('--dry-run');
      assert.equal(planned.code, 0, planned.err);
      assert.match(planned.out, /^ {2}2 messages in quarantine would be removed/m);
      assert.match(planned.out, named);
      const done = await purge('--yes');
      assert.equal(done.code, 0, done.err);
      assert.match(done.out, /^ {2}2 messages in quarantine removed/m);
      assert.match(done.out, named);
      assert.deepEqual(await held.list(), [held.other]);
      assert.deepEqual(await server.hunt(`EmailEvents | where * has '${ANNA}' | count`), ['[0]']);
      assert.equal((await held.mailhunt('quarantine', 'remove', held.other)).code, 0);
      assert.doesNotMatch((await purge('--dry-run')).out, /in quarantine/);
    }),
);

test('what the store has not taken yet is named as left', { timeout: 120_000 }, () =>
  inFolder(async (folder) => {
    await using held = await threeHeld(folder);
    const { out } = await held.mailhunt('purge', '--person', ANNA, '--yes');
    assert.match(out, /^ {2}the gate’s journal: it holds what the store has not taken yet/m);
    assert.deepEqual(await held.list(), [held.other]);
  }),
);

test('a purge of nobody touches nothing', () =>
  inFolder(async (folder) => {
    await using held = await threeHeld(folder);
    const { code, err } = await held.mailhunt('purge', '--person', 'an', '--yes');
    assert.deepEqual([code, err.slice(0, 10)], [3, 'STORE0015:']);
    assert.equal((await held.list()).length, 3);
  }));
