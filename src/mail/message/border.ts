import type { Hop } from './hop.ts';
import { ipAddressOf, isPublicAddress } from './ip-address.ts';
import type { HeaderField, RawMessage } from './raw-message.ts';
import { type TrustedHosts, trustedHosts } from './trusted-hosts.ts';

/** The fields that receivers of the organisation wrote, and where they end. */
export interface Border {
  /** The hop that took the message from outside; undefined where they show none, as in mail that began inside. */
  readonly hop?: Hop;
  /** All hops down to the border, from the top. */
  readonly inside: readonly Hop[];
  /** The index of the last one's field among the fields of the message: what is above was written by receivers. */
  readonly index: number;
  /** False where nobody vouches for it. */
  readonly trusted: boolean;
  /** True where the hops show that the message began inside, and not merely none that came from outside. */
  readonly beganInside: boolean;
}

/** Received fields that are looked at; a receiver refuses a message with more of its own (RFC 5321 section 6.3). */
const HOPS = 100;

/**
 * Walks down the Received fields as long as trusted hosts wrote them and had the message from inside. Undefined where the
 * topmost ones are not theirs.
 *
 * @param hops those of the message, all of them
 * @example borderOf(message, hopsOf(message), trustedHosts(['mx.example.com']))?.hop?.ip // '192.0.2.7'
 */
export function borderOf(message: RawMessage, hops: readonly Hop[], hosts: TrustedHosts): Border | undefined {
  const inside: Hop[] = [];
  let trusted = false;
  let index = -1;
  let beganInside = true;
  for (const [at, field] of message.fields.entries()) {
    if (field.name !== 'received') continue;
    const hop = hops[inside.length]!;
    const wrote = hosts.wrote(hop);
    if (inside.length === HOPS || !(wrote || isLocalWriter(hop))) {
      beganInside = false;
      break;
    }
    trusted ||= wrote;
    inside.push(hop);
    index = at;
    if (isOrigin(hop, field)) break;
    if (isLocalStep(hop) || hosts.cameFromInside(hop)) continue;
    const seen = hop.ip === undefined ? {} : { hop };
    return trusted ? { ...seen, inside, index, trusted, beganInside: false } : undefined;
  }
  return trusted ? { inside, index, trusted, beganInside } : undefined;
}

const microsoft = trustedHosts(['microsoft']);

/**
 * Whether Microsoft 365 is among the trusted receivers that a message went through: only then are fields such as
 * `X-MS-Exchange-Organization-…`, which it removes from what comes in, its own.
 *
 * @param trusted as of `transactionOf`
 */
export const passedMicrosoft = (message: RawMessage, hops: readonly Hop[], trusted: readonly string[]): boolean =>
  trusted.includes('microsoft') &&
  (borderOf(message, hops, trustedHosts(trusted))?.inside.some((hop) => microsoft.wrote(hop)) ?? false);

/** A filter or delivery agent on the same machine, or a host inside that goes by its private address. */
const isLocalWriter = ({ by }: Hop): boolean =>
  by === undefined || by === 'localhost' || (ipAddressOf(by) !== undefined && !isPublicAddress(by));

/** A message that was put together here, with the fields below as its author likes them: `from userid` is Postfix's. */
const isOrigin = (hop: Hop, { value }: HeaderField): boolean =>
  /^mapi\b/i.test(hop.with ?? '') || /\bfrom userid\b|\binvoked by\b/.test(value);

/** A hop that names no client: `(qmail 1 invoked from network)`, Gmail's `by 2002:a05:…`, delivery by LMTP (RFC 2033). */
const isLocalStep = (hop: Hop): boolean =>
  hop.ip === undefined && (/^LMTP/i.test(hop.with ?? '') || (hop.helo === undefined && isLocalWriter(hop)));
