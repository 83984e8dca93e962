import { ask } from '../ask/ask.ts';
import { DAY, moved, ticksOfIso } from '../ask/moment.ts';
import { networkOf } from '../history/network.ts';
import type { EvidenceMeans } from '../means.ts';
import type { Acquaintance, Alike, Carrier, Handling, Namesake } from './acquaintance.ts';
import { orgOf } from './domains.ts';
import { confirmedName } from './history.ts';
import { likenessOf } from './look-alike.ts';
import type { Scene } from './scene.ts';

/** How far back the store is looked through. */
const LOOK_BACK = 90 * DAY;
/** Domains that the house has mail from, the most frequent first; the others are looked over. */
const DOMAINS = 5000;
const NAMESAKES = 20;
const URL_DOMAINS = 50;
/** What no name of a domain ends in. */
const NO_DOMAIN = '.invalid.';
/** A name that short is nobody's. */
const SHORTEST_NAME = 5;

type Means = Pick<EvidenceMeans, 'store' | 'now' | 'signal'>;

/** What the queries know of the message. */
interface About {
  readonly scene: Scene;
  readonly from: bigint;
  readonly until: bigint;
}

/**
 * Looks up whom the store knows around a message: what its carrier brought for others, who bears its display name, what its
 * domain looks like, where its links were seen, and what the receiver's own rules did.
 *
 * @param scene of the evidence at hand (`sceneOf`)
 * @throws MailhuntError KQL…, and the signal's reason
 * @example await acquaintanceOf(sceneOf(evidence, house), means)
 */
export async function acquaintanceOf(scene: Scene, means: Means): Promise<Acquaintance> {
  const until = ticksOfIso(scene.message.at) ?? means.now;
  const about: About = { scene, from: moved(until, -LOOK_BACK), until };
  const [carrier, namesakes, alikes, urlDomains, copies, handling, fromInside] = await Promise.all([
    carrierOf(about, means),
    namesakesOf(about, means),
    alikesOf(about, means),
    urlDomainsOf(about, means),
    copiesOf(about, means),
    handlingOf(about, means),
    fromInsideOf(about, means),
  ]);
  return { carrier, namesakes, alikes, urlDomains, copies, handling, fromInside };
}

async function carrierOf({ scene, from, until }: About, means: Means): Promise<Carrier | undefined> {
  const { clientIp: ip, foreign: domains, authorOrg: author, message } = scene;
  if ((ip === '' || scene.isClientAssumed) && domains.length === 0) return undefined;
  const [below = NO_DOMAIN, besides = NO_DOMAIN] = domains.map((domain) => `.${domain}`);
  const client = scene.isClientAssumed ? '' : ip;
  const host = scene.isClientAssumed ? '' : (confirmedName(scene) ?? '');
  const [rows = []] = await ask(
    `let Proved = EmailAuthentication
| where Timestamp >= from and Timestamp < until and Method in ("SPF", "DKIM") and Result == "pass"
| where Domain in~ (domains) or Domain endswith below or Domain endswith besides
| project NetworkMessageId;
let Named = EmailHeaders
| where Timestamp >= from and Timestamp < until and isnotempty(host) and Hops has host
| extend Client = Hops[0]
| where tostring(Client.reverse) =~ host
| project NetworkMessageId, Ip = tostring(Client.ip);
EmailEvents
| where Timestamp >= from and Timestamp < until and NetworkMessageId != id and EmailDirection == "Inbound"
| lookup kind=leftouter Named on NetworkMessageId
| where (client != "" and (SenderIPv4 == client or SenderIPv6 == client)) or NetworkMessageId in (Proved)
    or (isnotempty(Ip) and (Ip == SenderIPv4 or Ip == SenderIPv6))
| where not(SenderFromDomain in~ (domains) or SenderFromDomain endswith below or SenderFromDomain endswith besides)
| extend Checks = parse_json(AuthenticationDetails)
| extend Passed = tostring(Checks.DMARC) =~ "pass" or tostring(Checks.CompAuth) =~ "pass"
| extend IsAuthor = SenderFromDomain =~ author or SenderFromDomain endswith strcat(".", author)
| summarize Passed = max(toint(Passed)), Dmarc = max(toint(tostring(Checks.DMARC) =~ "pass")), At = min(Timestamp) by NetworkMessageId, IsAuthor, SenderFromDomain = tolower(SenderFromDomain)
| summarize Messages = countif(not(IsAuthor)), Domains = dcountif(SenderFromDomain, not(IsAuthor)), Passed = sumif(Passed, not(IsAuthor)),
    OfAuthor = countif(IsAuthor), OfAuthorPassed = sumif(Dmarc, IsAuthor), First = min(At), FirstOfAuthor = minif(At, IsAuthor)`,
    { id: message.networkMessageId, client, host, author, domains, below, besides, from, until },
    means,
  );
  const [row] = rows;
  const count = (column: string): number => row?.number(column) ?? 0;
  return {
    ip,
    domains,
    messages: count('Messages'),
    authorDomains: count('Domains'),
    passed: count('Passed'),
    ofAuthor: count('OfAuthor'),
    ofAuthorPassed: count('OfAuthorPassed'),
    first: row?.time('First'),
    firstOfAuthor: row?.time('FirstOfAuthor'),
  };
}

