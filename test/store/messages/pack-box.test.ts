import assert from 'node:assert/strict';
import { open, readdir, readFile, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MailhuntError } from '../../../src/errors/index.ts';
import { type BoxOptions, PackBox } from '../../../src/store/messages/pack-box.ts';
import { inFolder } from '../rig.ts';

let clock = 1_000;
let salt = 0;
const options: BoxOptions = { now: () => clock, packBytes: 2000, salt: () => ++salt };

/** Bytes that no compression makes smaller, the same for the same seed. */
function noise(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed + 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    bytes[at] = state >> 16;
  }
  return bytes;
}

const letter = (n: number): { id: string; bytes: Buffer } => ({ id: `id-${n}`, bytes: noise(n, 300) });
const letters = (count: number, from = 0) => Array.from({ length: count }, (_, n) => letter(from + n));

/** Runs a test in a folder, with a way to open the box anew. */
const inBox = (work: (again: (more?: Partial<BoxOptions>) => Promise<PackBox>, folder: string) => Promise<void>) =>
  inFolder(async (path) => {
    const folder = join(path, 'messages');
    let box: PackBox | undefined;
    await work(async (more = {}) => {
      await box?.close();
      box = new PackBox(folder, { ...options, ...more });
      return box;
    }, folder);
    await box?.close();
  });

async function holds(box: PackBox, count: number, from = 0): Promise<void> {
  for (const { id, bytes } of letters(count, from)) assert.deepEqual(await box.read(id), bytes, id);
}

test('what was kept is read back, over several packs, and after the box is opened anew', () =>
  inBox(async (again, folder) => {
    let box = await again();
    assert.deepEqual(await box.size(), { messages: 0, bytes: 0 });
    assert.equal(await box.read('id-0'), undefined);
    await assert.rejects(stat(folder), 'reading makes no folder');
    for (let n = 0; n < 30; n += 3) assert.deepEqual(await box.keep(letters(3, n)), { kept: 3, known: 0 });
    await holds(box, 30);
    box = await again();
    await holds(box, 30);
    const packs = (await readdir(folder)).filter((name) => name.endsWith('.pack'));
    assert.equal(packs.length > 3, true);
    for (const name of await readdir(folder)) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600, name);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    assert.deepEqual(await box.has(['id-3', 'id-99', 'id-29']), new Set(['id-3', 'id-29']));
    const ids: string[] = [];
    for await (const { id, bytes } of box.all()) {
      ids.push(id);
      assert.deepEqual(bytes, letter(ids.length - 1).bytes);
    }
    assert.deepEqual(
      ids,
      letters(30).map(({ id }) => id),
    );
    assert.equal((await box.size()).messages, 30);
  }));

test('the same bytes under the same id are stored once, other bytes take the place of those before', () =>
  inBox(async (again) => {
    let box = await again();
    await box.keep(letters(10));
    const { bytes } = await box.size();
    assert.deepEqual(await box.keep(letters(10)), { kept: 0, known: 10 });
    box = await again();
    assert.deepEqual(await box.keep([...letters(10), letter(3)]), { kept: 0, known: 11 });
    assert.equal((await box.size()).bytes, bytes);
    const other = { id: 'id-3', bytes: Buffer.from('other') };
    assert.deepEqual(await box.keep([other, other]), { kept: 1, known: 1 });
    assert.deepEqual(await box.read('id-3'), other.bytes);
    // Back to the first: the newest is what counts.
    assert.deepEqual(await box.keep([letter(3)]), { kept: 1, known: 0 });
    assert.deepEqual(await (await again()).read('id-3'), letter(3).bytes);
  }));

test('a removed message is in no file any more, the others are', () =>
  inBox(async (again, folder) => {
    let box = await again();
    for (let n = 0; n < 30; n += 3) await box.keep(letters(3, n));
    await box.keep([{ id: 'id-7', bytes: noise(700, 200) }]);
    assert.equal(await box.remove(['id-7', 'id-29', 'nobody']), 2);
    for (const look of [box, await again()]) {
      assert.equal(await look.read('id-7'), undefined);
      assert.equal(await look.read('id-29'), undefined);
      await holds(look, 7);
      await holds(look, 21, 8);
    }
    box = await again();
    const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
    const gone = [letter(7).bytes, noise(700, 200), letter(29).bytes, Buffer.from('id-29')];
    for (const bytes of gone)
      assert.equal(
        files.some((file) => file.includes(bytes)),
        false,
      );
    assert.equal(
      files.some((file) => file.includes(letter(8).bytes)),
      true,
      'the test can find what is there',
    );
    // The box goes on after a removal from the pack that was written.
    await box.keep(letters(1, 50));
    await holds(await again(), 1, 50);
    await box.remove(letters(60).map(({ id }) => id));
    assert.deepEqual(await readdir(folder), []);
    assert.deepEqual(await box.size(), { messages: 0, bytes: 0 });
  }));

