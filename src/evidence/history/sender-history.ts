import { ask } from '../ask/ask.ts';
import { moved, ticksOfIso } from '../ask/moment.ts';
import type { Row } from '../ask/row.ts';
import { DMARC, SPF } from '../ask/words-in-kql.ts';
import type { SenderHistory, Sightings } from '../evidence.ts';
import type { EvidenceMeans } from '../means.ts';
import type { MessageFacts } from '../message-facts.ts';
import { networkOf } from './network.ts';

/** Mail of the sender's domain from before, a message once for each identity that it shares with this one. */
const HISTORY = `
let signed = EmailAuthentication
| where array_length(signers) > 0 and Timestamp >= oldest and Timestamp < at
| where Method == "DKIM" and Result == "pass" and Domain in (signers)
| project NetworkMessageId;
EmailEvents
| where Timestamp >= oldest and Timestamp < at and NetworkMessageId != id
| where SenderFromDomain =~ domain or SenderFromAddress =~ address
| extend Dmarc = ${DMARC}, IsOfDomain = isnotempty(domain) and SenderFromDomain =~ domain
| extend IsOfNetwork = (network has "." and ipv4_is_in_range(SenderIPv4, network))
    or (network has ":" and isnotempty(SenderIPv6) and ipv6_is_in_range(SenderIPv6, network))
| extend IsByHost = NetworkMessageId in (signed) or (IsOfNetwork and ${SPF} == "pass" and isnotempty(SenderMailFromDomain)
    and (SenderMailFromDomain =~ domain or SenderMailFromDomain endswith strcat(".", domain)
      or domain endswith strcat(".", SenderMailFromDomain)))
| extend Of = pack_array(
    iff(isnotempty(address) and SenderFromAddress =~ address, "address", ""),
    iff(IsOfDomain, "domain", ""),
    iff(IsOfDomain and (IsOfNetwork or NetworkMessageId in (signed)), "source", ""))
| mv-expand Of to typeof(string)
| where isnotempty(Of)
| summarize Messages = count_distinct(NetworkMessageId), First = min(Timestamp), Last = max(Timestamp),
    Passed = count_distinctif(NetworkMessageId, Dmarc == "pass"),
    PassedByHost = count_distinctif(NetworkMessageId, Dmarc == "pass" and IsByHost),
    Failed = count_distinctif(NetworkMessageId, Dmarc == "fail"),
    Delivered = count_distinctif(NetworkMessageId, DeliveryAction == "Delivered"),
    Recipients = count_distinct(tolower(RecipientEmailAddress)) by Of;
EmailEvents
| where Timestamp >= oldest and Timestamp < at and EmailDirection != "Inbound"
| where isnotempty(address) and RecipientEmailAddress =~ address and SenderFromAddress in~ (recipients)
| take 1
| project Timestamp`;

/**
 * What the store knows of the sender of a message from before it. The source is the same domain from the same network, or
 * with a signature by a domain that signed this message and passed.
 *
 * @param storeSince ISO 8601: when the store's mail begins
 */
export async function senderHistoryOf(
  message: MessageFacts,
  storeSince: string | undefined,
  means: EvidenceMeans,
): Promise<SenderHistory> {
  const at = ticksOfIso(message.at) ?? means.now;
  const network = networkOf(message.senderIp) ?? '';
  const signers = signersOf(message);
  const [seen = [], wrote = []] = await ask(
    HISTORY,
    {
      at,
      oldest: means.lookBack === undefined ? 0n : moved(at, -means.lookBack),
      id: message.networkMessageId,
      address: message.senderFromAddress,
      domain: message.senderFromDomain,
      network,
      signers,
      recipients: message.recipients.map((recipient) => recipient.address),
    },
    means,
  );
  const of = (kind: string): Row | undefined => seen.find((row) => row.text('Of') === kind);
  return {
    address: sightingsOf(message.senderFromAddress, of('address')),
    domain: sightingsOf(message.senderFromDomain, of('domain')),
    source: {
      ...sightingsOf(sourceWords(message.senderFromDomain, network, signers), of('source')),
      passedByHost: of('source')?.number('PassedByHost') ?? 0,
      delivered: of('source')?.number('Delivered') ?? 0,
    },
    wasWrittenTo: wrote.length > 0,
    storeSince,
  };
}

/** Domains whose signatures on the message passed. */
export const signersOf = ({ checks }: MessageFacts): readonly string[] => [
  ...new Set(checks.filter(({ method, result }) => method === 'DKIM' && result === 'pass').map(({ domain }) => domain)),
];

const sourceWords = (domain: string, network: string, signers: readonly string[]): string =>
  [domain, network && `from ${network}`, signers.length > 0 && `signed by ${signers.join(', ')}`]
    .filter(Boolean)
    .join(' ');

const sightingsOf = (identity: string, row: Row | undefined): Sightings => ({
  identity,
  messages: row?.number('Messages') ?? 0,
  first: row?.time('First'),
  last: row?.time('Last'),
  dmarcPass: row?.number('Passed') ?? 0,
  dmarcFail: row?.number('Failed') ?? 0,
  recipients: row?.number('Recipients') ?? 0,
});
