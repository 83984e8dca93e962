import { DMARC } from '../ask/words-in-kql.ts';
import type { MessageFacts } from '../message-facts.ts';
import { BODY_BITS, ENOUGH, points } from './kinship-points.ts';
import type { Traits } from './traits.ts';
import { FILE_SKELETON, URL_SHAPE } from './url-shape.ts';

/** Members that are told one by one. */
export const LISTED = 500;

const inWindow = 'where Timestamp between (start .. end) and NetworkMessageId != id';

/** A way in which kin are found: ids of messages, with points where a table says them. */
interface Way {
  readonly name: string;
  /** The column of its points; none where the rows of `EmailEvents` say it themselves. */
  readonly points?: string;
  readonly query: string;
  /** Whether the message has what it takes. One way less is a table less to go through. */
  isAsked(message: MessageFacts, traits: Traits): boolean;
}

const ways: readonly Way[] = [
  {
    name: 'bySubject',
    query: `EmailEvents | ${inWindow} and Subject in (subjects) | project NetworkMessageId`,
    isAsked: (_, { subjects }) => subjects.length > 0,
  },
  {
    name: 'bySender',
    query: `EmailEvents | ${inWindow} and SenderFromAddress =~ sender | project NetworkMessageId`,
    isAsked: (message) => message.senderFromAddress !== '' && isDoubted(message),
  },
  {
    name: 'byUrl',
    points: 'UrlPoints',
    query: `EmailUrlInfo | ${inWindow}
      | where Url in (urls) or (array_length(urlShapes) > 0 and UrlDomain in~ (urlDomains) and ${URL_SHAPE} in (urlShapes))
      | summarize UrlPoints = max(iff(Url in (urls), ${points.url}, ${points.urlShape})) by NetworkMessageId`,
    isAsked: (_, { urls, urlShapes }) => urls.length + urlShapes.length > 0,
  },
  {
    name: 'byFile',
    points: 'FilePoints',
    query: `EmailAttachmentInfo | ${inWindow}
      | where tolower(SHA256) in (files) or (array_length(fileNames) > 0 and ${FILE_SKELETON} in (fileNames))
      | summarize FilePoints = max(iff(tolower(SHA256) in (files), ${points.file}, ${points.fileName})) by NetworkMessageId`,
    isAsked: (_, { files, fileNames }) => files.length + fileNames.length > 0,
  },
  {
    name: 'byBody',
    points: 'BodyPoints',
    query: `EmailHeaders | ${inWindow} and isnotnull(BodyShape)
      | where bitset_count_ones(binary_xor(BodyShape, shape)) <= ${BODY_BITS}
      | summarize BodyPoints = ${points.body} by NetworkMessageId`,
    isAsked: ({ headers }) => headers?.bodyShape !== undefined,
  },
];

/** Whether the message did not prove its sender: then his address is the forger's choice, and says who else he wrote to. */
const isDoubted = ({ words }: MessageFacts): boolean => words.dmarc === 'fail' || words.compAuth === 'fail';

/**
 * The query for the kin of a message: first the ids of all that have something in common with it, each by the column that
 * says it; then what those have in all, in points. One result: a row of totals, and the nearest members. Undefined where
 * there is nothing to go by.
 */
export function campaignQuery(message: MessageFacts, traits: Traits): string | undefined {
  const asked = ways.filter((way) => way.isAsked(message, traits));
  if (asked.length === 0) return undefined;
  const withPoints = ways.filter((way) => way.points !== undefined);
  const pointed = (way: Way): string =>
    asked.includes(way)
      ? `| join kind=leftouter ${way.name} on NetworkMessageId | extend ${way.points} = coalesce(${way.points}, 0)`
      : `| extend ${way.points} = 0`;
  return `
${asked.map(({ name, query }) => `let ${name} = ${query};`).join('\n')}
let candidates = union ${asked.map(({ name }) => `(${name} | project NetworkMessageId)`).join(', ')} | distinct NetworkMessageId;
let passing = dynamic(["pass", "bestguesspass"]);
let passes = dmarc in (passing);
let doubted = ${isDoubted(message)};
let members = materialize(EmailEvents
| ${inWindow}
| where NetworkMessageId in (candidates)
| summarize At = min(Timestamp), Sender = take_any(SenderFromAddress), SenderDomain = take_any(SenderFromDomain),
    Subject = take_any(Subject), Direction = take_any(EmailDirection), Recipients = make_set(tolower(RecipientEmailAddress), 1000),
    IsDelivered = max(DeliveryAction == "Delivered"), Action = take_any(DeliveryAction),
    AuthenticationDetails = take_any(AuthenticationDetails),
    IsItself = max(isnotempty(InternetMessageId) and InternetMessageId in (messageIds) and RecipientEmailAddress in~ (recipients)),
    IsFromSource = max((source has "." and ipv4_is_in_range(SenderIPv4, source))
      or (source has ":" and isnotempty(SenderIPv6) and ipv6_is_in_range(SenderIPv6, source))
      or (isnotempty(sourceDomain) and SenderMailFromDomain =~ sourceDomain)) by NetworkMessageId
| where Direction == direction or direction == "Outbound" or Direction != "Outbound"
| where not(IsItself)
| where Sender =~ sender or Sender !in~ (recipients)
| extend Dmarc = ${DMARC}
// What stays inside is not checked: that it did not pass says nothing
| extend IsUnproved = Dmarc !in (passing) and (isnotempty(Dmarc) or Direction == direction)
| extend IsSender = Sender =~ sender and isnotempty(sender), IsSubject = Subject in (subjects)
${withPoints.map(pointed).join('\n')}
| extend Points = UrlPoints + FilePoints + BodyPoints
    + iff(IsSubject, subjectPoints, 0)
    + iff(IsSender and doubted and IsUnproved, ${points.sender}, 0)
    + iff(IsFromSource and doubted and IsUnproved, ${points.source}, 0)
    + iff(dmarc == "fail" and Dmarc == "fail", ${points.bothFail}, 0)
    + iff((passes and Dmarc == "fail") or (dmarc == "fail" and Dmarc in (passing)), ${points.differ}, 0)
    + iff(passes and Dmarc in (passing) and SenderDomain !~ senderDomain, ${points.strangers}, 0)
| where Points >= ${ENOUGH});
union
(members | summarize Messages = count(), Delivered = countif(IsDelivered), First = min(At), Last = max(At)),
(members | mv-expand One = Recipients to typeof(string) | summarize RecipientsInAll = count_distinct(One), Shared = count_distinctif(One, One in~ (recipients))),
(members
  | extend Distance = abs(At - at)
  | order by Points desc, Distance asc, NetworkMessageId asc
  | take ${LISTED}
  | project NetworkMessageId, At, Distance, Points, Sender, Subject, Recipients = array_length(Recipients), IsDelivered, Action,
      Dmarc, IsSender, IsSubject, IsFromSource, UrlPoints, FilePoints, BodyPoints)
| order by Points desc, Distance asc, NetworkMessageId asc`;
}