test('an index that is lost, damaged or of another pack is made anew', () =>
  inBox(async (again, folder) => {
    const box = await again();
    for (let n = 0; n < 30; n += 3) await box.keep(letters(3, n));
    const indexes = (await readdir(folder)).filter((name) => name.endsWith('.index')).map((name) => join(folder, name));
    await unlink(indexes[0]!);
    const bytes = await readFile(indexes[1]!);
    bytes[40]! ^= 1;
    await writeFile(indexes[1]!, bytes);
    await writeFile(indexes[2]!, await readFile(indexes[3]!));
    await holds(await again(), 30);
    assert.deepEqual((await again()).problems, []);
  }));

test('a torn end is cut off wherever it tears, and the box goes on behind it', () =>
  inBox(async (again, folder) => {
    let box = await again({ packBytes: 1e6 });
    await box.keep(letters(3));
    const path = join(folder, '0000001.pack');
    const whole = (await stat(path)).size;
    await box.keep([letter(3)]);
    const more = await readFile(path);
    for (let end = whole; end < more.length; end += 17) {
      await writeFile(path, more.subarray(0, end));
      box = await again({ packBytes: 1e6 });
      await holds(box, 3);
      assert.equal(await box.read('id-3'), undefined);
      assert.equal((await stat(path)).size, whole);
      assert.deepEqual(box.problems, []);
    }
    // As a power cut leaves it: the length is there, the bytes are not.
    await writeFile(path, Buffer.concat([more.subarray(0, whole), Buffer.alloc(4096)]));
    box = await again({ packBytes: 1e6 });
    await box.keep([letter(3)]);
    await holds(await again({ packBytes: 1e6 }), 4);
    // Not even its first bytes.
    await truncate(path, 9);
    box = await again({ packBytes: 1e6 });
    assert.equal(await box.read('id-0'), undefined);
    await box.keep(letters(2));
    await holds(await again({ packBytes: 1e6 }), 2);
  }));

test('a damaged message is named when it is asked for, the others are read', () =>
  inBox(async (again, folder) => {
    let box = await again();
    for (let n = 0; n < 12; n += 3) await box.keep(letters(3, n));
    const path = join(folder, '0000001.pack');
    const damage = async (offset: number) => {
      const bytes = await readFile(path);
      bytes[offset]! ^= 255;
      await writeFile(path, bytes);
    };
    const bytes = await readFile(path);
    const inside = bytes.indexOf(letter(1).bytes);
    await damage(inside + 100);
    const isNamed = (error: MailhuntError) =>
      error.code === 'STORE0010' && /0000001\.pack is damaged at byte \d+: the checksum/.test(error.message);
    await assert.rejects(box.read('id-1'), isNamed);
    await unlink(join(folder, '0000001.index'));
    box = await again();
    await assert.rejects(box.read('id-1'), isNamed);
    assert.deepEqual(await box.read('id-0'), letter(0).bytes);
    assert.deepEqual(await box.read('id-2'), letter(2).bytes);
    assert.deepEqual(
      box.problems.map(({ code }) => code),
      ['STORE0010'],
    );
    // Kept again, it is whole again.
    assert.deepEqual(await box.keep([letter(1)]), { kept: 1, known: 0 });
    assert.deepEqual(await box.read('id-1'), letter(1).bytes);
    // A damaged head: what stands behind it is found all the same.
    await damage(bytes.indexOf('id-1'));
    await unlink(join(folder, '0000001.index')).catch(() => {});
    box = await again();
    assert.deepEqual(await box.read('id-2'), letter(2).bytes);
    assert.equal(box.problems.length, 1);
  }));

test('what a sender writes never passes for a record', () =>
  inBox(async (again, folder) => {
    let box = await again({ salt: () => 7 });
    await box.keep(letters(2));
    const record = (await readFile(join(folder, '0000001.pack'))).subarray(16);
    // He knows the format and has whole records in his message, but not the salt of the pack that it gets into.
    box = await again({ salt: () => 8 });
    for (let n = 2; n < 12; n++) await box.keep([letter(n)]);
    const forged = Buffer.concat([noise(1, 500), record]);
    await box.keep([{ id: 'evil', bytes: forged }, letter(12)]);
    const packs = (await readdir(folder)).filter((name) => name.endsWith('.pack'));
    const path = join(folder, packs.at(-1)!);
    const bytes = await readFile(path);
    bytes[bytes.indexOf('evil')]! ^= 1;
    await writeFile(path, bytes);
    await box.remove(['id-0', 'id-1']);
    box = await again({ salt: () => 9 });
    assert.deepEqual(await box.read('id-12'), letter(12).bytes);
    assert.equal(await box.read('id-0'), undefined);
    assert.equal(await box.read('id-1'), undefined);
  }));

