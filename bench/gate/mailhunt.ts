/** `mailhunt serve` with a store that can be hunted in, and `mailhunt gateway`, as an administrator starts them. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPolicyText } from '../../src/policy/index.ts';
import { formatDatetime, unixMsFromTicks } from '../../src/values/index.ts';
import { freePort } from '../../test/gateway/postfix.ts';
import { benchFolder, benchNow, benchStore } from '../data.ts';
import { type Child, start } from './child.ts';
import type { Filter, FilterSetup } from './filters.ts';

/** The gate with what belongs to it. */
export interface Mailhunt extends Filter {
  /** Where it takes mail as an SMTP server. */
  readonly port: number;
  /** Where the store answers hunts. */
  readonly address: string;
}

const mailhunt = join(import.meta.dirname, '..', '..', 'bin', 'mailhunt.mjs');

/** @param next port of the next hop @param rows of mail in the store before the gate's own */
export async function startMailhunt(
  { folder, hostname }: FilterSetup,
  { next, rows, accepted }: { readonly next: number; readonly rows: number; readonly accepted: readonly string[] },
): Promise<Mailhunt> {
  mkdirSync(folder);
  const store = join(folder, 'store');
  await (await benchStore(rows)).close();
  cpSync(benchFolder(rows, {}), store, { recursive: true });
  const [web, smtp] = [await freePort(), await freePort()];
  const milter = join(folder, 'milter', 'sock');
  mkdirSync(join(folder, 'milter'));
  // What is made there is the group's of Postfix.
  spawnSync('chgrp', ['postfix', join(folder, 'milter')]);
  chmodSync(join(folder, 'milter'), 0o2750);
  writeFileSync(join(folder, 'mailhunt.yaml'), `accepted_domains: [${accepted.join(', ')}]\n`);
  const policy = defaultPolicyText(unixMsFromTicks(benchNow)).replace('mode: Audit', 'mode: Enforce');
  writeFileSync(join(folder, 'policy.yaml'), policy);
  writeFileSync(
    join(folder, 'gateway.yaml'),
    `hostname: ${hostname}
policy: policy.yaml
smtp:
  listen: 127.0.0.1:${smtp}
  next_hop: { address: "127.0.0.1:${next}", tls: none, tells: none }
  attributes: [127.0.0.1]
milter: unix:${milter}
`,
  );
  const call = ['--store', store, '--config', 'mailhunt.yaml', '--now', formatDatetime(benchNow)];
  const log = join(folder, 'log');
  const run = (at: readonly (number | string)[], ...args: readonly string[]): Promise<Child> =>
    start([process.execPath, mailhunt, ...args, ...call], { at, log, cwd: folder });
  const serve = await run([web], 'serve', '--port', String(web));
  const gateway = await run([smtp, milter], 'gateway', 'gateway.yaml');
  return {
    milters: `unix:${milter}`,
    children: [serve, gateway],
    port: smtp,
    address: `http://127.0.0.1:${web}`,
  };
}
