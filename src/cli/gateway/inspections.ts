import { createPublicKey, X509Certificate } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { access, readFile, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  Certificate,
  controlSocket,
  type GatewaySetup,
  type HopSetup,
  NextHop,
  runningGate,
} from '../../gateway/index.ts';
import { isAlive, type Resolver, readKeyRecord, systemResolver } from '../../mail/index.ts';
import { defaultPolicy, lintPolicy } from '../../policy/index.ts';
import { sizeText } from '../../yaml/index.ts';
import type { Call } from '../command.ts';
import { policyIn } from '../policy/policy-file.ts';
import { fillText } from '../quarantine/words.ts';
import type { Finding, Inspection } from './check.ts';
import { hopOf, sealOf } from './secrets.ts';

type Found = readonly Omit<Finding, 'about'>[];

const ok = (text: string): Found => [{ grade: 'ok', text }];
const warning = (text: string): Found => [{ grade: 'warning', text }];
const error = (text: string): Found => [{ grade: 'error', text }];

/** Milliseconds that a next hop has to say who it is. */
const HOP = 15_000;
/** Milliseconds before its end in which a certificate should have been renewed. */
const RENEWAL = 14 * 86_400_000;

/** The parts of a setup, in the order in which they are told. */
export const inspections: readonly Inspection[] = [
  { about: 'policy', look: policyFound },
  { about: 'accepted_domains', look: domainsFound },
  { about: 'folder', look: folderFound },
  { about: 'quarantine', look: quarantineFound },
  { about: 'dns_servers', look: dnsFound },
  { about: 'seal', look: sealFound },
  { about: 'smtp.certificate', look: certificateFound },
  { about: 'smtp.next_hop', look: hopFound },
  { about: 'release', look: releaseFound },
];

async function policyFound({ now }: Call, { policy: file }: GatewaySetup): Promise<Found> {
  const policy = file === undefined ? defaultPolicy(now()) : await policyIn(file, 'gateway');
  const { name, mode, rules } = policy;
  const lints = lintPolicy(policy, now()).map(
    ({ lint, place, words }) =>
      ({
        grade: lint.severity,
        text: `${file}:${place.line}:${place.column}: ${lint.id} ${lint.name}: ${words}`,
      }) as const,
  );
  const where = file ?? 'the default policy';
  return [...ok(`${where}: “${name}”, ${mode}, ${rules.length} rules`), ...lints];
}

async function domainsFound({ settings }: Call, { smtp }: GatewaySetup): Promise<Found> {
  const domains = settings.accepted_domains;
  if (domains.length > 0) return ok(domains.join(', '));
  const text = 'mailhunt.yaml names none: nothing counts as inbound';
  return smtp === undefined ? warning(text) : error(`${text}, and the SMTP server puts off every recipient (454)`);
}

async function folderFound(_: Call, { folder }: GatewaySetup): Promise<Found> {
  for (let at = folder; ; at = dirname(at)) {
    const fault = await access(at, constants.W_OK | constants.X_OK).then(
      () => undefined,
      (cause: NodeJS.ErrnoException) => cause,
    );
    if (fault === undefined) return ok(folder);
    if (fault.code !== 'ENOENT' || at === dirname(at)) return error(`${at}: ${fault.message}`);
  }
}

/** How full it is, where the gate runs; and whether the disk could hold what it may come to. */
async function quarantineFound(_: Call, { folder, quarantine: { bytes, messages } }: GatewaySetup): Promise<Found> {
  const most = `at most ${sizeText(bytes)}, ${messages} messages`;
  const running = await runningGate(controlSocket(folder)).catch(() => undefined);
  const status = (await running?.status())?.quarantine;
  const note = status && fillText(status);
  const there = existingFolder(folder);
  const left = await statfs(there).then(({ bavail, bsize }) => bavail * bsize);
  const room =
    left < bytes - (status?.bytes ?? 0) ? warning(`the disk of ${there} has ${sizeText(left)} left: ${most}`) : [];
  return [...(note ? warning(note) : ok(most)), ...room];
}

const existingFolder = (path: string): string => (existsSync(path) ? path : existingFolder(dirname(path)));

const resolverOf = ({ settings: { dns_servers: servers }, signal }: Call): Resolver =>
  systemResolver(servers.length > 0 ? { servers, signal } : { signal });

async function dnsFound(call: Call): Promise<Found> {
  const servers = call.settings.dns_servers;
  const names = servers.length > 0 ? servers.join(', ') : 'those of the system';
  const lives = await isAlive(resolverOf(call), { chosen: servers.length > 0 });
  return lives ? ok(`${names}: DNS answers`) : error(`${names}: DNS does not answer`);
}

/** A seal whose key DNS does not confirm is worth nothing to who receives the message. */
async function sealFound(call: Call, setup: GatewaySetup): Promise<Found> {
  const seal = await sealOf(setup);
  if (seal === undefined) return [];
  const name = `${seal.selector}._domainkey.${seal.domain}`;
  const answer = await resolverOf(call).query(name, 'TXT');
  if (answer.status === 'failed') return warning(`${name}: DNS does not tell the public key now`);
  const [record] = answer.status === 'found' ? answer.records : [];
  if (record === undefined) return error(`${name}: there is no key in DNS`);
  const published = readKeyRecord(record);
  if ('problem' in published) return error(`${name}: the key in DNS cannot be used (${published.problem})`);
  const own = createPublicKey(seal.key);
  return own.equals(published.key) ? ok(`${name}: the key in DNS is its own`) : error(`${name}: DNS has another key`);
}

async function certificateFound({ now }: Call, { hostname, smtp }: GatewaySetup): Promise<Found> {
  if (smtp === undefined) return [];
  if (smtp.certificate === undefined) return warning('there is none: STARTTLS is not offered');
  await Certificate.read(smtp.certificate, () => {});
  const found = new X509Certificate(await readFile(smtp.certificate.cert));
  const end = Date.parse(found.validTo);
  const names =
    found.checkHost(hostname) === undefined ? warning(`${smtp.certificate.cert} is not of ${hostname}`) : [];
  const left = end - now();
  if (left <= 0) return [...error(`${smtp.certificate.cert} was valid until ${found.validTo}`), ...names];
  const text = `${smtp.certificate.cert} is valid until ${found.validTo}`;
  return [...(left < RENEWAL ? warning(text) : ok(text)), ...names];
}

async function hopFound(_: Call, { hostname, smtp }: GatewaySetup): Promise<Found> {
  return smtp === undefined ? [] : answerOf(smtp.nextHop, hostname);
}

/** Where released messages go, where that is not the next hop. */
async function releaseFound(_: Call, { hostname, smtp, release }: GatewaySetup): Promise<Found> {
  return release === undefined || release === smtp?.nextHop ? [] : answerOf(release, hostname);
}

/** What a server behind the gate says of itself. */
async function answerOf(setup: HopSetup, hostname: string): Promise<Found> {
  const { target, timeouts } = await hopOf(setup);
  const hop = await new NextHop({ target, timeouts, hostname }).fresh(performance.now() + HOP);
  const { size, startTls, eightBit, utf8 } = hop.features;
  hop.close();
  const can = [
    size === undefined ? '' : `SIZE ${size}`,
    eightBit ? '8BITMIME' : '',
    utf8 ? 'SMTPUTF8' : '',
    startTls ? 'STARTTLS' : '',
  ];
  const where = 'path' in target.address ? target.address.path : `${target.address.host}:${target.address.port}`;
  return ok(`${where} answers: ${can.filter((word) => word !== '').join(', ')}`);
}
