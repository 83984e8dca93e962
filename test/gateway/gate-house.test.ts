import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Offered } from '../../src/gateway/gate.ts';
import { type GateHouse, type GateHouseOptions, openGateHouse } from '../../src/gateway/gate-house.ts';
import type { Reply } from '../../src/policy/index.ts';
import { connect } from '../../src/server/index.ts';
import type { Store } from '../../src/store/index.ts';
import { ticksFromUnixMs } from '../../src/values/index.ts';
import { isWithin } from '../in-time.ts';
import { inFolder, relationOf, texts } from '../store/rig.ts';
import { AT, never, offered, ok, silentDns, told } from './gate-rig.ts';
import { houseOptions, keepAll, policyInForce } from './house-rig.ts';
import { type Served, served, TOKEN } from './served-store.ts';

const optionsIn = (folder: string, run: string, changes: Partial<GateHouseOptions> = {}): GateHouseOptions =>
  houseOptions(folder, { run, keepMessages: true, ...changes });

const letter = (subject: string) =>
  offered(`From: Jane <jane@bank.example>\nSubject: ${subject}\n\nhttps://shop.example/${subject}\n`);

test('what the gate decides can be hunted through the server within a second, its message read, its author known after a restart', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    {
      await using house = await openGateHouse(optionsIn(folder, 'r1'));
      const ruling = await house.gate.rule(letter('one'), never);
      await ruling.record(ok);
      const began = performance.now();
      await house.drained();
      await server.store.flush();
      const took = performance.now() - began;
      const rows = await texts(
        server.store,
        `SELECT "Subject" || ' ' || "DeliveryAction" || ' ' || "NetworkMessageId" FROM "EmailEvents"`,
      );
      assert.equal(rows.length, 1);
      const [subject, action, id] = rows[0]!.split(' ');
      assert.deepEqual([subject, action], ['one', 'Delivered']);
      assert.ok(isWithin(took, 1000), `${took} ms`);
      assert.deepEqual(await server.store.messages.read(id!), letter('one').bytes);
      for (const table of ['EmailAuthentication', 'EmailHeaders', 'EmailUrlInfo'])
        assert.notEqual(
          (await texts(server.store, `SELECT "NetworkMessageId" FROM "${table}" WHERE "NetworkMessageId" = '${id}'`))
            .length,
          0,
          table,
        );
    }
    await using house = await openGateHouse(optionsIn(folder, 'r2'));
    await using session = connect(server.address, TOKEN);
    await house.seed({
      store: session,
      now: ticksFromUnixMs(AT),
      from: ticksFromUnixMs(AT - 86_400_000),
      signal: never,
    });
    const contact = async (recipient: string): Promise<string> => {
      const message = { ...letter(recipient), at: AT + 1000, recipients: [recipient] };
      const ruling = await house.gate.rule(message, never);
      await ruling.record(ok);
      await house.drained();
      await server.store.flush();
      const [first] = await texts(
        server.store,
        `SELECT "IsFirstContact"::VARCHAR FROM "EmailEvents" WHERE "Subject" = '${recipient}'`,
      );
      return first!;
    };
    assert.equal(await contact('anna@contoso.com'), '0');
    assert.equal(await contact('ben@contoso.com'), '1');
  }));

for (const knows of ['store', 'journal']) {
  test(`a delivery that was put off by an earlier run is the same one in the next; of it knows the ${knows}`, () =>
    inFolder(async (folder) => {
      await using early = knows === 'store' ? await served(folder) : undefined;
      const attempt = async (run: string, answer: Reply): Promise<void> => {
        await using house = await openGateHouse(optionsIn(folder, run));
        if (early !== undefined) {
          await using store = connect(early.address, TOKEN);
          const from = ticksFromUnixMs(AT - 86_400_000);
          await house.seed({ store, now: ticksFromUnixMs(AT), from, signal: never });
        }
        const ruling = await house.gate.rule({ ...letter('one'), at: AT + (answer === ok ? 60_000 : 0) }, never);
        await ruling.record(answer);
        if (early === undefined) return;
        await house.drained();
        await early.store.flush();
      };
      await attempt('r1', { code: 451, enhanced: '4.4.1', text: 'Later' });
      await attempt('r2', ok);
      await using late = early === undefined ? await served(folder) : undefined;
      const { store } = early ?? late!;
      {
        await using house = await openGateHouse(optionsIn(folder, 'r3'));
        await house.drained();
      }
      await store.flush();
      const ids = await texts(store, `SELECT "NetworkMessageId" FROM "EmailEvents"`);
      assert.deepEqual([ids.length, new Set(ids).size], [2, 1]);
    }));
}

