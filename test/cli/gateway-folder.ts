import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ran } from './world.ts';

/** What a gate's files say beside what all of them say. */
export interface GateFiles {
  /** Its name server. */
  readonly dns: string;
  /** The port of its next hop on loopback. */
  readonly hop: number;
  /** Lines at the top of `gateway.yaml`, and lines below `smtp`. */
  readonly setup?: string;
  readonly smtp?: string;
}

/** Writes the files of a gate before a next hop into a folder, as `startGateway` asks for them: the default policy, in Enforce. */
export async function writeGateFolder(folder: string, { dns, hop, setup = '', smtp = '' }: GateFiles): Promise<void> {
  const { out } = await ran(['policy', 'init', '-']);
  mkdirSync(folder, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write('policy.yaml', out.replace('mode: Audit', 'mode: Enforce'));
  write('mailhunt.yaml', `dns_servers: ["${dns}"]\naccepted_domains: [receiver.example]\n`);
  write(
    'gateway.yaml',
    `hostname: mx.receiver.example
policy: policy.yaml
${setup}
smtp:
  listen: 127.0.0.1:0
  next_hop: { address: "127.0.0.1:${hop}", tls: none, tells: none }
  attributes: [127.0.0.0/8]
${smtp}`,
  );
}