async function namesakesOf({ scene: { message }, from, until }: About, means: Means): Promise<readonly Namesake[]> {
  const name = message.senderDisplayName.trim();
  if (name.length < SHORTEST_NAME || message.direction === 'Outbound') return [];
  const [rows = []] = await ask(
    `EmailEvents
| where Timestamp >= from and Timestamp < until and SenderDisplayName =~ name and SenderFromAddress !~ address
| extend Dmarc = tostring(parse_json(AuthenticationDetails).DMARC)
| summarize Messages = dcount(NetworkMessageId), Passed = dcountif(NetworkMessageId, Dmarc =~ "pass") by Address = tolower(SenderFromAddress)
| top most by Messages`,
    { name, address: message.senderFromAddress, from, until, most: NAMESAKES },
    means,
  );
  return rows.map((row) => ({
    address: row.text('Address'),
    messages: row.number('Messages') ?? 0,
    passed: row.number('Passed') ?? 0,
  }));
}

async function alikesOf({ scene, from, until }: About, means: Means): Promise<readonly Alike[]> {
  const { author, authorOrg, ownOrgs, message } = scene;
  if (authorOrg === '' || message.direction !== 'Inbound' || scene.isOwn) return [];
  const own = [...ownOrgs].map((domain) => ({ domain, messages: 0 }));
  const [rows = []] = await ask(
    `EmailEvents
| where Timestamp >= from and Timestamp < until and SenderFromDomain !~ author
| where tostring(parse_json(AuthenticationDetails).DMARC) =~ "pass"
| summarize Messages = dcount(NetworkMessageId) by Domain = tolower(SenderFromDomain)
| top most by Messages`,
    { author, from, until, most: DOMAINS },
    means,
  );
  const known = rows.map((row) => ({ domain: row.text('Domain'), messages: row.number('Messages') ?? 0 }));
  const alike = [...own, ...known].flatMap((one) => {
    const likeness = likenessOf(author, one.domain);
    return likeness === undefined ? [] : [{ ...one, likeness }];
  });
  return alike.slice(0, NAMESAKES);
}

