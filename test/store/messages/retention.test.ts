import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openStore } from '../../../src/store/index.ts';
import { unixMsFromTicks } from '../../../src/values/index.ts';
import { DAY, inFolder, mail, NEW_YEAR, put } from '../rig.ts';
import { letterOf } from './letter-of.ts';

test('retention removes the messages whose rows are gone, and those that never got rows', () =>
  inFolder(async (folder) => {
    let day = 0;
    const now = () => unixMsFromTicks(NEW_YEAR) + day * 86_400_000;
    await using store = await openStore(folder, { idle: 0, now });
    const keep = (...ids: string[]) =>
      store.messages.keep(ids.map((id, at) => ({ id, bytes: letterOf(at + 90).bytes })));
    await keep('old', 'both', 'new', 'orphan');
    assert.equal((await store.messages.size()).messages, 4);
    await put(
      store,
      mail([
        ['old', 'a', 's', 0],
        ['old', 'b', 's', 1],
        ['both', 'a', 's', 0],
        ['both', 'b', 's', 9],
        ['new', 'a', 's', 9],
      ]),
    );
    assert.equal(await store.retain(NEW_YEAR + 5n * DAY), 3);
    const there = async () => [...(await store.messages.has(['old', 'both', 'new', 'orphan', 'late']))].sort();
    // The orphan was kept before that day as well, in a file that is not written to any more.
    assert.deepEqual(await there(), ['both', 'new']);
    day = 20;
    await keep('late', 'other');
    await store.messages.remove(['other']);
    assert.equal(await store.retain(NEW_YEAR + 5n * DAY), 0);
    assert.deepEqual(await there(), ['both', 'late', 'new'], 'rows of what was kept later may still come');
    assert.equal(await store.retain(NEW_YEAR + 21n * DAY), 2);
    assert.deepEqual(await there(), []);
  }));
