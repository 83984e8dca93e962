import { type Evidence, type House, hostNetworkOf, isSameOrg, type Scene, sceneOf } from '../../evidence/index.ts';
import type { Letter, Verdict, VerdictWord } from '../investigation.ts';
import { isDomainText, isIpText } from '../plain-text.ts';
import { accuses } from '../verdict/words.ts';

/** What the playbook asks for. */
export interface Situation {
  readonly evidence: Evidence;
  readonly word: VerdictWord;
  readonly isBad: boolean;
  readonly isDelivered: boolean;
  /** Alerts, odd sign-ins and the like followed. */
  readonly isTroubled: boolean;
  readonly isOwn: boolean;
  readonly isProved: boolean;
  /** The address was never seen before. */
  readonly isStranger: boolean;
  readonly isLookAlike: boolean;
  readonly policy: string;
  /** The name in From and where it came from, as a spoof entry has them. */
  readonly pair: { readonly name: string; readonly source: string } | undefined;
  /** Hosts of links, names and addresses, that are neither the author's nor the receiver's. */
  readonly strangeHosts: readonly string[];
  /** Organizations that signed for themselves, or whose envelope passed. */
  readonly carriers: readonly string[];
  readonly allowedBy: string | undefined;
  /** Whose ARC seal holds without being trusted. */
  readonly sealer: string | undefined;
  readonly letter: Letter | undefined;
  /** An end for what is allowed for a while, `2026-10-18`. */
  readonly until: string;
}

const MOST_HOSTS = 20;
/** Days that something is allowed for. */
const WHILE = 30;

/** What the playbook looks at for a verdict on some evidence. */
export function situationOf(
  evidence: Evidence,
  { word, reasons }: Pick<Verdict, 'word' | 'reasons'>,
  { house, letter, now }: { readonly house: House; readonly letter: Letter | undefined; readonly now: number },
): Situation {
  const scene = sceneOf(evidence, house);
  const { message } = evidence;
  const has = (name: string): boolean => reasons.some(({ signal }) => signal === name);
  return {
    evidence,
    word,
    isBad: accuses(word),
    isDelivered: message.recipients.some(({ deliveryAction }) => /^delivered/i.test(deliveryAction)),
    isTroubled: has('trouble-afterwards'),
    isOwn: scene.isOwn,
    isProved: scene.dmarc.word === 'pass' || scene.aligned.length > 0 || !scene.isChecked,
    isStranger: has('first-contact') || has('namesake-of-known-person') || has('look-alike-from'),
    isLookAlike: has('look-alike-from') || has('mixed-scripts-from'),
    policy: scene.dmarc.row?.policy.toLowerCase() ?? '',
    pair: pairOf(scene),
    strangeHosts: strangeHostsOf(scene),
    carriers: (scene.foreign.length > 0 || scene.isOwn ? scene.foreign : proved(scene)).filter(isDomainText),
    allowedBy: allowedBy(scene),
    sealer:
      scene.arc?.result === 'pass' && message.words.reason !== '130' && isDomainText(scene.arc.domain)
        ? scene.arc.domain
        : undefined,
    letter,
    until: new Date(now + WHILE * 86_400_000).toISOString().slice(0, 10),
  };
}

/** Where everything passes, the author's own provider is who can act. */
const proved = ({ aligned, authorOrg }: Scene): readonly string[] => (aligned.length > 0 ? [authorOrg] : []);

/** A spoof entry names the organization that signed, or the network of the client. */
function pairOf({ author, foreign, clientIp, isClientAssumed }: Scene): Situation['pair'] {
  const [carrier] = foreign;
  const source = carrier ?? (isClientAssumed ? undefined : networkOf(clientIp));
  return source === undefined || !isDomainText(author) ? undefined : { name: author, source };
}

/** Microsoft's spoof entries take IPv4 networks of /24; of IPv6 a host has its /64, which ours take. */
const networkOf = (ip: string): string | undefined =>
  !isIpText(ip) ? undefined : ip.includes(':') ? hostNetworkOf(ip) : `${ip.slice(0, ip.lastIndexOf('.'))}.0/24`;

function strangeHostsOf({ message, author, ownOrgs, foreign }: Scene): readonly string[] {
  const near = [author, ...ownOrgs, ...foreign];
  const hosts = new Set(message.urls.slice(0, 500).map(({ domain }) => domain.toLowerCase()));
  return [...hosts]
    .filter((host) => isIpText(host) || (isDomainText(host) && !near.some((one) => isSameOrg(one, host))))
    .slice(0, MOST_HOSTS);
}

function allowedBy({ acquaintance: { handling } }: Scene): string | undefined {
  if (handling === undefined || !/allow/i.test(handling.orgAction)) return undefined;
  const rule = handling.transportRule === '' ? '' : ` “${handling.transportRule}”`;
  return `${handling.orgPolicy || 'a policy of yours'}${rule}`;
}
