import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Entry } from '../../../src/gateway/journal/index.ts';
import type { HandedOver } from '../../../src/gateway/quarantine/index.ts';
import { Quarantine, type QuarantineLimits } from '../../../src/gateway/quarantine/index.ts';
import type { LedgerLine } from '../../../src/gateway/quarantine/ledger.ts';
import { Journal } from '../../../src/store/index.ts';
import { inFolder } from '../../store/rig.ts';
import { AT, ok } from '../gate-rig.ts';
import { damage, type Part } from './damage.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const TO = ['anna@contoso.com', 'ben@contoso.com'];

const handed = (taken: readonly string[]): HandedOver => ({ answer: ok, taken, refused: [], isUnsure: false });

/** What the gate told the store of a message when it came, as far as it matters here. */
const events = (id: string) => ({
  table: 'EmailEvents',
  columns: ['NetworkMessageId', 'RecipientEmailAddress', 'LatestDeliveryLocation', 'LatestDeliveryAction'],
  rows: TO.map((to) => JSON.stringify([id, to, 'Quarantine', 'Blocked'])),
});

const entry = (id: string, days = 2): Entry => ({
  id,
  at: AT,
  tables: [events(id)],
  told: {
    client: { ip: '192.0.2.7', helo: 'x' },
    mailFrom: 'a@bank.example',
    recipients: TO,
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

/** A quarantine whose clocks can be set, with what it told the store: `table column=value …`, and a journal that can fail. */
async function opened(folder: string, at = AT, limits?: QuarantineLimits) {
  const rows: string[] = [];
  const notices: unknown[] = [];
  const state = { isFull: false, failing: '', gone: 0, wall: at, elapsed: 0, hasRoomToKeep: true };
  const journal = {
    hasRoom: true,
    sequence: 1,
    get hasRoomToKeep() {
      return state.hasRoomToKeep;
    },
    get gone() {
      return state.gone;
    },
    record: async ({ id, tables }: Entry) => {
      if (state.isFull || state.failing === id) throw new Error('the journal is full');
      for (const { table, columns, rows: some } of tables)
        for (const row of some) {
          const cells: unknown[] = JSON.parse(row);
          const shown = SHOWN.flatMap((name) => cells[columns.indexOf(name)] ?? []);
          rows.push([table, ...shown, ...cells.slice(columns.length)].join(' '));
        }
    },
  };
  const quarantine = await Quarantine.open(join(folder, 'quarantine'), {
    now: () => state.wall,
    clock: () => state.elapsed,
    limits,
    journal,
    notice: (error) => notices.push(error),
  });
  /** Lets time pass, as it does where no clock is wrong. */
  const pass = (milliseconds: number): void => {
    state.wall += milliseconds;
    state.elapsed += milliseconds;
  };
  return { quarantine, rows, state, notices, pass };
}

const SHOWN = [
  ...['NetworkMessageId', 'Action', 'ActionTrigger', 'RecipientEmailAddress'],
  ...['LatestDeliveryAction', 'LatestDeliveryLocation'],
];

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
    const refusing = async () => ({ ...handed([]), answer: { code: 451, enhanced: '4.3.0', text: 'Later' } });
    await assert.rejects(quarantine.release('1', 'anna', refusing), { code: 'GATE0012' });
    assert.deepEqual(quarantine.find('1').refused, { at: AT, by: 'anna', answer: '451 4.3.0 Later' });
    assert.deepEqual(idsIn(quarantine), ['1']);
    let times = 0;
    const taking = async () => {
      times++;
      return handed(TO);
    };
    const twice = await Promise.allSettled([
      quarantine.release('1', 'anna', taking),
      quarantine.release('1', 'ben', taking),
    ]);
    assert.deepEqual(
      twice.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    assert.equal(times, 1);
    assert.deepEqual(rows, [
      'EmailPostDeliveryEvents 1 Quarantine release AdminAction anna@contoso.com {"ActionBy":"anna","Policy":"Test","Rule":"Keep"}',
      'EmailPostDeliveryEvents 1 Quarantine release AdminAction ben@contoso.com {"ActionBy":"anna","Policy":"Test","Rule":"Keep"}',
      'EmailEvents 1 anna@contoso.com Quarantine release Inbox/folder',
      'EmailEvents 1 ben@contoso.com Quarantine release Inbox/folder',
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
      await quarantine.remove('1', 'anna');
    }
    const { quarantine } = await opened(folder);
    await using _ = quarantine;
    await quarantine.take(entry('1'));
    assert.deepEqual(idsIn(quarantine), ['2']);
  }));

test('a message goes when its time is over, not before', () =>
  inFolder(async (folder) => {
    {
      const { quarantine, pass } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1', 2));
      await quarantine.take(entry('2', 3));
      assert.equal(await quarantine.purge(), 0);
      pass(2 * DAY - 1);
      assert.equal(await quarantine.purge(), 0);
    }
    const { quarantine, rows } = await opened(folder, AT + 2 * DAY);
    await using _ = quarantine;
    assert.equal(await quarantine.purge(), 1);
    assert.deepEqual(idsIn(quarantine), ['2']);
    assert.match(rows[0]!, /^EmailPostDeliveryEvents 1 Hard delete SpecialAction/);
  }));

test('what the next hop takes for some recipients stays for the others, and can be released to them later', () =>
  inFolder(async (folder) => {
    const [anna, ben] = TO as [string, string];
    const answer = { code: 550, enhanced: '5.1.1', text: 'No such user' };
    {
      const { quarantine, rows } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      const done = await quarantine.release('1', 'anna', async () => ({
        ...handed([ben]),
        refused: [{ recipient: anna, answer }],
      }));
      assert.deepEqual(done.refused, [{ recipient: anna, answer }]);
      assert.equal(rows.length, 2);
      assert.ok(rows.every((row) => row.includes(ben)));
    }
    const { quarantine, rows } = await opened(folder);
    await using _ = quarantine;
    assert.deepEqual(quarantine.find('1').recipients, [anna]);
    let asked: readonly string[] = [];
    await quarantine.release('1', 'anna', async ({ held }) => {
      asked = held.recipients;
      return handed(held.recipients);
    });
    assert.deepEqual(asked, [anna]);
    assert.deepEqual(idsIn(quarantine), []);
    assert.deepEqual(
      rows.map((row) => row.includes(anna)),
      [true, true],
    );
  }));

test('a release of whose end nothing is known leaves the message where it is, and the list says so, also after a restart', () =>
  inFolder(async (folder) => {
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      const gone = { ...handed([]), answer: { code: 451, enhanced: '4.4.2', text: 'gone' }, isUnsure: true };
      await assert.rejects(
        quarantine.release('1', 'anna', async () => gone),
        /it may have taken it/,
      );
      assert.deepEqual(quarantine.find('1').begun, { at: AT, by: 'anna' });
    }
    const { quarantine } = await opened(folder);
    await using _ = quarantine;
    assert.deepEqual(quarantine.find('1').begun, { at: AT, by: 'anna' });
    await quarantine.release('1', 'ben', async () => handed(TO));
    assert.deepEqual(idsIn(quarantine), []);
  }));

test('what could not be told to the store when it left is told when the quarantine is opened again, once', () =>
  inFolder(async (folder) => {
    {
      const { quarantine, rows, state } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      state.isFull = true;
      await quarantine.release('1', 'anna', async () => handed(TO));
      assert.deepEqual([idsIn(quarantine), rows], [[], []]);
    }
    for (const told of [4, 0]) {
      const { quarantine, rows } = await opened(folder);
      await using _ = quarantine;
      assert.equal(rows.length, told);
      assert.deepEqual(idsIn(quarantine), []);
    }
  }));

test('pages follow each other while messages come and go', () =>
  inFolder(async (folder) => {
    const { quarantine } = await opened(folder);
    await using _ = quarantine;
    for (const id of ['1', '2', '3', '4', '5']) await quarantine.take(entry(id));
    const first = quarantine.page({ limit: 2 });
    assert.deepEqual([first.messages.map(({ id }) => id), first.total], [['5', '4'], 5]);
    await quarantine.remove('4', 'anna');
    await quarantine.take(entry('6'));
    const second = quarantine.page({ limit: 2, before: first.next! });
    assert.deepEqual(
      second.messages.map(({ id }) => id),
      ['3', '2'],
    );
    const last = quarantine.page({ limit: 2, before: second.next! });
    assert.deepEqual([last.messages.map(({ id }) => id), last.next], [['1'], undefined]);
  }));

test('a thousand messages whose time is over go together, and their bytes with them', { timeout: 60_000 }, () =>
  inFolder(async (folder) => {
    const ids = Array.from({ length: 1000 }, (_, n) => `m${n}`);
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await Promise.all(ids.map((id) => quarantine.take(entry(id))));
    }
    const { quarantine, rows, pass } = await opened(folder);
    await using _ = quarantine;
    assert.equal(await quarantine.purge(), 0);
    pass(2 * DAY);
    assert.equal(await quarantine.purge(), 1000);
    assert.equal(rows.length, 4000);
    const files = await readdir(join(folder, 'quarantine', 'messages'));
    const bytes = await Promise.all(
      files.map((name) => readFile(join(folder, 'quarantine', 'messages', name), 'latin1')),
    );
    assert.ok(!bytes.join('').includes('m999'));
  }),
);

