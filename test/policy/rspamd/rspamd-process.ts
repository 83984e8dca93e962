import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { PolicyFile } from '../../../src/policy/index.ts';

const CONFIG = '/etc/rspamd/rspamd.conf';

/** Why the real rspamd cannot be asked here; false where it can. */
export const noRspamd: string | false =
  existsSync('/usr/bin/rspamadm') && existsSync(CONFIG) ? false : 'rspamd is not installed: apt-get install rspamd';

function folderOf(files: readonly PolicyFile[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'policy-rspamd-'));
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

/** What `rspamadm configtest` says of files, without what it says of the shipped ones. */
export function configTest(files: readonly PolicyFile[]): { readonly isFine: boolean; readonly said: string } {
  const folder = folderOf(files);
  try {
    const run = spawnSync('rspamadm', [`--var=LOCAL_CONFDIR=${folder}`, 'configtest', '-c', CONFIG], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    const said = `${run.stdout}${run.stderr}`.split('\n').filter((line) => !/fuzzy|servers definition/.test(line));
    return { isFine: run.status === 0 && said.join('').trim() === 'syntax OK', said: said.join('\n') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A message as an MTA hands it over. */
export interface Handed {
  readonly ip: string;
  readonly from: string;
  readonly to: string;
  readonly message: string;
}

export interface Rspamd extends AsyncDisposable {
  readonly check: (handed: Handed) => Promise<{
    readonly action: string;
    readonly symbols: Readonly<Record<string, unknown>>;
    readonly messages?: { readonly smtp_message?: string };
  }>;
}

/** As small as it goes: the shipped one compiles all public suffixes first, which takes a while. */
const configOf = (folder: string, port: number, nameServer: string): string => `
options {
  pidfile = "${folder}/rspamd.pid";
  filters = "dkim";
  url_tld = "${folder}/suffixes.dat";
  local_addrs = [];
  cache_file = "${folder}/symbols.cache";
  hs_cache_dir = "${folder}";
  disable_monitoring = true;
  dns { nameserver = ["${nameServer}:1"]; timeout = 1s; retransmits = 2; }
}
logging { type = "console"; level = "error"; }
worker "normal" { bind_socket = "127.0.0.1:${port}"; count = 1; enabled = true; }
lua = "\${RULESDIR}/rspamd.lua";
modules { path = "\${PLUGINSDIR}"; }
metric { name = "default"; actions { reject = 1000; add_header = 900; greylist = 800; .include(try=true) "${folder}/local.d/actions.conf" } }
dkim { enabled = true; }
spf { enabled = true; }
dmarc { enabled = true; }
${['arc', 'force_actions', 'multimap', 'composites'].map((name) => `${name} { .include(try=true) "${folder}/local.d/${name}.conf" }`).join('\n')}
`;

/** A small rspamd with files of ours, asking a name server on loopback. */
export async function rspamdWith(files: readonly PolicyFile[], nameServer: string): Promise<Rspamd> {
  const port = await freePort();
  const folder = folderOf([...files, { path: 'suffixes.dat', text: 'example\ncom\ntest\n' }]);
  writeFileSync(join(folder, 'rspamd.conf'), configOf(folder, port, nameServer));
  const child = spawn('rspamd', ['-f', '-i', '-c', join(folder, 'rspamd.conf')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async () => {
    child.kill('SIGTERM');
    const isOver = await Promise.race([ended.then(() => true), pause(5000, false)]);
    if (!isOver) process.kill(-child.pid!, 'SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; ; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/ping`).catch(() => undefined);
    if (answer?.ok) break;
    if (tries > 150 || child.exitCode !== null) {
      await stop();
      throw new Error(`rspamd does not answer: ${said}`);
    }
    await pause(100);
  }
  return {
    check: async ({ ip, from, to, message }) => {
      const answer = await fetch(`http://127.0.0.1:${port}/checkv2`, {
        method: 'POST',
        headers: { IP: ip, From: from, Rcpt: to, Helo: 'mail.test', Hostname: 'mail.test' },
        body: message,
      });
      return (await answer.json()) as Awaited<ReturnType<Rspamd['check']>>;
    },
    [Symbol.asyncDispose]: stop,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  await new Promise((done) => server.close(done));
  return port;
}
