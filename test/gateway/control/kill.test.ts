import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { controlAt, runningGate } from '../../../src/gateway/control/index.ts';
import { controlSocket } from '../../../src/gateway/gate-folder.ts';
import { inFolder } from '../../store/rig.ts';
import { startSink } from '../proxy/sink.ts';
import { keepingHouse, served } from './held-house.ts';

const file = fileURLToPath(new URL('house-child.ts', import.meta.url));

/** A gate in a process of its own, and the id of the message that it keeps. */
async function gateIn(folder: string, port: number): Promise<{ readonly child: ChildProcess; readonly id: string }> {
  // Processes that all compile the same take longer than what is tested.
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') };
  const child = spawn(process.execPath, [file, folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'], env });
  for await (const line of createInterface(child.stdout!)) return { child, id: line };
  throw new Error('the gate ended');
}

const killed = async (child: ChildProcess): Promise<void> => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

test(
  'a kill between the next hop’s 250 and the ledger: nothing is lost, it may double once, and the list says so',
  {
    timeout: 120_000,
  },
  () =>
    inFolder(async (folder) => {
      let victim: ChildProcess | undefined;
      // Killed the moment the message is whole: the next hop has it, and its 250 is never read.
      const sink = await startSink({
        fault: (verb) => {
          if (verb === 'DOT') victim?.kill('SIGKILL');
          return undefined;
        },
      });
      try {
        const { child, id } = await gateIn(folder, sink.port);
        victim = child;
        const path = controlSocket(join(folder, 'gate'));
        const gone = once(child, 'exit');
        await assert.rejects(controlAt(path).release(id, 'anna'), { code: 'GATE0016' });
        await gone;
        victim = undefined;
        assert.equal(sink.messages.length, 1);
        assert.equal(existsSync(path), true, 'a killed gate leaves its socket');
        assert.equal(await runningGate(path), undefined);
        await using server = await served(folder);
        await using house = await keepingHouse(folder, sink.port);
        const control = controlAt(path);
        const [held] = (await control.list()).messages;
        assert.deepEqual([held?.id, held?.begun?.by], [id, 'anna']);
        await control.release(id, 'ben');
        assert.equal(sink.messages.length, 2);
        await assert.rejects(control.release(id, 'ben'), { code: 'GATE0011' });
        await house.drained();
        assert.deepEqual(await server.hunt('EmailPostDeliveryEvents | summarize count() by Action'), [
          '["Quarantine release",2]',
        ]);
        assert.deepEqual(await server.hunt('EmailEvents | summarize count() by LatestDeliveryLocation'), [
          '["Inbox/folder",2]',
        ]);
      } finally {
        await sink.close();
      }
    }),
);

test(
  'kills at random moments: a message that was held is there, or has left once, with its rows',
  {
    timeout: 180_000,
  },
  () =>
    inFolder(async (folder) => {
      const sink = await startSink();
      try {
        // The last one only when the release has its answer, so that one message at least has left.
        for (const delay of [4, 10, 25, undefined]) {
          const { child, id } = await gateIn(folder, sink.port);
          const released = controlAt(controlSocket(join(folder, 'gate')))
            .release(id, 'anna')
            .catch(() => undefined);
          await (delay === undefined ? released : new Promise((resolve) => setTimeout(resolve, delay)));
          await killed(child);
          await released;
        }
        await using server = await served(folder);
        await using house = await keepingHouse(folder, sink.port);
        await house.drained();
        const held = house.quarantine.list().map(({ id }) => id);
        const ids = await server.hunt('EmailEvents | distinct NetworkMessageId');
        assert.ok(ids.length > held.length);
        const rows = await server.hunt(
          'EmailEvents | join kind=leftouter (EmailPostDeliveryEvents | summarize Left = count() by NetworkMessageId, RecipientEmailAddress) on NetworkMessageId, RecipientEmailAddress | project NetworkMessageId, LatestDeliveryLocation, Left',
        );
        assert.equal(rows.length, 2 * ids.length);
        for (const row of rows) {
          const [id, location, left] = JSON.parse(row) as [string, string, number | null];
          if (held.includes(id)) assert.deepEqual([location, left], ['Quarantine', null]);
          else assert.deepEqual([location, left], ['Inbox/folder', 1]);
        }
      } finally {
        await sink.close();
      }
    }),
);
