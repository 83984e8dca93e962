import { ask } from '../ask/ask.ts';
import { DAY, earlierOf, moved, ticksOfIso } from '../ask/moment.ts';
import type { Row } from '../ask/row.ts';
import type { Campaign, CampaignMember, Kinship } from '../evidence.ts';
import { hostNetworkOf } from '../history/network.ts';
import type { EvidenceMeans } from '../means.ts';
import type { MessageFacts } from '../message-facts.ts';
import { messageIdForms } from '../text/message-id.ts';
import { campaignQuery } from './campaign-query.ts';
import { points } from './kinship-points.ts';
import { addressesOf, asked, type Traits, traitsOf, type Window } from './traits.ts';

/** Days before and after a message in which its kin are looked for. */
const DAYS = 14;

/** Which messages belong together with this one, by {@link points}; replies of its recipients do not. */
export async function campaignOf(message: MessageFacts, means: EvidenceMeans): Promise<Campaign> {
  const at = ticksOfIso(message.at) ?? means.now;
  const window = {
    id: message.networkMessageId,
    start: moved(at, -DAYS * DAY),
    end: earlierOf(moved(at, DAYS * DAY), means.now),
  };
  const traits = await traitsOf(message, window, means);
  const query = campaignQuery(message, traits);
  const [rows = []] = query === undefined ? [] : await ask(query, valuesOf(message, traits, window), means);
  const total = rows.find((row) => row.number('Messages') !== undefined);
  const reached = rows.find((row) => row.number('RecipientsInAll') !== undefined);
  const [recipients = 0, shared = 0] = [reached?.number('RecipientsInAll'), reached?.number('Shared')];
  return {
    members: rows.filter((row) => row.text('NetworkMessageId') !== '').map(memberOf),
    count: total?.number('Messages') ?? 0,
    recipients,
    people: recipients + new Set(addressesOf(message).map((one) => one.toLowerCase())).size - shared,
    delivered: total?.number('Delivered') ?? 0,
    first: total?.time('First'),
    last: total?.time('Last'),
  };
}

const valuesOf = (message: MessageFacts, traits: Traits, window: Window) => ({
  ...asked(window),
  subjects: traits.subjects,
  subjectPoints: traits.isTellingSubject ? points.subject : points.shortSubject,
  urls: traits.urls,
  urlShapes: traits.urlShapes,
  urlDomains: message.urls.map(({ domain }) => domain),
  files: traits.files,
  fileNames: traits.fileNames,
  // No body is like one that is not there.
  shape: message.headers?.bodyShape ?? -1,
  sender: message.senderFromAddress,
  senderDomain: message.senderFromDomain,
  source: hostNetworkOf(message.senderIp) ?? '',
  sourceDomain: message.senderMailFromDomain,
  dmarc: message.words.dmarc,
  at: ticksOfIso(message.at) ?? 0n,
  recipients: addressesOf(message),
  messageIds: messageIdForms(message.internetMessageId),
  direction: message.direction,
});

const kinships: readonly (readonly [Kinship, (row: Row) => boolean | undefined])[] = [
  ['sender', (row) => row.flag('IsSender')],
  ['subject', (row) => row.flag('IsSubject')],
  ['url', (row) => (row.number('UrlPoints') ?? 0) > 0],
  ['attachment', (row) => (row.number('FilePoints') ?? 0) > 0],
  ['body', (row) => (row.number('BodyPoints') ?? 0) > 0],
  ['source', (row) => row.flag('IsFromSource')],
];

const memberOf = (row: Row): CampaignMember => ({
  networkMessageId: row.text('NetworkMessageId'),
  at: row.text('At'),
  senderFromAddress: row.text('Sender'),
  subject: row.text('Subject'),
  recipients: row.number('Recipients') ?? 0,
  deliveryAction: row.flag('IsDelivered') === true ? 'Delivered' : row.text('Action'),
  dmarc: row.text('Dmarc'),
  kinships: kinships.filter(([, holds]) => holds(row) === true).map(([kinship]) => kinship),
});
