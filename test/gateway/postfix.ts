import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Postfix of its own: own folders, own ports on loopback, started and ended by the test. */
export interface PostfixOptions {
  /** Lines of `main.cf` beside those of {@link mainOf}; a later one wins. */
  readonly main?: Readonly<Record<string, string>>;
  /** One SMTP server each, with parameters of its own (`-o`). */
  readonly servers: readonly Readonly<Record<string, string>>[];
  /** More lines of `master.cf`. */
  readonly master?: readonly string[];
  /** Ports of SMTP servers among them. */
  readonly masterPorts?: readonly number[];
}

export interface Postfix {
  /** Of its first process; the others are below it. */
  readonly pid: number;
  /** Of the servers, in order. */
  readonly ports: readonly number[];
  /** Its queue folder, below which a relative path of its configuration is. */
  readonly queue: string;
  /** What it has written so far. */
  log(): Promise<string>;
  /** Runs one of its commands (`postqueue -p`, `postcat -q ID`) with its configuration; what it prints. */
  run(command: string, ...args: string[]): string;
  stop(): Promise<void>;
}

/** Why a Postfix cannot be started here, for `skip`; false where it can. */
export const noPostfix: string | false =
  process.getuid?.() !== 0
    ? 'needs root'
    : spawnSync('postconf', ['-d', '-h', 'mail_version']).status !== 0
      ? 'needs Debian’s package postfix'
      : false;

/**
 * Starts a Postfix that takes mail from loopback for any recipient, asks no DNS and throws away what it takes.
 *
 * @example const next = await startPostfix({ servers: [{ smtpd_authorized_xforward_hosts: '127.0.0.0/8' }] });
 */
export async function startPostfix(options: PostfixOptions): Promise<Postfix> {
  const folder = await mkdtemp(join(tmpdir(), 'postfix-'));
  await chmod(folder, 0o755);
  const [config, log] = [join(folder, 'config'), join(folder, 'log')];
  const ports = await Promise.all(options.servers.map(() => freePort()));
  for (const name of ['config', 'queue', 'data']) await mkdir(join(folder, name));
  spawnSync('chown', ['postfix', join(folder, 'data')]);
  await writeFile(join(config, 'main.cf'), lines({ ...mainOf(folder), ...options.main }));
  await writeFile(join(config, 'master.cf'), masterOf(ports, options));
  const main = spawn('postfix', ['-c', config, 'start-fg'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => main.once('exit', () => resolve()));
  const cut = () => main.kill('SIGTERM');
  process.once('exit', cut);
  const stop = async () => {
    process.off('exit', cut);
    spawnSync('postfix', ['-c', config, 'stop']);
    await Promise.race([ended, sleep(5_000, undefined, { ref: false })]);
    if (main.exitCode === null) main.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  const read = () => readFile(log, 'utf8').catch(() => '');
  try {
    await Promise.all([...ports, ...(options.masterPorts ?? [])].map((port) => untilOpen(port, read)));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    pid: main.pid!,
    ports,
    queue: join(folder, 'queue'),
    log: read,
    run: (command, ...args) => output(command, ['-c', config, ...args]),
    stop,
  };
}

const mainOf = (folder: string): Record<string, string> => ({
  compatibility_level: '3.6',
  queue_directory: join(folder, 'queue'),
  data_directory: join(folder, 'data'),
  maillog_file: join(folder, 'log'),
  maillog_file_prefixes: folder,
  myhostname: 'mta.example.com',
  inet_interfaces: '127.0.0.1',
  inet_protocols: 'ipv4',
  mynetworks: '127.0.0.0/8',
  mydestination: '',
  alias_maps: '',
  smtp_dns_support_level: 'disabled',
  smtpd_peername_lookup: 'no',
  default_transport: 'discard:',
  relay_transport: 'discard:',
});

const services = [
  'postlog unix-dgram n - n - 1 postlogd',
  'cleanup unix n - n - 0 cleanup',
  // Woken each second: a trigger that is lost on a busy machine would leave mail lying for 300.
  'qmgr unix n - n 1 1 qmgr',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'proxymap unix - - n - - proxymap',
  'smtp unix - - n - - smtp',
  'relay unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'discard unix - - n - - discard',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
];

function masterOf(ports: readonly number[], { servers, master = [] }: PostfixOptions): string {
  const inet = servers.map((own, at) => {
    const overrides = Object.entries(own).map(([name, value]) => ` -o { ${name} = ${value} }`);
    return `127.0.0.1:${ports[at]} inet n - n - - smtpd${overrides.join('')}`;
  });
  return `${[...inet, ...services, ...master].join('\n')}\n`;
}

const lines = (table: Readonly<Record<string, string>>): string =>
  Object.entries(table)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');

function output(command: string, args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command}: ${stderr}`);
  return stdout;
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilOpen(port: number, log: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isOpen(port)) return;
    await sleep(100);
  }
  throw new Error(`Postfix does not listen:\n${await log()}`);
}

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
