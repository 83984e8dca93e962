import type { DnsRecords } from '../dns/resolver.ts';
import { isSameOrBelow } from '../message/domain-name.ts';
import { inNetwork } from './address.ts';
import { noAnswer, type SpfBudget, type Stop } from './budget.ts';
import type { SpfClient } from './client.ts';
import type { DomainSpec } from './macro.ts';
import { shown } from './problem.ts';
import type { Mechanism } from './record.ts';
import type { SpfWord } from './result.ts';
import { targetOf } from './target.ts';

/** What a mechanism is matched with. */
export interface Scene {
  readonly client: SpfClient;
  readonly budget: SpfBudget;
  /** The domain whose record is read now: `<domain>` of RFC 7208 section 4.1. */
  readonly domain: string;
  /** What another domain says of the client. */
  readonly checkHost: (domain: string) => Promise<{ readonly word: SpfWord; readonly reason: string }>;
}

type Match = boolean | Stop;
type Matcher<Kind> = (mechanism: Mechanism & { kind: Kind }, scene: Scene) => Match | Promise<Match>;

/** The mechanisms of RFC 7208 section 5, each with whether it matches. */
const MATCHERS: { readonly [Kind in Mechanism['kind']]: Matcher<Kind> } = {
  all: () => true,
  ip4: ({ network, prefix }, { client }) => inNetwork(client.sender.address, network, prefix),
  ip6: ({ network, prefix }, { client }) => inNetwork(client.sender.address, network, prefix),

  include: async ({ target }, scene) => {
    const name = await paidTarget(target, scene);
    if ('stop' in name) return name;
    if ('none' in name) {
      if (name.none === 'not ASCII') return false;
      return { stop: 'permerror', reason: `${shown(scene.domain)} includes a malformed name: ${shown(target.text)}` };
    }
    const { word, reason } = await scene.checkHost(name.name);
    if (word === 'temperror' || word === 'permerror') return { stop: word, reason };
    if (word !== 'none') return word === 'pass';
    return { stop: 'permerror', reason: `${shown(scene.domain)} includes a name without policy: ${reason}` };
  },

  a: (mechanism, scene) =>
    matchAnswer(mechanism.target, scene, scene.client.addressType, (addresses) =>
      scene.client.isAmong(addresses, prefixFor(mechanism, scene)),
    ),

  mx: (mechanism, scene) =>
    matchAnswer(mechanism.target, scene, 'MX', (exchanges) => matchHosts(exchanges, mechanism, scene)),

  // Always A, whatever the client's address is (section 5.7).
  exists: ({ target }, scene) => matchAnswer(target, scene, 'A', () => true),

  ptr: async ({ target }, scene) => {
    const name = await paidTarget(target, scene);
    if ('stop' in name) return name;
    if ('none' in name) return false;
    const pointers = await scene.client.pointers(scene.budget);
    if ('stop' in pointers) return pointers;
    for (const pointer of pointers) {
      if (isSameOrBelow(pointer, name.name) && (await scene.client.isValidated(pointer))) return true;
    }
    return false;
  },
};

/** Whether a mechanism matches; a {@link Stop} where the check ends with it. Those that ask nothing answer at once. */
export function matches(mechanism: Mechanism, scene: Scene): Match | Promise<Match> {
  return MATCHERS[mechanism.kind](mechanism as never, scene);
}

async function paidTarget(spec: DomainSpec | undefined, { domain, client, budget }: Scene) {
  return budget.countTerm(domain) ?? targetOf(spec, domain, client, budget);
}

/** Asks one question about a term's target; no match where there is no such name (RFC 7208 section 5). */
async function matchAnswer<T extends 'A' | 'AAAA' | 'MX'>(
  spec: DomainSpec | undefined,
  scene: Scene,
  type: T,
  match: (records: readonly DnsRecords[T][]) => Match | Promise<Match>,
): Promise<Match> {
  const target = await paidTarget(spec, scene);
  if ('stop' in target) return target;
  if ('none' in target) return false;
  const answer = await scene.budget.ask(target.name, type);
  if (answer.status === 'failed') return noAnswer(target.name, type, answer.failure);
  if (answer.status === 'found' && answer.records.length > 0) return match(answer.records);
  return scene.budget.countVoid(target.name, answer) ?? false;
}

type Prefixes = { readonly prefix4: number; readonly prefix6: number };

function prefixFor({ prefix4, prefix6 }: Prefixes, { client }: Scene): number {
  return client.addressType === 'A' ? prefix4 : prefix6;
}

/** The hosts of an `mx`, the preferred first; past the tenth the record is in error (RFC 7208 section 4.6.4). */
async function matchHosts(exchanges: readonly DnsRecords['MX'][], prefixes: Prefixes, scene: Scene): Promise<Match> {
  const { client, budget, domain } = scene;
  const hosts = [...exchanges].sort((one, other) => one.preference - other.preference).map(({ exchange }) => exchange);
  let asked = 0;
  for (const host of hosts) {
    // A null MX (RFC 7505) names no host.
    if (host === '') continue;
    if (++asked > budget.limits.hosts) {
      const reason = `an "mx" in the record of ${shown(domain)} has more than ${budget.limits.hosts} hosts`;
      return { stop: 'permerror', reason };
    }
    const answer = await budget.ask(host, client.addressType);
    if (answer.status === 'failed') return noAnswer(host, client.addressType, answer.failure);
    if (answer.status === 'found' && client.isAmong(answer.records, prefixFor(prefixes, scene))) return true;
  }
  return false;
}