const later: Reply = { code: 451, enhanced: '4.4.1', text: 'Later' };

/** What has become of one letter after attempts in several runs of a gate, the newest row of each id, by the gate's answers. */
const restarts: readonly (readonly [runs: readonly (readonly Reply[])[], rows: readonly string[]])[] = [
  [
    [[later, ok], [later]],
    ['Delivered 250', 'Blocked 451'],
  ],
  [
    [[later], [ok], [later]],
    ['Delivered 250', 'Blocked 451'],
  ],
  [
    [[later, ok], [later], [ok]],
    ['Delivered 250', 'Delivered 250'],
  ],
  [[[later], [later], [ok]], ['Delivered 250']],
  [
    [[ok], [later], [ok]],
    ['Delivered 250', 'Delivered 250'],
  ],
];
for (const knows of ['the store', 'the journal'] as const)
  for (const [runs, rows] of restarts) {
    const codes = runs.map((answers) => answers.map(({ code }) => code).join(' ')).join(', restarted, ');
    test(`answered ${codes}: what was delivered stays, what was put off goes on; of it knows ${knows}`, () =>
      inFolder(async (folder) => {
        await using early = knows === 'the store' ? await served(folder) : undefined;
        let minutes = 0;
        for (const [run, answers] of runs.entries()) {
          await using house = await openGateHouse(optionsIn(folder, `r${run}`));
          if (early !== undefined) await seedFrom(early, house);
          for (const answer of answers) await ended(house, { ...letter('one'), at: AT + ++minutes * 60_000 }, answer);
          if (early === undefined) continue;
          await house.drained();
          await early.store.flush();
        }
        await using late = early === undefined ? await served(folder) : undefined;
        const { store } = early ?? late!;
        await using house = await openGateHouse(optionsIn(folder, 'last'));
        await house.drained();
        await store.flush();
        assert.deepEqual(await outcomes(store), rows.toSorted());
      }));
  }

test('a gate that has not asked the store yet lets what was delivered stay', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    for (const [run, answers] of [[later, ok], [later]].entries()) {
      await using house = await openGateHouse(optionsIn(folder, `r${run}`));
      for (const [at, answer] of answers.entries())
        await ended(house, { ...letter('one'), at: AT + run * 1000 + at }, answer);
      await house.drained();
    }
    await server.store.flush();
    assert.deepEqual(await outcomes(server.store), ['Blocked 451', 'Delivered 250']);
  }));

test('what an earlier run put off is not gone on with where a run that did not know of it has seen the end', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    for (const [run, answers] of [[later], [later, ok], [ok]].entries()) {
      await using house = await openGateHouse(optionsIn(folder, `r${run}`));
      if (run === 2) await seedFrom(server, house);
      for (const [at, answer] of answers.entries())
        await ended(house, { ...letter('one'), at: AT + run * 1000 + at }, answer);
      await house.drained();
      await server.store.flush();
    }
    assert.deepEqual(await outcomes(server.store), ['Blocked 451', 'Delivered 250', 'Delivered 250']);
  }));

/** Tells a gate what the store knows. */
async function seedFrom({ address }: Served, house: GateHouse): Promise<void> {
  await using store = connect(address, TOKEN);
  const now = ticksFromUnixMs(AT + 3_600_000);
  await house.seed({ store, now, from: ticksFromUnixMs(AT - 86_400_000), signal: never });
}

/** What became of each message that the store knows: `Delivered 250`. */
async function outcomes(store: Store): Promise<readonly string[]> {
  const answer = `left("AdditionalFields"->>'$.Gate.Answer', 3)`;
  const events = relationOf(store, 'EmailEvents');
  return (await texts(store, `SELECT "DeliveryAction" || ' ' || ${answer} FROM ${events}`)).toSorted();
}

test('two messages of one millisecond that differ only in a field that is no part of their content are both held', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    await using house = await openGateHouse(optionsIn(folder, 'r1', { inForce: policyInForce(keepAll) }));
    const marked = ['one', 'two'].map((mark) =>
      offered(`X-Ticket: ${mark}\nFrom: Jane <jane@bank.example>\nSubject: Same\n\nHi\n`),
    );
    for (const message of marked) await ended(house, message);
    const ids = await heldIn(house, 2);
    assert.equal(new Set(ids).size, 2);
    const held = await Promise.all(
      ids.map(async (id) => (await house.quarantine.read(id)).bytes.toString('latin1', 0, 13)),
    );
    assert.deepEqual(held.toSorted(), ['X-Ticket: one', 'X-Ticket: two']);
    await house.drained();
    await server.store.flush();
    assert.deepEqual(
      (await texts(server.store, 'SELECT "NetworkMessageId" FROM "EmailEvents"')).sort(),
      [...ids].sort(),
    );
  }));

