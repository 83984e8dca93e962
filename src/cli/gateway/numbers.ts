import { MailhuntError } from '../../errors/index.ts';
import { GateNumbers, type GatewaySetup } from '../../gateway/index.ts';
import { Numbers, serveMetrics } from '../../telemetry/index.ts';

/** The numbers of a gate, where they are wanted. */
export interface OpenNumbers extends AsyncDisposable {
  readonly gate: GateNumbers | undefined;
  /** Where they can be asked for. */
  readonly words: string | undefined;
}

/**
 * Counts, and answers Prometheus.
 *
 * @throws MailhuntError GATE0032 where it cannot listen
 */
export async function openNumbers(address: GatewaySetup['metrics']): Promise<OpenNumbers> {
  if (address === undefined) return { gate: undefined, words: undefined, [Symbol.asyncDispose]: async () => {} };
  const numbers = new Numbers();
  const where = (port: number): string => ('path' in address ? address.path : `${address.host}:${port}`);
  const server = await serveMetrics(address, numbers).catch((cause: Error) => {
    numbers[Symbol.dispose]();
    const at = where('path' in address ? 0 : address.port);
    throw new MailhuntError('GATE0032', { address: at, text: cause.message }, { cause });
  });
  return {
    gate: new GateNumbers(numbers),
    words: `metrics at ${where(server.port)}`,
    [Symbol.asyncDispose]: async () => {
      numbers[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