test('what has left does not come back while the journal of the gate can be read again, however often it is opened', () =>
  inFolder(async (folder) => {
    // Each run ends a file of the ledger, and gives up those that nothing is needed of.
    for (const id of ['1', '2', '3']) {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry(id));
      await quarantine.remove(id, 'anna');
    }
    {
      const { quarantine, state } = await opened(folder);
      await using _ = quarantine;
      for (const id of ['1', '2', '3']) await quarantine.take(entry(id));
      assert.deepEqual(idsIn(quarantine), []);
      assert.equal((await readdir(join(folder, 'quarantine', 'ledger'))).length, 3);
      state.gone = 1;
      await quarantine.purge();
    }
    assert.equal((await readdir(join(folder, 'quarantine', 'ledger'))).length, 1);
  }));

test('a clock that leaps forward takes nothing with it, running or at a start, and it is said once', () =>
  inFolder(async (folder) => {
    {
      const { quarantine, state, notices } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      assert.equal(await quarantine.purge(), 0);
      state.wall += 400 * DAY;
      assert.deepEqual([await quarantine.purge(), await quarantine.purge()], [0, 0]);
      assert.deepEqual(
        notices.map((one) => (one as Error).message),
        ['the clock leaped: it says 2027-08-22T12:00:00.000Z, where 2026-07-18T12:00:00.000Z was expected'],
      );
    }
    {
      const { quarantine, notices, pass } = await opened(folder, AT + 400 * DAY);
      await using _ = quarantine;
      assert.equal(await quarantine.purge(), 0);
      assert.equal(notices.length, 1);
      pass(DAY - 1);
      assert.equal(await quarantine.purge(), 0);
    }
    {
      // As another process, with the right time: nothing was lost, and what is over goes.
      const { quarantine, notices, pass } = await opened(folder, AT + DAY);
      await using _ = quarantine;
      assert.equal(await quarantine.purge(), 0);
      pass(DAY);
      assert.equal(await quarantine.purge(), 1);
      assert.deepEqual(notices, []);
    }
  }));

