import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Entry } from '../../../src/gateway/journal/index.ts';
import { Quarantine } from '../../../src/gateway/quarantine/index.ts';
import { inFolder } from '../../store/rig.ts';
import { AT, ok } from '../gate-rig.ts';

const DAY = 86_400_000;

const entry = (id: string, days = 2): Entry => ({
  id,
  at: AT,
  tables: [],
  told: {
    client: { ip: '192.0.2.7', helo: 'x' },
    mailFrom: 'a@bank.example',
    recipients: ['anna@contoso.com', 'ben@contoso.com'],
    from: 'jane@bank.example',
    subject: 'Hi',
    policy: 'Test',
    mode: 'Enforce',
    action: 'Quarantine',
    rule: 'Keep',
    trace: [],
    wouldBe: undefined,
    answer: '250 2.0.0 Ok',
    until: AT + days * DAY,
  },
  kept: { as: 'quarantined', bytes: Buffer.from(`Message-ID: <${id}@bank.example>\r\n\r\n${id}`) },
});

/** A quarantine whose clock can be set, with what it told the store. */
async function opened(folder: string, at = AT) {
  const rows: string[] = [];
  const journal = {
    hasRoom: true,
    record: async ({ tables }: Entry) => {
      for (const { table, columns, rows: some } of tables)
        for (const row of some) {
          const cells = JSON.parse(row);
          const cell = (name: string) => cells[columns.indexOf(name)];
          rows.push(
            [
              table,
              cell('NetworkMessageId'),
              cell('Action'),
              cell('ActionTrigger'),
              cell('RecipientEmailAddress'),
            ].join(' '),
          );
        }
    },
  };
  const quarantine = await Quarantine.open(join(folder, 'quarantine'), { now: () => at, journal });
  return { quarantine, rows };
}

const idsIn = (quarantine: Quarantine): readonly string[] => quarantine.list().map(({ id }) => id);

test('what is taken in is there, once, also after a restart', () =>
  inFolder(async (folder) => {
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await Promise.all([quarantine.take(entry('1')), quarantine.take(entry('1')), quarantine.take(entry('2'))]);
      assert.deepEqual(idsIn(quarantine), ['2', '1']);
    }
    const { quarantine } = await opened(folder);
    await using _ = quarantine;
    assert.deepEqual(idsIn(quarantine), ['2', '1']);
    const { held, bytes } = await quarantine.read('1');
    assert.equal(bytes.toString(), entry('1').kept!.bytes.toString());
    assert.deepEqual([held.subject, held.rule, held.internetMessageId], ['Hi', 'Keep', '<1@bank.example>']);
  }));

test('a message is released once, only where the next hop takes it, and the store is told for each recipient', () =>
  inFolder(async (folder) => {
    const { quarantine, rows } = await opened(folder);
    await using _ = quarantine;
    await quarantine.take(entry('1'));
    const refusing = async () => ({ code: 451, enhanced: '4.3.0', text: 'Later' });
    await assert.rejects(quarantine.release('1', refusing), { code: 'GATE0012' });
    assert.deepEqual(idsIn(quarantine), ['1']);
    let handed = 0;
    const taking = async () => {
      handed++;
      return ok;
    };
    const twice = await Promise.allSettled([quarantine.release('1', taking), quarantine.release('1', taking)]);
    assert.deepEqual(
      twice.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    assert.equal(handed, 1);
    assert.deepEqual(rows, [
      'EmailPostDeliveryEvents 1 Quarantine release AdminAction anna@contoso.com',
      'EmailPostDeliveryEvents 1 Quarantine release AdminAction ben@contoso.com',
    ]);
    // The journal of the gate may bring it again after a kill.
    await quarantine.take(entry('1'));
    assert.deepEqual(idsIn(quarantine), []);
    await assert.rejects(quarantine.read('1'), { code: 'GATE0011' });
  }));

test('what has left does not come back after a restart', () =>
  inFolder(async (folder) => {
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      await quarantine.take(entry('2'));
      await quarantine.remove('1');
    }
    const { quarantine } = await opened(folder);
    await using _ = quarantine;
    await quarantine.take(entry('1'));
    assert.deepEqual(idsIn(quarantine), ['2']);
  }));

test('a message goes when its time is over, not before', () =>
  inFolder(async (folder) => {
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1', 2));
      await quarantine.take(entry('2', 3));
    }
    {
      const { quarantine } = await opened(folder, AT + 2 * DAY - 1);
      await using _ = quarantine;
      assert.equal(await quarantine.purge(), 0);
    }
    const { quarantine, rows } = await opened(folder, AT + 2 * DAY);
    await using _ = quarantine;
    assert.equal(await quarantine.purge(), 1);
    assert.deepEqual(idsIn(quarantine), ['2']);
    assert.match(rows[0]!, /^EmailPostDeliveryEvents 1 Hard delete SpecialAction/);
  }));