test('hostile ids are texts like any other; what is none is refused', () =>
  inBox(async (again, folder) => {
    const box = await again({ packBytes: 1e6 });
    const ids = ['../../etc/passwd', '/', 'a\0b', '..', 'ü\u{1f600}', '\\', '__proto__', 'x'.repeat(1024), ' '];
    await box.keep(ids.map((id, n) => ({ id, bytes: noise(n, 20) })));
    for (const [n, id] of ids.entries()) assert.deepEqual(await box.read(id), noise(n, 20), id);
    assert.deepEqual((await readdir(folder)).sort(), ['0000001.pack']);
    assert.deepEqual(await box.has(ids), new Set(ids));
    for (const id of ['', 'x'.repeat(1025), '\ud800']) {
      await assert.rejects(box.keep([letter(1), { id, bytes: noise(1, 1) }]), { code: 'STORE0011' });
      assert.equal(await box.read(id), undefined);
    }
    assert.equal(await box.read('id-1'), undefined, 'nothing of a batch with a refused id is kept');
    await box.keep([{ id: 'empty', bytes: Buffer.alloc(0) }]);
    assert.deepEqual(await box.read('empty'), Buffer.alloc(0));
  }));

test('a full disk keeps nothing of the batch, says so, and the box goes on', () =>
  inBox(async (again) => {
    let room = 5000;
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    let failTruncate = false;
    const openFile: BoxOptions['openFile'] = async (path) => {
      const file = await open(path, 'a', 0o600);
      return {
        writev: async (parts: readonly NodeJS.ArrayBufferView[]) => {
          const [first] = parts as Buffer[];
          const part = first!.subarray(0, Math.min(first!.length, room));
          if (part.length === 0 && first!.length > 0) throw full;
          room -= part.length;
          return file.writev([part]) as never;
        },
        datasync: () => file.datasync(),
        truncate: (length?: number) => (failTruncate ? Promise.reject(new Error('EIO')) : file.truncate(length)),
        close: () => file.close(),
      };
    };
    let box = await again({ packBytes: 1e6, openFile });
    await box.keep(letters(10));
    for (failTruncate of [false, true]) {
      room = 700;
      await assert.rejects(box.keep(letters(10, 10)), { code: 'STORE0003' });
      // Where not even the end can be cut off, what is whole is found there, as after a kill.
      const there = [...(await box.has(letters(30).map(({ id }) => id)))];
      assert.deepEqual(
        there.sort(),
        letters(failTruncate ? 12 : 10)
          .map(({ id }) => id)
          .sort(),
      );
    }
    room = 50_000;
    assert.deepEqual(await box.keep(letters(10, 10)), { kept: 8, known: 2 });
    await holds(box, 20);
    box = await again();
    await holds(box, 20);
    assert.deepEqual(box.problems, []);
  }));

test('reading goes on while messages are kept and removed', { timeout: 60_000 }, () =>
  inBox(async (again) => {
    const box = await again();
    await box.keep(letters(40));
    let ended = false;
    const writing = (async () => {
      for (let n = 40; n < 80; n += 2) {
        await box.keep(letters(2, n));
        await box.remove([`id-${n}`]);
      }
      ended = true;
    })();
    let reads = 0;
    while (!ended) {
      const found = await Promise.all(letters(40).map(({ id }) => box.read(id)));
      for (const [n, bytes] of found.entries()) assert.deepEqual(bytes, letter(n).bytes);
      reads++;
    }
    await writing;
    assert.equal(reads > 3, true);
    assert.equal((await box.has(letters(80).map(({ id }) => id))).size, 60);
  }),
);

test('a message of 50 MB, and one that is too large', { timeout: 60_000 }, () =>
  inBox(async (again) => {
    const box = await again();
    const bytes = noise(1, 1 << 20);
    const large = Buffer.concat(Array.from({ length: 50 }, () => bytes));
    await box.keep([{ id: 'large', bytes: large }, letter(1)]);
    assert.equal((await (await again()).read('large'))!.equals(large), true);
    await assert.rejects(box.keep([{ id: 'l', bytes: Buffer.alloc(97 * 1024 * 1024) }]), { code: 'STORE0011' });
  }),
);

test('files whose messages were all kept before a time are listed', () =>
  inBox(async (again) => {
    const box = await again();
    clock = 1_000;
    await box.keep(letters(6));
    clock = 2_000;
    await box.keep(letters(6, 6));
    await box.keep(letters(1, 12));
    assert.deepEqual(await box.keptBefore(1_000), []);
    assert.deepEqual(
      await box.keptBefore(1_001),
      letters(6).map(({ id }) => id),
    );
    assert.deepEqual(
      await (await again()).keptBefore(3_000),
      letters(12).map(({ id }) => id),
    );
  }));
