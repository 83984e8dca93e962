import assert from 'node:assert/strict';
import type { Offered } from '../../../src/gateway/gate.ts';
import { type GateHouse, type GateHouseOptions, openGateHouse } from '../../../src/gateway/gate-house.ts';
import { connect } from '../../../src/server/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { AT, never, offered } from '../gate-rig.ts';
import { houseOptions, keepAll, policyInForce } from '../house-rig.ts';
import { served as servedStore, TOKEN } from '../served-store.ts';

/** A server over a store in a folder, and what hunts find there. */
export async function served(folder: string) {
  const { store, address, [Symbol.asyncDispose]: close } = await servedStore(folder, () => AT);
  const session = connect(address, TOKEN);
  return {
    address,
    /** The rows of a hunt, each as JSON. */
    hunt: async (text: string): Promise<readonly string[]> => {
      await store.flush();
      const { tables } = await session.query(text, { now: ticksFromUnixMs(AT + 1000) });
      const rows: string[] = [];
      for await (const block of tables[0]!.blocks) rows.push(...block);
      return rows;
    },
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await close();
    },
  };
}

/** How a gate is opened that keeps every message; its store is that of the server that runs in the folder. */
export const keepingOptions = (folder: string, changes: Partial<GateHouseOptions> = {}): GateHouseOptions =>
  houseOptions(folder, { inForce: policyInForce(keepAll), ...changes });

/** A gate whose released messages go to a port of this machine. */
export const keepingHouse = (folder: string, port: number, changes: Partial<GateHouseOptions> = {}) =>
  openGateHouse(
    keepingOptions(folder, {
      release: { target: { address: { host: '127.0.0.1', port }, tls: 'none', tells: 'XFORWARD' } },
      ...changes,
    }),
  );

export const letter = (subject: string, changes: Partial<Offered> = {}): Offered =>
  offered(
    `Authentication-Results: mx.contoso.com; spf=pass; dkim=pass; dmarc=pass
X-Mailhunt-Policy: Released; rule="forged"
From: Jane <jane@bank.example>
Message-ID: <${subject}@bank.example>
Subject: ${subject}

https://shop.example/${subject}
`,
    { recipients: ['anna@contoso.com', 'Ben@contoso.com'], ...changes },
  );

/** Has the gate keep a message; its id. */
export async function kept(house: GateHouse, message: Offered): Promise<string> {
  const before = new Set(house.quarantine.list().map(({ id }) => id));
  const ruling = await house.gate.rule(message, never);
  assert.equal(ruling.decision.action.kind, 'Quarantine');
  await ruling.record(ruling.reply!);
  for (let wait = 0; wait < 200; wait++) {
    const found = house.quarantine.list().find(({ id }) => !before.has(id));
    if (found !== undefined) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('the message did not come into quarantine');
}