test('what marks each attempt anew before it comes to the gate does not make another delivery of it', () =>
  inFolder(async (folder) => {
    await using server = await served(folder);
    await using house = await openGateHouse(optionsIn(folder, 'r1'));
    for (const [minutes, answer] of [later, later, ok].entries()) {
      const text = `Received: by scan.bank.example; ${minutes}\nX-Scan: ${minutes}\nFrom: jane@bank.example\n\nHi\n`;
      await ended(house, offered(text, { at: AT + minutes * 60_000 }), answer);
    }
    await house.drained();
    await server.store.flush();
    assert.deepEqual(await outcomes(server.store), ['Delivered 250']);
  }));

test('while no server runs mail goes on and waits, across a restart of the gate; then all of it is there, once', () =>
  inFolder(async (folder) => {
    const errors: Error[] = [];
    for (const run of ['r1', 'r2']) {
      await using house = await openGateHouse(optionsIn(folder, run, { notice: (error) => errors.push(error) }));
      for (let n = 0; n < 5; n++) {
        const ruling = await house.gate.rule(letter(`${run}-${n}`), never);
        await ruling.record(ok);
      }
      assert.ok(house.waiting > 0);
    }
    assert.match(errors[0]!.message, /no server runs/);
    await using server = await served(folder);
    await using house = await openGateHouse(optionsIn(folder, 'r3'));
    await house.drained();
    await server.store.flush();
    const subjects = await texts(server.store, 'SELECT "Subject" FROM "EmailEvents" ORDER BY 1');
    assert.deepEqual(
      subjects,
      ['r1', 'r2'].flatMap((run) => [0, 1, 2, 3, 4].map((n) => `${run}-${n}`)),
    );
    assert.deepEqual([server.store.counts.duplicates, server.store.counts.superseded], [0, 0]);
  }));

test('a quarantined message can be released while no server runs, and the store learns both', () =>
  inFolder(async (folder) => {
    const inForce = policyInForce(keepAll);
    {
      await using house = await openGateHouse(optionsIn(folder, 'r1', { inForce }));
      const ruling = await house.gate.rule(letter('held'), never);
      await ruling.record(ruling.reply!);
      await heldIn(house, 1);
      const [held] = house.quarantine.list();
      assert.deepEqual([held?.subject, held?.rule, held?.until], ['held', 'Keep', AT + 30 * 86_400_000]);
      await house.quarantine.release(held!.id, 'anna', async ({ bytes, held: { recipients } }) => {
        assert.deepEqual(bytes, letter('held').bytes);
        return { answer: ok, taken: recipients, refused: [], isUnsure: false };
      });
    }
    await using server = await served(folder);
    await using house = await openGateHouse(optionsIn(folder, 'r2', { inForce }));
    await house.drained();
    await server.store.flush();
    assert.deepEqual(
      await texts(
        server.store,
        `SELECT concat_ws(' ', "DeliveryLocation", "LatestDeliveryLocation", "ExchangeTransportRule") FROM ${relationOf(server.store, 'EmailEvents')}`,
      ),
      ['Quarantine Inbox/folder Keep'],
    );
    assert.deepEqual(await texts(server.store, 'SELECT "Action" FROM "EmailPostDeliveryEvents"'), [
      'Quarantine release',
    ]);
    assert.deepEqual(house.quarantine.list(), []);
  }));

test('a clock that is set back does not keep an old answer about DNS', () =>
  inFolder(async (folder) => {
    let now = AT;
    let isAlive = false;
    const isDnsAlive = async () => isAlive;
    const options = { resolver: silentDns, isDnsAlive, now: () => now, onTrouble: 'open' } as const;
    await using house = await openGateHouse(optionsIn(folder, 'r1', options));
    assert.equal(told(await house.gate.rule(letter('one'), never)), '250');
    isAlive = true;
    now -= 3_600_000;
    assert.match(told(await house.gate.rule(letter('two'), never)), /^451 /);
  }));

/** Has the gate answer a message as its ruling says, or as a front does where the next hop puts it off. */
async function ended(house: GateHouse, message: Offered, answer?: Reply): Promise<string> {
  const ruling = await house.gate.rule(message, never);
  await ruling.record(answer ?? ruling.reply ?? ok);
  return told(ruling);
}

