import { MailhuntError } from '../../../errors/index.ts';
import type { Control } from '../../../gateway/index.ts';
import type { Visit } from '../../http/route.ts';

/**
 * The gate that runs beside this server.
 *
 * @throws MailhuntError GATE0017 where none runs, GATE0016 where it cannot be asked
 */
export async function gateOf({ site: { gateFolder: path } }: Visit): Promise<Control> {
  // A server whose store has no gate need not load one.
  const { controlSocket, runningGate } = await import('../../../gateway/index.ts');
  const control = await runningGate(controlSocket(path));
  if (control === undefined) throw new MailhuntError('GATE0017', { path });
  return control;
}