async function urlDomainsOf(
  { scene: { message }, from, until }: About,
  means: Means,
): Promise<Acquaintance['urlDomains']> {
  const wanted = [...new Set(message.urls.map(({ domain }) => domain.toLowerCase()))]
    .filter(orgOf)
    .slice(0, URL_DOMAINS);
  if (wanted.length === 0) return [];
  const [rows = []] = await ask(
    `EmailUrlInfo
| where Timestamp >= from and Timestamp < until and NetworkMessageId != id and UrlDomain in~ (wanted)
| summarize Messages = dcount(NetworkMessageId) by Domain = tolower(UrlDomain)`,
    { id: message.networkMessageId, wanted, from, until },
    means,
  );
  const seen = new Map(rows.map((row) => [row.text('Domain'), row.number('Messages') ?? 0]));
  return wanted.map((domain) => ({ domain, messages: seen.get(domain) ?? 0 }));
}

async function copiesOf({ scene: { message }, from }: About, means: Means): Promise<number> {
  const messageId = message.internetMessageId;
  if (messageId === '' || message.direction !== 'Inbound') return 0;
  const [rows = []] = await ask(
    `EmailEvents
| where Timestamp >= from and InternetMessageId == messageId and NetworkMessageId != id and SenderFromAddress =~ author
| summarize Copies = dcount(NetworkMessageId)`,
    { messageId, id: message.networkMessageId, author: message.senderFromAddress, from },
    means,
  );
  return rows[0]?.number('Copies') ?? 0;
}

async function fromInsideOf({ scene: { message, isOwn }, from, until }: About, means: Means): Promise<number> {
  if (!isOwn || message.direction !== 'Inbound' || message.senderFromAddress === '') return 0;
  const [rows = []] = await ask(
    `EmailEvents
| where Timestamp >= from and Timestamp < until and SenderFromAddress =~ address and EmailDirection != "Inbound"
| summarize Messages = dcount(NetworkMessageId)`,
    { address: message.senderFromAddress, from, until },
    means,
  );
  return rows[0]?.number('Messages') ?? 0;
}

async function handlingOf({ scene, from, until }: About, means: Means): Promise<Handling | undefined> {
  const [rows = []] = await ask(
    `EmailEvents
| where Timestamp between (until .. 1d) and NetworkMessageId == id
| project Connectors, ExchangeTransportRule, OrgLevelAction, OrgLevelPolicy, DistributionList, BulkComplaintLevel
| take 1`,
    { id: scene.message.networkMessageId, until },
    means,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  const connector = row.text('Connectors');
  return {
    connector,
    ...(connector === '' ? { connectorForOthers: 0 } : await broughtBy(connector, { scene, from, until }, means)),
    transportRule: row.text('ExchangeTransportRule'),
    orgAction: row.text('OrgLevelAction'),
    orgPolicy: row.text('OrgLevelPolicy'),
    distributionList: row.text('DistributionList'),
    bulkLevel: row.number('BulkComplaintLevel'),
  };
}

/** For whom, and from where, a connector brought mail before. */
async function broughtBy(
  connector: string,
  { scene: { author, clientIp, message }, from, until }: About,
  means: Means,
): Promise<Pick<Handling, 'connectorForOthers' | 'connectorFromHere' | 'connectorFromElsewhere'>> {
  const [rows = []] = await ask(
    `EmailEvents
| where Timestamp >= from and Timestamp < until and Connectors == connector and NetworkMessageId != id
| extend IsHere = (network has "." and ipv4_is_in_range(SenderIPv4, network))
    or (network has ":" and isnotempty(SenderIPv6) and ipv6_is_in_range(SenderIPv6, network))
| summarize ForOthers = dcountif(NetworkMessageId, SenderFromDomain !~ author), Here = dcountif(NetworkMessageId, IsHere),
    Elsewhere = dcountif(NetworkMessageId, not(IsHere))`,
    { id: message.networkMessageId, connector, author, network: networkOf(clientIp) ?? '', from, until },
    means,
  );
  const count = (column: string): number => rows[0]?.number(column) ?? 0;
  return {
    connectorForOthers: count('ForOthers'),
    connectorFromHere: count('Here'),
    connectorFromElsewhere: count('Elsewhere'),
  };
}
