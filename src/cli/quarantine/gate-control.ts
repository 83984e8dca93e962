import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import { MailhuntError } from '../../errors/index.ts';
import type { Control, FolderControlOptions, GatewaySetup } from '../../gateway/index.ts';
import { gateFolder } from '../../settings/index.ts';
import type { Call } from '../command.ts';
import { errorText } from '../error-text.ts';
import { hopOf, sealOf } from '../gateway/secrets.ts';
import { resolverFor } from '../mail-settings.ts';
import { openSession } from '../store-session.ts';

/** Options of the commands that ask a gate. */
export const gateOptions = { gateway: { type: 'string' } } as const satisfies ParseArgsOptionsConfig;

export const gateHelp = `  --gateway FILE     how the gate is set up (default gateway.yaml in this folder, where there is one); without it, its
                     folder is gate_folder of mailhunt.yaml, or gate in the store's folder
`;

const USUAL = 'gateway.yaml';

type Door = typeof import('../../gateway/index.ts');

/**
 * Does something with a gate: through its socket where it runs, with its folder where it does not.
 *
 * @throws MailhuntError GATE0017 where there is neither
 */
export async function withGate<T>(call: Call, command: string, work: (control: Control) => Promise<T>): Promise<T> {
  const door = await import('../../gateway/index.ts');
  const setup = await setupOf(call, command, door);
  const folder = setup?.folder ?? gateFolder(call.store, call.settings);
  const running = await door.runningGate(door.controlSocket(folder));
  if (running !== undefined) return work(running);
  if (!existsSync(join(folder, 'quarantine'))) throw new MailhuntError('GATE0017', { path: folder });
  await using opened = await door.openFolderControl(await optionsOf(call, { command, folder, setup }));
  return await work(opened.control);
}

/** What `gateway.yaml` says; undefined where there is none. */
async function setupOf(call: Call, command: string, { readSetup }: Door): Promise<GatewaySetup | undefined> {
  const { gateway } = call.values;
  const file = typeof gateway === 'string' ? gateway : USUAL;
  try {
    return readSetup(await readFile(file, 'utf8'), file, call.store);
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    if (gateway === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new MailhuntError('CLI0001', { text: `${file} cannot be read: ${(error as Error).message}`, command });
  }
}

async function optionsOf(
  call: Call,
  about: { readonly command: string; readonly folder: string; readonly setup: GatewaySetup | undefined },
): Promise<FolderControlOptions> {
  const { command, folder, setup } = about;
  return {
    folder,
    run: randomUUID(),
    now: call.now,
    quarantineLimits: setup?.quarantine,
    connect: () => openSession(call),
    notice: (error) => void call.err.write(`${errorText(error)}\n`),
    stamping: {
      authservId: setup?.hostname ?? hostname(),
      ...(setup !== undefined && { alsoKnownAs: setup.alsoKnownAs, seal: await sealOf(setup) }),
    },
    release: setup?.release && (await hopOf(setup.release)),
    resolver: await resolverFor(call, command),
  };
}