test('a clock that has gone on evenly for a day after its leap is believed: the gate was off for long', () =>
  inFolder(async (folder) => {
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
    }
    const { quarantine, pass, notices } = await opened(folder, AT + 10 * DAY);
    await using _ = quarantine;
    const gone: number[] = [];
    for (let hours = 0; hours <= 24; hours += 8) {
      gone.push(await quarantine.purge());
      pass(DAY / 3);
    }
    assert.deepEqual([gone, notices.length], [[0, 0, 0, 1], 1]);
  }));

/** What went in each run, of a message whose time is over by its date, by a gate whose runs are of so many hours. */
async function goneInRuns(folder: string, starts: readonly number[], hours: number): Promise<readonly number[]> {
  const gone: number[] = [];
  for (const start of starts) {
    const { quarantine, pass } = await opened(folder, start);
    await using _ = quarantine;
    let count = await quarantine.purge();
    for (let past = 0; past < hours; past++) {
      pass(HOUR);
      count += await quarantine.purge();
    }
    if (start === starts[1]) assert.equal(await quarantine.rewriteLedger(), true);
    gone.push(count);
  }
  return gone;
}

for (const [name, away, gone] of [
  [
    'a gate that was off for three days, and is then restarted every six hours, doubts its clock for a day of them',
    0,
    1,
  ],
  ['a clock that is ahead anew at each start is doubted in each', 30 * DAY, 0],
] as const)
  test(name, () =>
    inFolder(async (folder) => {
      {
        const { quarantine } = await opened(folder);
        await using _ = quarantine;
        await quarantine.take(entry('1'));
        await quarantine.purge();
      }
      const starts = [0, 1, 2, 3, 4].map((n) => AT + 3 * DAY + n * (7 * HOUR + away));
      assert.deepEqual(await goneInRuns(folder, starts, 6), [0, 0, 0, gone, 0]);
    }),
  );

test('a ledger of an earlier version, which knows no doubt, is read', () =>
  inFolder(async (folder) => {
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
    }
    const ledger = new Journal<LedgerLine>(join(folder, 'quarantine', 'ledger'), { segmentBytes: 1 << 20 });
    await ledger.recover(undefined);
    await ledger.append({ header: { kind: 'seen', at: AT + DAY }, rows: Buffer.alloc(0) });
    await ledger.close();
    assert.deepEqual(await goneInRuns(folder, [AT + 3 * DAY], 24), [1]);
  }));

