import { randomInt } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultPolicyText } from '../../../src/policy/index.ts';
import type { Victim } from './chaos.ts';
import type { Front, Ports } from './front.ts';
import { policyOf } from './letters.ts';
import { Part } from './part.ts';

/** The four processes of a trial, none of them started yet. */
export type Parts = Readonly<Record<Exclude<Victim, 'disk'>, Part>>;

/** The folders and files of a trial. */
export interface Places {
  /** All files but for the gate's own. */
  readonly folder: string;
  readonly store: string;
  /** The gate's own folder. */
  readonly gate: string;
  /** Where the next hop writes. */
  readonly sinkLog: string;
}

export const placesIn = (folder: string, gate = join(folder, 'gate')): Places => ({
  folder,
  gate,
  store: join(folder, 'store'),
  sinkLog: join(folder, 'sink.jsonl'),
});

const fileBeside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const mailhunt = fileBeside('../../../src/cli/start.ts');

/** Writes down how the four are set up. */
export async function partsIn(
  { folder, store, gate, sinkLog }: Places,
  front: Front,
): Promise<Parts & { readonly ports: Ports }> {
  const [port = 0, sinkPort = 0, dnsPort] = await freePorts(3);
  const ports = { gate: port, nextHop: sinkPort };
  await mkdir(store, { recursive: true });
  const files = {
    'policy.yaml': policyOf(defaultPolicyText(Date.now())),
    'mailhunt.yaml': `dns_servers: ["127.0.0.1:${dnsPort}"]\naccepted_domains: [receiver.example]\n`,
    'gateway.yaml': `hostname: mx.receiver.example
policy: policy.yaml
folder: ${gate}
${front.setup(ports)}`,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const part = (name: string, args: readonly string[], ready: RegExp): Part =>
    new Part({ name, args, cwd: folder, ready });
  const about = ['--store', store, '--config', 'mailhunt.yaml'];
  return {
    ports,
    gateway: part('gateway', [mailhunt, 'gateway', 'gateway.yaml', ...about], /The gate is open/),
    'next hop': part('next hop', [fileBeside('sink-process.ts'), `${sinkPort}`, sinkLog], /ready/),
    DNS: part('DNS', [fileBeside('dns-process.ts'), `${dnsPort}`], /ready/),
    store: part('store', [mailhunt, 'serve', '--port', '0', ...about], /mailhunt answers on/),
  };
}

/**
 * Ports that nobody has, and nobody is given by chance: a client that calls again and again while its server is away could
 * be given that server's own port, and would answer itself.
 */
async function freePorts(count: number): Promise<readonly number[]> {
  const found = new Set<number>();
  while (found.size < count) {
    const port = randomInt(20_000, 30_000);
    if (await isFree(port)) found.add(port);
  }
  return [...found];
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
