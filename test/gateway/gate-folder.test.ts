import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openGateFolder } from '../../src/gateway/gate-folder.ts';
import { DecisionJournal, type Entry, startDrain } from '../../src/gateway/journal/index.ts';
import { inFolder } from '../store/rig.ts';
import { SmallDisk } from './accounts/small-disk.ts';
import { AT } from './gate-rig.ts';

const quarantined: Entry = {
  id: 'one',
  at: AT,
  tables: [],
  told: {
    client: { ip: '203.0.113.9', helo: 'mta.example' },
    mailFrom: 'jane@bank.example',
    recipients: ['anna@contoso.com'],
    from: 'jane@bank.example',
    subject: 'Hello',
    policy: 'p',
    mode: 'Enforce',
    action: 'Quarantine',
    rule: 'r',
    trace: [],
    wouldBe: undefined,
    answer: '250 2.0.0 Ok',
    until: AT + 1,
  },
  kept: { as: 'quarantined', bytes: Buffer.from('Subject: Hello\r\n\r\nHello\r\n') },
};

test('a gate opens on a full disk; what it could not put into quarantine is there once there is room', (t) =>
  inFolder(async (folder) => {
    const mounted = await SmallDisk.mount(join(folder, 'disk'), 2 << 20);
    if (!(mounted instanceof SmallDisk)) return t.skip(mounted);
    await using disk = mounted;
    const gate = join(disk.path, 'gate');
    const before = await DecisionJournal.open(join(gate, 'journal'), { run: 'r1', reserve: 0 });
    await before.record(quarantined);
    await before.close(0);
    await disk.fill();
    const notices: Error[] = [];
    const notice = (error: Error): void => void notices.push(error);
    await using opened = await openGateFolder({ folder: gate, run: 'r2', now: () => AT, notice });
    const { journal, quarantine } = opened;
    assert.ok(notices.length > 0);
    assert.deepEqual([journal.hasRoom, quarantine.list().length], [false, 0]);
    await disk.empty();
    await using _ = startDrain(journal, {
      connect: async () => {
        throw new Error('the store is away');
      },
      quarantine: (entry) => quarantine.take(entry),
      onTrouble: () => {},
    });
    const deadline = performance.now() + 10_000;
    while (quarantine.list().length === 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.deepEqual(
      quarantine.list().map(({ id }) => id),
      ['one'],
    );
  }));