test('what is over by the time that has passed goes all the same while the clock is not believed', () =>
  inFolder(async (folder) => {
    const { quarantine, pass, state } = await opened(folder);
    await using _ = quarantine;
    await quarantine.take(entry('1', 2));
    await quarantine.take(entry('2', 30));
    await quarantine.purge();
    pass(2 * DAY - 1000);
    state.wall += 400 * DAY;
    assert.equal(await quarantine.purge(), 0);
    pass(1000);
    assert.equal(await quarantine.purge(), 1);
    assert.deepEqual(idsIn(quarantine), ['2']);
  }));

test('two partial releases before the first was told: the store hears of both, each once', () =>
  inFolder(async (folder) => {
    {
      const { quarantine, rows, state } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      state.isFull = true;
      for (const recipient of TO) await quarantine.release('1', 'anna', async () => handed([recipient]));
      assert.deepEqual([idsIn(quarantine), rows], [[], []]);
    }
    for (const told of [TO, []]) {
      const { quarantine, rows } = await opened(folder);
      await using _ = quarantine;
      const post = rows.filter((row) => row.startsWith('EmailPostDeliveryEvents'));
      assert.deepEqual(
        post.map((row) => TO.find((to) => row.includes(to))),
        told,
      );
    }
  }));

const small = (changes: Partial<QuarantineLimits>): QuarantineLimits => ({
  bytes: 2 ** 30,
  messages: 1000,
  share: 1,
  ...changes,
});
const origin = { ip: '192.0.2.7', domain: 'bank.example' };

test('a full quarantine says so, once; what was promised before is counted, and room comes back when messages leave', () =>
  inFolder(async (folder) => {
    {
      const { quarantine, notices } = await opened(folder, AT, small({ messages: 3 }));
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      await quarantine.take(entry('2'));
      assert.equal(quarantine.shortage(origin), undefined);
      quarantine.reserve(entry('3'));
      assert.equal(quarantine.shortage(origin)?.of, 'all');
      assert.throws(() => quarantine.reserve(entry('4')), { code: 'GATE0018' });
      assert.match(
        (notices as Error[]).map(({ message }) => message).join(),
        /^[^,]*takes no more: it holds .*, 3 of 3 messages$/,
      );
      // The record failed: its place is another's.
      quarantine.giveBack('3');
      assert.equal(quarantine.shortage(origin), undefined);
      quarantine.reserve(entry('4'));
      await quarantine.take(entry('4'));
      // What the journal brings again after a kill was promised, room or not.
      await quarantine.take(entry('5'));
      assert.deepEqual([quarantine.size, quarantine.status.isFull], [4, true]);
    }
    const { quarantine } = await opened(folder, AT, small({ messages: 3 }));
    await using _ = quarantine;
    assert.equal(quarantine.status.isFull, true);
    await quarantine.remove('1', 'anna');
    assert.equal(quarantine.status.isFull, true);
    await quarantine.remove('2', 'anna');
    assert.deepEqual([quarantine.status.isFull, quarantine.shortage(origin)], [false, undefined]);
  }));

test('bytes count with what is kept beside a message, the same after a restart', () =>
  inFolder(async (folder) => {
    let bytes: number;
    {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      await quarantine.take(entry('1'));
      ({ bytes } = quarantine.status);
      assert.ok(bytes > entry('1').kept!.bytes.length + events('1').rows.join('').length, String(bytes));
    }
    const { quarantine } = await opened(folder, AT, small({ bytes }));
    await using _ = quarantine;
    assert.deepEqual([quarantine.status.bytes, quarantine.status.isFull], [bytes, true]);
    await quarantine.remove('1', 'anna');
    assert.deepEqual([quarantine.status.bytes, quarantine.status.isFull], [0, false]);
  }));

test('while the journal has no room for it, nothing is promised, and it is full', () =>
  inFolder(async (folder) => {
    const { quarantine, state } = await opened(folder);
    await using _ = quarantine;
    state.hasRoomToKeep = false;
    assert.deepEqual([quarantine.shortage(origin)?.of, quarantine.status.isFull], ['journal', true]);
    state.hasRoomToKeep = true;
    assert.deepEqual([quarantine.shortage(origin), quarantine.status.isFull], [undefined, false]);
  }));

/** All that the files of the quarantine's messages hold. */
async function packed(folder: string): Promise<string> {
  const messages = join(folder, 'quarantine', 'messages');
  const files = await readdir(messages);
  return (await Promise.all(files.map((name) => readFile(join(messages, name), 'latin1')))).join('');
}

