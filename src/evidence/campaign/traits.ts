import { type Asked, ask } from '../ask/ask.ts';
import { DMARC } from '../ask/words-in-kql.ts';
import type { EvidenceMeans } from '../means.ts';
import type { MessageFacts, UrlFacts } from '../message-facts.ts';
import { COMMON_LINK } from './kinship-points.ts';
import { isTelling, needlesOf, skeletonOf } from './subject-skeleton.ts';
import { fileSkeletonOf, URL_SHAPE, urlShapeOf } from './url-shape.ts';

/** By what kin of a message are looked for. */
export interface Traits {
  /** Subjects of the store that have this one's skeleton. */
  readonly subjects: readonly string[];
  readonly isTellingSubject: boolean;
  readonly urls: readonly string[];
  readonly urlShapes: readonly string[];
  /** SHA-256 in lower case. */
  readonly files: readonly string[];
  readonly fileNames: readonly string[];
}

/** From when to when, and which message is left out. */
export interface Window {
  readonly start: bigint;
  readonly end: bigint;
  readonly id: string;
}

/** Subjects that are compared, URLs that are looked for, and characters of a subject that is. */
const MOST = { subjects: 5000, found: 1000, urls: 100, length: 1000 };

/** Reads what kin have to have: subjects of the same skeleton, and links that are not everybody's. */
export async function traitsOf(message: MessageFacts, window: Window, means: EvidenceMeans): Promise<Traits> {
  const [subject, urls] = await Promise.all([kinSubjects(message, window, means), ownLinks(message, window, means)]);
  const files = message.attachments.filter(({ fileType }) => !PICTURE.test(fileType));
  return {
    ...subject,
    ...urls,
    files: [...new Set(files.map(({ sha256 }) => sha256).filter(Boolean))],
    fileNames: [...new Set(files.flatMap(({ fileName }) => fileSkeletonOf(fileName) ?? []))],
  };
}

const PICTURE = /^(?:png|jpe?g|gif|bmp|webp|ico|tiff?)(?:;|$)|^image/i;

async function kinSubjects(
  message: MessageFacts,
  window: Window,
  means: EvidenceMeans,
): Promise<Pick<Traits, 'subjects' | 'isTellingSubject'>> {
  const skeleton = skeletonOf(message.subject, addressesOf(message));
  const needles = needlesOf(skeleton);
  if (needles.length === 0) return { subjects: [], isTellingSubject: false };
  const [rows = []] = await ask(
    `EmailEvents
    | where Timestamp between (start .. end) and NetworkMessageId != id and strlen(Subject) <= ${MOST.length}
    | where ${needles.map((_, i) => `Subject contains needle${i}`).join(' and ')}
    | summarize Count = count(), One = take_any(RecipientEmailAddress), Two = max(RecipientEmailAddress) by Subject
    | top ${MOST.subjects} by Count`,
    { ...asked(window), ...Object.fromEntries(needles.map((needle, i) => [`needle${i}`, needle])) },
    means,
  );
  const kin = rows.filter(
    (row) => skeletonOf(row.text('Subject'), [row.text('One'), row.text('Two')]).text === skeleton.text,
  );
  const subjects = kin.slice(0, MOST.found).map((row) => row.text('Subject'));
  return { subjects, isTellingSubject: isTelling(skeleton) };
}

export const addressesOf = ({ recipients }: MessageFacts): readonly string[] =>
  recipients.map(({ address }) => address);

export const asked = ({ start, end, id }: Window): Record<string, Asked> => ({ start, end, id });

/** Where a link may be one of this message: those of list headers are there for the list. */
const isOfBody = ({ location }: UrlFacts): boolean => location !== 'Header';

async function ownLinks(
  message: MessageFacts,
  window: Window,
  means: EvidenceMeans,
): Promise<Pick<Traits, 'urls' | 'urlShapes'>> {
  const links = message.urls.filter(isOfBody).slice(0, MOST.urls);
  // The page of a domain itself is in every signature; what is below it is somebody's.
  const urls = links.flatMap(({ url, domain }) =>
    urlShapeOf(url, domain) === undefined && domain === message.senderFromDomain ? [] : url,
  );
  const shapes = links.flatMap(({ url, domain }) => urlShapeOf(url, domain) ?? []);
  if (urls.length === 0 && shapes.length === 0) return { urls: [], urlShapes: [] };
  const [rows = []] = await ask(
    `let linked = EmailUrlInfo
    | where Timestamp between (start .. end) and UrlDomain in~ (domains) and NetworkMessageId != id
    | extend Shape = ${URL_SHAPE}
    | where Url in (urls) or Shape in (shapes);
    linked
    | join kind=inner (EmailEvents
      | where Timestamp between (start .. end) and SenderFromDomain !~ domain
      | where ${DMARC} == "pass"
      | distinct NetworkMessageId, Domain = tolower(SenderFromDomain)) on NetworkMessageId
    | mv-expand Link = pack_array(Url, Shape) to typeof(string)
    | summarize Senders = count_distinct(Domain) by Link
    | where Senders >= ${COMMON_LINK}`,
    {
      ...asked(window),
      urls,
      shapes,
      domains: [...new Set(links.map(({ domain }) => domain))],
      domain: message.senderFromDomain,
    },
    means,
  );
  const common = new Set(rows.map((row) => row.text('Link')));
  return {
    urls: [...new Set(urls)].filter((url) => !common.has(url)),
    urlShapes: [...new Set(shapes)].filter((shape) => !common.has(shape)),
  };
}
