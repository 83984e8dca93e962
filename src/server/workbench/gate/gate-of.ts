import { basename } from 'node:path';
import { MailhuntError } from '../../../errors/index.ts';
import type { Control } from '../../../gateway/index.ts';
import type { Visit } from '../../http/route.ts';

/**
 * The gate that runs beside this server. Its errors do not say where this machine keeps it.
 *
 * @throws MailhuntError GATE0017 where none runs, GATE0016 where it cannot be asked
 */
export async function gateOf({ site: { gateFolder } }: Visit): Promise<Omit<Control, 'purge'>> {
  // A server whose store has no gate need not load one.
  const { controlSocket, runningGate } = await import('../../../gateway/index.ts');
  const path = basename(gateFolder);
  const placeless = (error: unknown): never => {
    if (!(error instanceof MailhuntError) || error.code !== 'GATE0016') throw error;
    throw new MailhuntError('GATE0016', { path, text: 'it does not answer this user' }, { cause: error });
  };
  const control = await runningGate(controlSocket(gateFolder)).catch(placeless);
  if (control === undefined) throw new MailhuntError('GATE0017', { path });
  return {
    status: () => control.status().catch(placeless),
    list: (page) => control.list(page).catch(placeless),
    show: (id) => control.show(id).catch(placeless),
    bytes: (id) => control.bytes(id).catch(placeless),
    release: (id, by) => control.release(id, by).catch(placeless),
    remove: (id, by) => control.remove(id, by).catch(placeless),
  };
}
