import { readFile } from 'node:fs/promises';
import { domainToASCII } from 'node:url';
import type { ParseArgsOptionsConfig } from 'node:util';
import { MailhuntError } from '../errors/index.ts';
import type { JudgeOptions, VerdictSource } from '../ingest/index.ts';
import type { GuardedResolver, Resolver } from '../mail/index.ts';
import { readSpoofEntry } from '../settings/index.ts';
import type { Call } from './command.ts';

/** Options of the commands that judge mail. */
export const mailOptions = {
  dns: { type: 'string' },
  trust: { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export const mailHelp = `  --dns WHERE        system (default), or a zone file whose answers stand for DNS
  --trust NAMES      receivers that are believed, by comma: authserv-ids, host names, or microsoft
`;

const SYSTEM = 'system';

/** The names of `--trust` and of the settings, lower case. */
const trustedBy = ({ values, settings }: Call): readonly string[] => [
  ...new Set([...listed(values.trust), ...settings.trusted_receivers].map((name) => name.toLowerCase())),
];

const listed = (value: unknown): readonly string[] =>
  typeof value === 'string' ? value.split(',').flatMap((name) => name.trim() || []) : [];

/** The zone file of `--dns`, undefined where DNS itself is asked. */
export const zoneFileOf = ({ values: { dns } }: Call): string | undefined =>
  typeof dns === 'string' && dns !== SYSTEM ? dns : undefined;

/**
 * What answers DNS: the machine's or the settings' name servers, watched for their death, or a zone file.
 *
 * @throws MailhuntError CLI0001 where the file cannot be read, MAIL0002 where it is no zone file
 */
export async function resolverFor(call: Call, command: string): Promise<Resolver | GuardedResolver> {
  const mail = await import('../mail/index.ts');
  const { settings, signal } = call;
  const dns = zoneFileOf(call);
  if (dns === undefined) {
    const servers = settings.dns_servers;
    const chosen = servers.length > 0;
    return mail.guardedResolver(mail.systemResolver({ ...(chosen ? { servers } : {}), signal }), { chosen });
  }
  const text = await readFile(dns, 'utf8').catch((cause: Error) => {
    throw new MailhuntError('CLI0001', { text: `--dns ${dns}: ${cause.message}`, command }, { cause });
  });
  return mail.zoneResolver(mail.parseZone(text, dns));
}

/** A domain of the settings as mail names it: lower case, A-labels. */
const asAsked = (domain: string): string => domainToASCII(domain) || domain.toLowerCase();

/** An entry of the settings, its domains as mail names them; addresses, blocks and `*` stay as they are. */
const spoofEntry = (text: string) => {
  const entry = readSpoofEntry(text);
  if (entry === undefined) return [];
  const named = (name: string): string => (/[^\0-\x7f]/.test(name) ? name.replace(/[^@]+$/, asAsked) : name);
  return [{ ...entry, sender: named(entry.sender), infrastructure: named(entry.infrastructure) }];
};

/** How mail is judged, by the options of a call and the settings. */
export const judgeOptionsFor = (call: Call, verdicts: VerdictSource): JudgeOptions => ({
  verdicts,
  trusted: trustedBy(call),
  relays: call.settings.trusted_relays,
  acceptedDomains: call.settings.accepted_domains.map(asAsked),
  composite: {
    trustedSealers: call.settings.trusted_sealers.map(asAsked),
    allowed: call.settings.spoof_allow.flatMap(spoofEntry),
    blocked: call.settings.spoof_block.flatMap(spoofEntry),
  },
  dmarcMode: call.settings.dmarc === 'rfc7489' ? 'rfc7489' : 'rfc9989',
  rsaSha1: call.settings.accept_rsa_sha1 ? 'accept' : 'policy',
  now: call.now(),
});
