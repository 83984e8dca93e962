/** Everything that is measured, started together: each has its own processes, folder and ports. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { noPostfix, startPostfix } from '../../test/gateway/postfix.ts';
import { startSink } from '../../test/gateway/proxy/sink.ts';
import { start } from './child.ts';
import { type Filter, openDkimAndDmarc, rspamd } from './filters.ts';
import { startMailhunt } from './mailhunt.ts';
import { verified } from './verified.ts';

/** What takes mail. */
export interface Contender {
  readonly name: string;
  readonly port: number;
  /** Its processes, and those without which it does nothing. */
  readonly pids: readonly number[];
  /** Without the checks: what a delay is added to; undefined for those that are floors themselves. */
  readonly floor: string | undefined;
}

export interface Field {
  readonly contenders: readonly Contender[];
  /** Where the store answers hunts. */
  readonly address: string;
  /** What is not here, and what it would need. */
  readonly missing: readonly string[];
}

/** Names of contenders. */
export const names = {
  openDkim: 'Postfix, OpenDKIM, OpenDMARC',
  rspamd: 'Postfix, rspamd',
  milter: 'Postfix, mailhunt (milter)',
  proxy: 'mailhunt (SMTP), sink',
  postfix: 'Postfix alone',
  sink: 'sink alone',
} as const;

/** Recipients: those whose mail is thrown away, and those whose mail is looked at. */
export const domains = { measured: 'receiver.example', sample: 'sample.example' } as const;

const HOSTNAME = 'mx.receiver.example';

const has = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** How Postfix is set up beside what a test needs. */
const mainOf = (sample: number): Record<string, string> => ({
  myhostname: HOSTNAME,
  relay_domains: Object.values(domains).join(' '),
  smtpd_relay_restrictions: 'reject_unauth_destination',
  smtpd_authorized_xclient_hosts: '127.0.0.0/8',
  local_header_rewrite_clients: '',
  transport_maps: `inline:{ { ${domains.sample} = smtp:[127.0.0.1]:${sample} } }`,
  milter_default_action: 'tempfail',
  // Mail that comes in faster than it goes out would be slowed down, by a second at a time.
  in_flow_delay: '0s',
});

/**
 * Starts everything, shows each contender a message and looks at what came of it: who does not verify is not measured.
 *
 * @param look sends a message to a port, for a recipient that is looked at
 */
export async function startField(
  stack: AsyncDisposableStack,
  { folder, rows }: { readonly folder: string; readonly rows: number },
  look: (port: number) => Promise<unknown>,
): Promise<Field> {
  if (noPostfix !== false) throw new Error(`nothing to compare with: ${noPostfix}`);
  const sample = await startSink();
  const setup = (name: string) => ({ folder: join(folder, name), hostname: HOSTNAME });
  const missing: string[] = [];
  const filters = new Map<string, Filter>();
  const add = async (name: string, programs: readonly string[], begin: () => Promise<Filter>): Promise<void> => {
    const absent = programs.filter((program) => !has(program));
    if (absent.length > 0) return void missing.push(`${name}: needs ${absent.join(', ')}`);
    const filter = await begin();
    for (const child of filter.children) stack.use(child);
    filters.set(name, filter);
  };
  await add(names.openDkim, ['opendkim', 'opendmarc'], () => openDkimAndDmarc(setup('opendkim')));
  await add(names.rspamd, ['rspamd'], () => rspamd(setup('rspamd')));
  const accepted = Object.values(domains);
  const mailhunt = await startMailhunt(setup('mailhunt'), { next: sample.port, rows, accepted });
  for (const child of mailhunt.children) stack.use(child);
  filters.set(names.milter, mailhunt);
  const postfix = await startPostfix({
    main: mainOf(sample.port),
    servers: [...filters.values(), { milters: '' }].map(({ milters }) => ({ smtpd_milters: milters })),
  });
  stack.defer(() => postfix.stop());

  const behindPostfix = [...filters].map(([name, { children }], at) => ({
    name,
    port: postfix.ports[at]!,
    pids: [postfix.pid, ...children.map(({ pid }) => pid)],
    floor: names.postfix,
  }));
  const proxy = { name: names.proxy, port: mailhunt.port, pids: mailhunt.children.map(({ pid }) => pid) };
  const checking: readonly Contender[] = [...behindPostfix, { ...proxy, floor: names.sink }];
  for (const { name, port } of checking) {
    await look(port);
    await verified(name, sample.messages);
  }
  await sample.close();
  const port = sample.port;
  const sink = await start(['smtp-sink', '-4', '-u', 'nobody', `127.0.0.1:${port}`, '100'], {
    at: [port],
    log: '/dev/null',
  });
  stack.use(sink);
  const floors = [
    { name: names.postfix, port: postfix.ports.at(-1)!, pids: [postfix.pid], floor: undefined },
    { name: names.sink, port, pids: [sink.pid], floor: undefined },
  ];
  return { contenders: [...checking, ...floors], address: mailhunt.address, missing };
}