const damages: readonly (readonly [what: string, parts: readonly Part[]])[] = [
  ['as it came', ['bytes']],
  ['beside its particulars', ['particulars']],
  ['in whole', ['bytes', 'particulars']],
];
for (const [what, parts] of damages)
  test(`a message that is damaged ${what} is found by what can be read of it, else it is named, and the others are found`, () =>
    inFolder(async (folder) => {
      const { quarantine } = await opened(folder);
      await using _ = quarantine;
      for (const id of ['m1', 'm2', 'm3']) await quarantine.take(entry(id));
      for (const part of parts) await damage(join(folder, 'quarantine'), 'm2', part);
      await assert.rejects(quarantine.read('m2'), { code: 'GATE0040', message: /^the message m2 in quarantine is/ });
      const rest = await quarantine.search(({ held }) => held.id !== 'm2');
      assert.deepEqual(
        rest.found.map(({ id }) => id),
        ['m3', 'm1'],
      );
      assert.deepEqual(
        rest.unread.map(({ id, failure }) => [id, (failure as { readonly code?: string }).code]),
        [['m2', 'GATE0040']],
      );
      const byRest = await quarantine.search(({ bytes, particulars }) => !(bytes && particulars));
      assert.deepEqual([byRest.found.map(({ id }) => id), byRest.unread], [['m2'], []]);
      const readable = await quarantine.search(({ bytes, particulars }) => !!bytes || !!particulars);
      assert.deepEqual([readable.found.length, readable.unread.length], parts.length === 2 ? [2, 1] : [3, 0]);
    }));

test('a message whose place on the disk is gone is no message that left: it is damaged, and named', () =>
  inFolder(async (folder) => {
    const { quarantine } = await opened(folder);
    await using _ = quarantine;
    for (const id of ['m1', 'm2']) await quarantine.take(entry(id));
    await damage(join(folder, 'quarantine'), 'm1', 'bytes');
    // The file is written anew, without what is damaged.
    await quarantine.remove('m2', 'anna');
    await assert.rejects(quarantine.read('m1'), { code: 'GATE0040', message: /not on the disk any more/ });
    const { unread } = await quarantine.search(() => false);
    assert.deepEqual(
      unread.map(({ id }) => id),
      ['m1'],
    );
    await assert.rejects(quarantine.read('m2'), { code: 'GATE0011' });
  }));

test('what is damaged leaves when its time is over, with the bytes of all others; it is said once, and to no store', () =>
  inFolder(async (folder) => {
    {
      const { quarantine, rows, notices, pass } = await opened(folder);
      await using _ = quarantine;
      for (const id of ['m1', 'm2', 'm3']) await quarantine.take(entry(id));
      await damage(join(folder, 'quarantine'), 'm2', 'particulars');
      pass(2 * DAY);
      assert.equal(await quarantine.purge(), 3);
      assert.deepEqual(
        (notices as Error[]).map(({ message }) => message.slice(0, 40)),
        ['the message m2 in quarantine is damaged:'],
      );
      assert.equal(rows.length, 8);
      assert.ok(!rows.some((row) => row.includes('m2')));
      assert.equal(await quarantine.purge(), 0);
      assert.equal(notices.length, 1);
      assert.equal(await packed(folder), '');
    }
    const { quarantine, rows, notices } = await opened(folder, AT + 2 * DAY);
    await using _ = quarantine;
    assert.deepEqual([rows, notices, await quarantine.rewriteLedger()], [[], [], true]);
  }));

test('one of whom the store cannot be told now keeps no other’s bytes on the disk, and is told later', () =>
  inFolder(async (folder) => {
    const { quarantine, rows, notices, state, pass } = await opened(folder);
    await using _ = quarantine;
    for (const id of ['m1', 'm2', 'm3']) await quarantine.take(entry(id));
    state.failing = 'm2';
    pass(2 * DAY);
    assert.equal(await quarantine.purge(), 3);
    assert.deepEqual([notices.length, rows.length], [1, 8]);
    assert.match(await packed(folder), /m2/);
    assert.doesNotMatch(await packed(folder), /m[13]/);
    state.failing = '';
    assert.equal(await quarantine.rewriteLedger(), true);
    assert.equal(rows.filter((row) => row.includes('m2')).length, 4);
    assert.equal(await packed(folder), '');
  }));

test('a journal that is full is said once, not for each message that leaves', () =>
  inFolder(async (folder) => {
    const { quarantine, notices, state, pass } = await opened(folder);
    await using _ = quarantine;
    for (const id of ['m1', 'm2', 'm3']) await quarantine.take(entry(id));
    state.isFull = true;
    pass(2 * DAY);
    await quarantine.purge();
    assert.equal(notices.length, 1);
  }));
