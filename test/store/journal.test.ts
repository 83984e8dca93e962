import assert from 'node:assert/strict';
import { mkdir, open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { draftOf, encodeFrame } from '../../src/store/frame.ts';
import { type Batch, openStore } from '../../src/store/index.ts';
import { Journal, type OpenFile } from '../../src/store/journal.ts';
import { cells, clicks, inFolder, put } from './rig.ts';

/** Writes batches as a process does that is killed before they reach the tables. */
async function leaveJournal(folder: string, batches: readonly Batch[]): Promise<string> {
  const journals = join(folder, 'journal');
  await mkdir(journals, { recursive: true });
  const journal = new Journal(journals);
  await journal.recover(0);
  for (const batch of batches) await journal.append(draftOf(batch, 1n));
  await journal.close();
  return join(journals, (await readdir(journals)).sort().at(-1)!);
}

const batches = ['a', 'b', 'c'].map((url, index) => clicks([url], { id: 'f', position: index + 1 }));
const sizes = batches.map((batch, index) =>
  encodeFrame({ sequence: index + 1, ...draftOf(batch, 1n) }).reduce((sum, part) => sum + part.length, 0),
);
const [first, second, third] = sizes as [number, number, number];
const whole = first + second + third;

test('what the journal holds is in the tables when the store is open', () =>
  inFolder(async (folder) => {
    await leaveJournal(folder, batches);
    await using store = await openStore(folder);
    assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), ['a', 'b', 'c']);
    assert.equal(await store.position('f'), 3);
    assert.deepEqual(store.notices, []);
    assert.deepEqual(await readdir(join(folder, 'journal')), []);
    assert.equal((await store.append(clicks(['d']))).sequence, 4);
  }));

/** Where the file ends, and what is still there. A torn frame was never acknowledged: nobody is told. */
const torn: readonly (readonly [string, number, readonly string[]])[] = [
  ['in the magic of the last frame', first + second + 2, ['a', 'b']],
  ['in the head of the last frame', first + second + 11, ['a', 'b']],
  ['in the rows of the last frame', whole - 1, ['a', 'b']],
  ['in the first frame', first - 1, []],
  ['between frames', first, ['a']],
  ['nowhere', whole, ['a', 'b', 'c']],
];
for (const [where, length, kept] of torn) {
  test(`a journal torn ${where}`, () =>
    inFolder(async (folder) => {
      await truncate(await leaveJournal(folder, batches), length);
      await using store = await openStore(folder);
      assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), kept);
      assert.deepEqual(store.notices, []);
      await put(store, clicks(['later']));
      assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), [...kept, 'later']);
    }));
}

test('zeros behind the last frame, as a power cut leaves them, are cut off', () =>
  inFolder(async (folder) => {
    const file = await leaveJournal(folder, batches);
    await writeFile(file, Buffer.concat([await readFile(file), Buffer.alloc(5000)]));
    await using store = await openStore(folder);
    assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), ['a', 'b', 'c']);
    assert.deepEqual(store.notices, []);
  }));

/** Which byte is changed, and what is still there. */
const damaged: readonly (readonly [string, number, readonly string[]])[] = [
  ['the magic of the first frame', 0, []],
  ['the length of the second frame', first + 6, ['a']],
  ['the sequence of the second frame', first + 9, ['a']],
  ['the checksum of the second frame', first + 17, ['a']],
  ['the rows of the second frame', first + second - 1, ['a']],
  ['the rows of the last frame', whole - 1, ['a', 'b']],
];
for (const [where, at, kept] of damaged) {
  test(`damage in ${where} is said, and what stands before it survives`, () =>
    inFolder(async (folder) => {
      const file = await leaveJournal(folder, batches);
      const bytes = await readFile(file);
      bytes[at]! ^= 0x55;
      await writeFile(file, bytes);
      {
        await using store = await openStore(folder);
        assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), kept);
        // The source goes on from what was kept, not from what was lost.
        assert.equal(await store.position('f'), kept.length);
        assert.deepEqual(
          store.notices.map((notice) => (notice as { code?: string }).code),
          ['STORE0002'],
        );
        assert.deepEqual(await readFile(`${file}.damaged`), bytes);
        await put(store, clicks(['later'], { id: 'f', position: 4 }));
      }
      await using again = await openStore(folder);
      assert.deepEqual(again.notices, []);
      assert.deepEqual(await cells(again, 'UrlClickEvents', 'Url'), [...kept, 'later']);
    }));
}

test('a missing segment is damage', () =>
  inFolder(async (folder) => {
    const journals = join(folder, 'journal');
    await mkdir(journals);
    const frame = (sequence: number, url: string) =>
      Buffer.concat(encodeFrame({ sequence, ...draftOf(clicks([url]), 1n) }));
    await writeFile(join(journals, '00000001.journal'), frame(1, 'a'));
    await writeFile(join(journals, '00000003.journal'), frame(3, 'c'));
    await using store = await openStore(folder);
    assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), ['a']);
    assert.equal(store.notices.length, 1);
  }));

test('appends that wait at the same time share one sync', () =>
  inFolder(async (folder) => {
    let syncs = 0;
    const counting: OpenFile = async (path) => {
      const file = await open(path, 'ax');
      return {
        writev: (parts) => file.writev(parts),
        datasync: () => {
          syncs++;
          return file.datasync();
        },
        truncate: (length) => file.truncate(length),
        close: () => file.close(),
      };
    };
    const journal = new Journal(folder, { openFile: counting });
    await journal.recover(0);
    const frames = await Promise.all(Array.from({ length: 20 }, () => journal.append(draftOf(clicks(['u']), 1n))));
    assert.deepEqual(
      frames.map(({ sequence }) => sequence),
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    assert.equal(syncs <= 2, true, `${syncs} syncs`);
    await journal.close();
  }));

test('a full disk is STORE0003, loses nothing and goes on when there is space', () =>
  inFolder(async (folder) => {
    let full = false;
    const filling: OpenFile = async (path) => {
      const file = await open(path, 'ax');
      return {
        writev: async (parts) => {
          if (!full) return file.writev(parts);
          // Half of it still fits.
          await file.writev([Buffer.alloc(10, 'MHJ1')]);
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        },
        datasync: () => file.datasync(),
        truncate: (length) => file.truncate(length),
        close: () => file.close(),
      };
    };
    {
      await using store = await openStore(folder, {}, { openFile: filling });
      await put(store, clicks(['a'], { id: 'f', position: 1 }));
      full = true;
      await assert.rejects(store.append(clicks(['b'], { id: 'f', position: 2 })), { code: 'STORE0003' });
      assert.equal(await store.position('f'), 1);
      full = false;
      await put(store, clicks(['b'], { id: 'f', position: 2 }));
      assert.deepEqual(await cells(store, 'UrlClickEvents', 'Url'), ['a', 'b']);
    }
    await using again = await openStore(folder);
    assert.deepEqual(again.notices, []);
    assert.deepEqual(await cells(again, 'UrlClickEvents', 'Url'), ['a', 'b']);
  }));

test('rows of a frame come out as they went in', () => {
  const cases = [['[1]'], ['[1]', '["é"]', '[]'], ['']];
  for (const rows of cases) {
    const frame = { sequence: 1, ...draftOf({ table: 'T', columns: [], rows }, 1n) };
    assert.deepEqual(frame.rows.toString().split('\n'), rows);
  }
});
