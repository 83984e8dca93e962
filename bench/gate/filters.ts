/**
 * The filters that administrators run beside Postfix, each set up for verification alone. They listen on socket files: over
 * TCP, Postfix and a filter wait for each other's acknowledgements, 40 ms for each message and filter, whoever made it.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DNS_ADDRESS } from './apart.ts';
import { type Child, start } from './child.ts';

/** A filter that runs: where Postfix asks it, in the order in which it does, and the processes. */
export interface Filter {
  readonly milters: string;
  readonly children: readonly Child[];
}

/** What every filter is told. */
export interface FilterSetup {
  /** Its own. */
  readonly folder: string;
  readonly hostname: string;
}

const lines = (table: Readonly<Record<string, string | number>>): string =>
  Object.entries(table)
    .map(([name, value]) => `${name} ${value}\n`)
    .join('');

/** OpenDKIM for the signatures, OpenDMARC with its own SPF behind it, as Debian's packages have them. */
export async function openDkimAndDmarc({ folder, hostname }: FilterSetup): Promise<Filter> {
  mkdirSync(folder);
  const [dkim, dmarc] = [join(folder, 'opendkim.sock'), join(folder, 'opendmarc.sock')];
  const common = { Background: 'no', Syslog: 'no', AuthservID: hostname, UMask: '000' };
  const write = (name: string, table: Readonly<Record<string, string | number>>): string => {
    writeFileSync(join(folder, name), lines({ ...common, ...table }));
    return join(folder, name);
  };
  // Debian's OpenDKIM asks by libunbound, which asks the root servers where it is told of nobody else.
  const openDkim = write('opendkim.conf', {
    Mode: 'v',
    Socket: `local:${dkim}`,
    Nameservers: DNS_ADDRESS,
  });
  const openDmarc = write('opendmarc.conf', {
    Socket: `local:${dmarc}`,
    TrustedAuthservIDs: hostname,
    SPFIgnoreResults: 'true',
    SPFSelfValidate: 'true',
    PublicSuffixList: '/usr/share/publicsuffix/public_suffix_list.dat',
  });
  const log = join(folder, 'log');
  return {
    milters: `unix:${dkim} unix:${dmarc}`,
    children: [
      await start(['opendkim', '-f', '-x', openDkim], { at: [dkim], log }),
      await start(['opendmarc', '-f', '-c', openDmarc], { at: [dmarc], log }),
    ],
  };
}

const PLUGINS = '/usr/share/rspamd/plugins';

/** rspamd with SPF, DKIM, DMARC and ARC and nothing else: its proxy scans by itself, a process for each processor. */
export async function rspamd({ folder, hostname }: FilterSetup): Promise<Filter> {
  mkdirSync(folder);
  const socket = join(folder, 'milter.sock');
  const config = join(folder, 'rspamd.conf');
  const modules = ['spf', 'dmarc', 'arc', 'milter_headers'].map((name) => `  path = "${PLUGINS}/${name}.lua";\n`);
  writeFileSync(
    config,
    `options {
  pidfile = "${folder}/pid";
  filters = "dkim";
  tempdir = "${folder}";
  cache_file = "${folder}/symbols.cache";
  hs_cache_dir = "${folder}";
  control_socket = "${folder}/control.sock mode=0600";
  stats_file = "${folder}/stats.ucl";
  url_tld = "/usr/share/rspamd/effective_tld_names.dat";
  dns { nameserver = ["${DNS_ADDRESS}:53"]; timeout = 5s; }
}
logging { type = "console"; level = "warning"; }
worker "rspamd_proxy" {
  bind_socket = "${socket} mode=0666";
  count = 2;
  milter = yes;
  timeout = 120s;
  upstream "local" { default = yes; self_scan = yes; }
}
actions { reject = 1000; }
modules {
${modules.join('')}}
spf {}
dkim {}
dmarc {}
arc {}
milter_headers {
  use = ["authentication-results"];
  routines { authentication-results { hostname = "${hostname}"; } }
}
`,
  );
  const child = await start(['rspamd', '--insecure', '--no-fork', '--config', config], {
    at: [socket],
    log: join(folder, 'log'),
  });
  return { milters: `unix:${socket}`, children: [child] };
}
