import type { Handling } from './acquaintance.ts';
import { isSameOrg, orgOf } from './domains.ts';
import { daysBetween, isNewTo, isStoreOld, isUnproved } from './history.ts';
import { platforms } from './platforms.ts';
import { clientQuery, handlingQuery, headersQuery } from './queries.ts';
import type { Scene } from './scene.ts';
import type { SignalRow } from './signal.ts';

/** A carrier is known by so many messages of so many other authors, the first of them so many days ago. */
const known = { messages: 3, authors: 2, days: 5 };

/** A forwarder that breaks every proof is known by whom it brings, and for how long. */
const broken = { authors: 3, days: 14 };

/** Who hands over mail of several others, of which some passed: forgers' servers have nobody whose mail survives. */
export function knownCarrier({ acquaintance: { carrier }, message }: Scene): string | undefined {
  if (carrier === undefined || carrier.passed === 0) return undefined;
  const isKnown =
    carrier.messages >= known.messages &&
    carrier.authorDomains >= known.authors &&
    daysBetween(carrier.first, message.at) >= known.days;
  return isKnown ? `${carrier.messages} messages of ${carrier.authorDomains} other domains` : undefined;
}

const isNewCarrier = ({ acquaintance: { carrier }, message }: Scene): boolean =>
  carrier !== undefined && isNewTo(message.at, carrier.first);

const isTemporary = ({ dmarc }: Scene): boolean => dmarc.word === 'temperror';
const SRS = /^srs[01][=+-]/i;
const isSrsOf = ({ message, authorOrg }: Scene): boolean =>
  SRS.test(message.senderMailFromAddress) && message.senderMailFromAddress.toLowerCase().includes(`=${authorOrg}=`);

/** A way in for devices of the receiver's own: a connector that is used from elsewhere all at once lets more in than it should. */
const isOwnWay = ({ connector, connectorForOthers, connectorFromHere = 0, connectorFromElsewhere = 0 }: Handling) =>
  connector !== '' && connectorForOthers === 0 && !(connectorFromElsewhere > 0 && connectorFromHere === 0);

