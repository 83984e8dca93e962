import { readFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { GatewaySetup } from '../../gateway/index.ts';
import type { Call } from '../command.ts';

/**
 * The setup of a `gateway.yaml`.
 *
 * @throws MailhuntError CLI0001 where it cannot be read, GATE0001 with the place of a mistake
 */
export async function readSetupFile(call: Call, file: string): Promise<GatewaySetup> {
  const content = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new MailhuntError(
      'CLI0001',
      { text: `${file} cannot be read: ${cause.message}`, command: 'gateway' },
      { cause },
    );
  });
  const { readSetup } = await import('../../gateway/index.ts');
  return readSetup(content, file, call.store);
}