/** Waits until so many messages are held. */
async function heldIn(house: GateHouse, count: number): Promise<readonly string[]> {
  const until = performance.now() + 10_000;
  while (house.quarantine.size < count && performance.now() < until) await sleep(10);
  return house.quarantine.list().map(({ id }) => id);
}

test('a full quarantine puts off what it would keep and leaves a row; other mail goes on', () =>
  inFolder(async (folder) => {
    const notices: Error[] = [];
    const text =
      'name: Test\nmode: Enforce\nrules:\n  - name: Keep\n    when:\n      - SubjectContainsWords: forged\n    do: [Quarantine]\n';
    const limits = { bytes: 2 ** 30, messages: 8, share: 0.5 };
    const options = {
      inForce: policyInForce(text),
      quarantineLimits: limits,
      notice: (error: Error) => notices.push(error),
    };
    await using server = await served(folder);
    await using house = await openGateHouse(optionsIn(folder, 'r1', options));
    const from = (domain: string, subject: string, ip = '192.0.2.7') =>
      offered(`From: a@${domain}\nSubject: ${subject}\n\nHi\n`, {
        client: { ip, helo: 'x', name: undefined, isAuthenticated: false },
      });
    const said: string[] = [];
    for (let n = 0; n < 3; n++) said.push(await ended(house, from('bank.example', `forged ${n}`)));
    assert.deepEqual(said, ['250', '250', '452 4.3.1']);
    // His share is his: what another rule lets on goes on, from the same client, too.
    assert.equal(await ended(house, from('other.example', 'honest')), '250');
    assert.deepEqual((await heldIn(house, 2)).length, 2);
    assert.deepEqual(
      notices.flatMap(({ message }) => /takes no more: (\w+ \S+)/.exec(message)?.[1] ?? []),
      ['client 192.0.2.7'],
    );
    await house.drained();
    await server.store.flush();
    assert.deepEqual(
      (
        await texts(
          server.store,
          `SELECT concat_ws(' ', "Subject", "DeliveryLocation", "AdditionalFields"->>'$.Gate.Answer') FROM "EmailEvents"`,
        )
      ).sort(),
      [
        'forged 0 Quarantine 250 2.0.0',
        'forged 1 Quarantine 250 2.0.0',
        'forged 2 Failed 452 4.3.1',
        'honest Inbox/folder 250 2.0.0',
      ],
    );
    // There is room again once one has left.
    await house.quarantine.remove(house.quarantine.list()[0]!.id, 'anna');
    assert.equal(await ended(house, { ...from('bank.example', 'forged 2'), at: AT + 60_000 }), '250');
    assert.equal((await heldIn(house, 2)).length, 2);
  }));

for (const again of ['in the same run', 'in the next run']) {
  test(`a message that was put off, held and released, and is put off and comes again ${again}, is held again`, () =>
    inFolder(async (folder) => {
      const options = { inForce: policyInForce(keepAll) };
      const attempt = (minutes: number): Offered => ({ ...letter('one'), at: AT + minutes * 60_000 });
      const release = async (house: GateHouse, id: string): Promise<void> => {
        await house.quarantine.release(id, 'anna', async ({ held: { recipients } }) => ({
          ...{ answer: ok, taken: recipients, refused: [], isUnsure: false },
        }));
      };
      const restarted = again === 'in the next run';
      let first: string;
      {
        await using house = await openGateHouse(optionsIn(folder, 'r1', options));
        await ended(house, attempt(0), later);
        await ended(house, attempt(5));
        first = (await heldIn(house, 1))[0]!;
        await release(house, first);
        if (!restarted) await comesAgain(house);
      }
      if (restarted) {
        await using house = await openGateHouse(optionsIn(folder, 'r2', options));
        await comesAgain(house);
      }
      async function comesAgain(house: GateHouse): Promise<void> {
        await ended(house, attempt(10), later);
        await ended(house, attempt(15));
        const [second, ...more] = await heldIn(house, 1);
        assert.deepEqual([second === undefined, second === first, more], [false, false, []]);
      }
      // The rows of the first say what became of it, those of the second are its own.
      await using server = await served(folder);
      await using house = await openGateHouse(optionsIn(folder, 'r3', options));
      await house.drained();
      await server.store.flush();
      assert.deepEqual(
        (
          await texts(
            server.store,
            `SELECT "LatestDeliveryLocation" FROM ${relationOf(server.store, 'EmailEvents')} ORDER BY 1`,
          )
        ).sort(),
        ['Inbox/folder', 'Quarantine'],
      );
    }));
}