/** Who handed the message over: lists, forwarders, platforms. What only the header says of them, anybody can write. */
export const carrierRows: readonly SignalRow[] = (
  [
    {
      name: 'carrier-known-by-address',
      forgeable: 'client',
      about: `Nothing passed for anybody, and the client has sent on ${known.messages} and more messages of ${known.authors} and more other domains, some of which passed.`,
      see: (scene) => {
        const carried =
          isUnproved(scene) && !isTemporary(scene) && scene.foreign.length === 0 ? knownCarrier(scene) : undefined;
        return carried && `${scene.clientIp} has brought ${carried} before, and some passed: it sends mail on.`;
      },
      query: clientQuery,
    },
    {
      name: 'carrier-known-by-domain',
      forgeable: 'client',
      about: 'What passed is another organization’s, which has brought passing mail of several other domains before.',
      see: (scene) => {
        const carried =
          isUnproved(scene) && !isTemporary(scene) && scene.foreign.length > 0 ? knownCarrier(scene) : undefined;
        return (
          carried && `${scene.foreign.join(' and ')} has brought ${carried} before, and some passed for their authors.`
        );
      },
      query: clientQuery,
    },
    {
      name: 'carrier-known-in-temperror',
      forgeable: 'client',
      about: 'DMARC ended in a temporary error, and whoever handed the message over sends on mail of others.',
      see: (scene) => {
        const carried = isUnproved(scene) && isTemporary(scene) ? knownCarrier(scene) : undefined;
        return (
          carried &&
          `${scene.clientIp} has brought ${carried} before: this may be honest mail whose proof could not be looked up.`
        );
      },
      query: clientQuery,
    },
    {
      name: 'carrier-brings-correspondent',
      forgeable: 'client',
      about: `Nothing passed; a recipient has written to this address, whose mail passes when it comes straight; and the client has brought mail of ${broken.authors} and more other domains over at least ${broken.days} days.`,
      see: (scene) => {
        const { carrier } = scene.acquaintance;
        const { wasWrittenTo, address } = scene.evidence.history;
        if (!isUnproved(scene) || isTemporary(scene) || scene.foreign.length > 0) return undefined;
        if (carrier === undefined || !wasWrittenTo || address.dmarcPass === 0) return undefined;
        return carrier.authorDomains >= broken.authors && daysBetween(carrier.first, scene.message.at) >= broken.days
          ? `${scene.message.senderFromAddress} corresponds with a recipient, and ${scene.clientIp} has brought mail of ${carrier.authorDomains} other domains since ${carrier.first?.slice(0, 10)}: a forwarder breaks proofs so.`
          : undefined;
      },
      query: clientQuery,
    },
    {
      name: 'carrier-never-seen',
      forgeable: 'nobody',
      about: 'What passed is another organization’s, and the store never saw it bring anything.',
      see: (scene) =>
        isUnproved(scene) && isStoreOld(scene) && scene.foreign.length > 0 && isNewCarrier(scene)
          ? `${scene.foreign.join(' and ')} never brought mail of anybody here before.`
          : undefined,
      query: clientQuery,
    },
    {
      name: 'trusted-host',
      forgeable: 'client',
      about: 'SPF or DKIM shows that the host of a trusted ARC sealer handed the message over.',
      see: (scene) =>
        isUnproved(scene) && scene.trustedHost !== undefined
          ? `${scene.trustedHost}, whose seals you trust, handed the message over.`
          : undefined,
    },
    {
      name: 'known-platform',
      forgeable: 'client',
      about: 'What passed is that of a platform that is known to send for many. Anybody can be its customer.',
      see: (scene) => {
        const platform = isUnproved(scene) ? scene.foreign.find((org) => platforms.has(org)) : undefined;
        return platform && `${platform} is ${platforms.get(platform)}, which sends for many.`;
      },
    },
    {
      name: 'srs-and-signature',
      // A replay may wear such an envelope as well.
      forgeable: 'sender',
      about: 'The envelope is rewritten by a forwarder (SRS), and the author’s signature verifies.',
      see: (scene) =>
        scene.dmarc.word === 'pass' && scene.aligned.includes('DKIM') && isSrsOf(scene)
          ? `${scene.envelope} rewrote the envelope (SRS), and the signature of ${scene.author} still verifies.`
          : undefined,
    },
    {
      name: 'srs-envelope',
      forgeable: 'sender',
      about: 'The envelope looks as if a forwarder had rewritten it (SRS). Anybody can write such an envelope.',
      see: (scene) =>
        isUnproved(scene) && isSrsOf(scene)
          ? `The envelope ${scene.message.senderMailFromAddress} has the form of a forwarder’s.`
          : undefined,
    },
    {
      name: 'list-headers',
      forgeable: 'sender',
      about: 'The header names a mailing list (List-Id, List-Post, Precedence: list). Anybody can write that.',
      see: ({ message: { headers } }) =>
        headers !== undefined && (headers.listId || headers.listPost || /^list$/i.test(headers.precedence.trim()))
          ? `The header says that it is of the list ${headers.listId || headers.listPost || '(without a name)'}.`
          : undefined,
      query: headersQuery,
    },
    {
      name: 'bulk-headers',
      forgeable: 'sender',
      about: 'The header says that it is mass mail (List-Unsubscribe, Precedence: bulk). Anybody can write that.',
      see: ({ message: { headers } }) =>
        headers !== undefined && (headers.listUnsubscribe || /^bulk$/i.test(headers.precedence.trim()))
          ? 'The header says that it is mass mail.'
          : undefined,
      query: headersQuery,
    },
    {
      name: 'signed-by-carrier',
      forgeable: 'sender',
      about:
        'The organization that handed the message over signs it for itself, as platforms do. Anybody can sign for himself.',
      see: (scene) =>
        isUnproved(scene) &&
        scene.dkim.some(({ word, domain }) => word === 'pass' && scene.foreign.includes(orgOf(domain)))
          ? `${scene.foreign.join(' and ')} signed it for itself.`
          : undefined,
    },
    {
      name: 'hops-show-a-forwarder',
      forgeable: 'sender',
      about:
        'A Received field below the receiver’s says that a host of the author handed the message to whoever brought it.',
      see: (scene) =>
        (scene.message.headers?.hops.slice(1, 30) ?? []).some(
          ({ helo, by }) =>
            typeof helo === 'string' &&
            typeof by === 'string' &&
            isSameOrg(helo, scene.author) &&
            !isSameOrg(by, scene.author),
        )
          ? `Received fields, which anybody can write, say that a host of ${scene.authorOrg} gave it to another.`
          : undefined,
      query: headersQuery,
    },
    {
      name: 'other-sealer-vouches',
      forgeable: 'sender',
      about: 'An ARC chain holds, and its sealer is nobody whom the receiver trusts. Anybody can seal what he likes.',
      see: ({ arc, message }) =>
        arc?.result === 'pass' && message.words.reason !== '130'
          ? `${arc.domain} sealed the message (ARC); you do not trust that sealer.`
          : undefined,
    },
    {
      name: 'own-connector',
      forgeable: 'nobody',
      about:
        'The message came by a connector of the receiver that brings mail in its own name alone; not where the author’s mailbox writes from inside, nor where the connector’s mail came from another network.',
      see: ({ acquaintance: { handling, fromInside = 0 }, isOwn }) =>
        isOwn && handling !== undefined && fromInside === 0 && isOwnWay(handling)
          ? `It came by your connector “${handling.connector}”, which brings your own mail alone.`
          : undefined,
      query: handlingQuery,
    },
    {
      name: 'replayed-under-strange-envelope',
      forgeable: 'nobody',
      about:
        'DMARC passes by a signature alone; the envelope is a stranger’s, and the very same content came several times.',
      see: (scene) =>
        scene.dmarc.word === 'pass' &&
        !isSameOrg(scene.envelope, scene.author) &&
        isNewCarrier(scene) &&
        scene.acquaintance.copies >= 2
          ? `The very same signed message came ${scene.acquaintance.copies + 1} times under the envelope of ${scene.envelope}, which never sent here.`
          : undefined,
    },
  ] satisfies readonly Omit<SignalRow, 'family'>[]
).map((row) => ({ ...row, family: 'carrier' as const }));
