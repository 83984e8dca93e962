import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of a record that stand before its id, and where among them the length of the id is. */
const HEAD = { bytes: 32, idLength: 8 } as const;

/** What of a message is damaged: as it came, or what is known of it. */
export type Part = 'bytes' | 'particulars';

/** Damages a message on the disk of a quarantine, as a bad block does: its head stays whole. */
export async function damage(folder: string, id: string, part: Part): Promise<void> {
  const name = part === 'bytes' ? id : `${id}.json`;
  const files = (await readdir(join(folder, 'messages'))).filter((file) => file.endsWith('.pack'));
  for (const path of files.map((file) => join(folder, 'messages', file))) {
    const pack = await readFile(path);
    for (let at = pack.indexOf(name); at >= 0; at = pack.indexOf(name, at + 1)) {
      const head = at - HEAD.bytes;
      if (pack.toString('latin1', head, head + 4) !== 'MHM1' || pack.readUInt16LE(head + HEAD.idLength) !== name.length)
        continue;
      pack[at + name.length + 4]! ^= 0xff;
      return writeFile(path, pack);
    }
  }
  assert.fail(`${name} is in no pack of ${folder}`);
}
