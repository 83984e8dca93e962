import { wordsOfDetails } from '../../mail/index.ts';
import type { MailItem } from '../mail-item.ts';
import { arrivalOf, claimsOfCarrier, isPassedOn } from '../reputation/arrival-of.ts';
import { OTHERS_STAMPS, OWN_STAMP } from './message-headers.ts';
import {
  type AnsweredChecks,
  answeredChecks,
  type PackedChecks,
  type StoredChecks,
  storedCarriers,
  storedChecks,
  storedSealer,
  storedStamp,
  storedVerdict,
} from './stored-checks.ts';
import { columnOf, type StoredHeader, valuesOf } from './stored-headers.ts';
import type { StoredMeans } from './stored-items.ts';

/** A message as the query of stored-items.ts gives it. Exports bring no Checks and no header. */
export interface StoredRow {
  readonly NetworkMessageId: string;
  readonly Timestamp: string;
  readonly Recipients: readonly string[];
  readonly SenderFromAddress: string;
  readonly SenderFromDomain: string;
  readonly SenderMailFromAddress: string;
  readonly SenderMailFromDomain: string;
  readonly Ip: string;
  readonly Subject: string;
  readonly AuthenticationDetails: string;
  readonly To: unknown;
  readonly Cc: unknown;
  readonly EmailSize: number | string | null;
  readonly ConfidenceLevel: string;
  readonly FirstContact: number | string | null;
  readonly DeliveryAction: string;
  readonly DeliveryLocation: string;
  readonly Checks: PackedChecks | null;
  readonly VerdictSource: string | null;
  readonly ClientIP: string | null;
  readonly ClientKnown: string | null;
  readonly Helo: string | null;
  readonly FromDomains: readonly string[] | null;
  readonly HeaderNames: string | null;
  readonly [header: string]: unknown;
}

/** A message of the store: how it stands in a policy, and what became of it. */
export interface StoredMail {
  readonly item: MailItem;
  /** True where the tables hold less of its authors or of To and Cc than the message. */
  readonly isPartial: boolean;
  /** A sealer who saw it pass, trusted or not. */
  readonly sealer: string | undefined;
  /** Whether the address of the client is one that the receiver itself saw. */
  readonly isClientSure: boolean;
  readonly deliveryAction: string;
  readonly deliveryLocation: string;
}

/** Addresses of To and of Cc that a row lists at most. */
const LISTED = 100;

/**
 * A message of the store as a policy sees it; what the tables do not hold is not known.
 *
 * @param kql what its rows answer to KQL predicates
 */
export function storedMail(
  row: StoredRow,
  {
    acceptedDomains,
    trustedSealers,
    reputation,
  }: Pick<StoredMeans, 'acceptedDomains' | 'trustedSealers' | 'reputation'>,
  kql: MailItem['kql'],
): StoredMail {
  const words = wordsOf(row.AuthenticationDetails);
  const clientIp = row.ClientIP || row.Ip;
  const found = storedChecks(row.Checks, { source: row.VerdictSource ?? '', words, clientIp });
  const at = Date.parse(row.Timestamp);
  const authors = authorsOf(row);
  const domains = authors.map(({ domain }) => domain);
  const carriers = storedCarriers(found, domains);
  const mailFrom = row.SenderMailFromDomain === '<>' ? '' : row.SenderMailFromAddress || undefined;
  const isClientSure = row.ClientKnown !== 'assumed' && clientIp !== '';
  const [to, cc] = [textsOf(row.To), textsOf(row.Cc)];
  const arrival = arrivalOf({
    at,
    authorDomain: row.SenderFromDomain,
    words,
    passed: carriers,
    mailFromDomain: row.SenderMailFromDomain,
    clientIp: isClientSure ? clientIp : undefined,
    isPassedOn: isPassedOn(row.Recipients, to && [...to, ...(cc ?? [])]),
  });
  const header = headerOf(row);
  const standing = reputation.standing({
    ...arrival,
    ...claimsOfCarrier(header.textOf('list-id') ?? '', mailFrom ?? ''),
  });
  reputation.note(arrival);
  const headersIn = (checks: StoredChecks) => (name: string) =>
    headersOf(name.toLowerCase(), header, () => storedStamp(checks, row.AuthenticationDetails));
  const item: MailItem = {
    id: row.NetworkMessageId,
    at,
    client: { ip: clientIp || undefined, helo: row.Helo || undefined, isAuthenticated: false },
    mailFrom,
    recipients: row.Recipients,
    authors,
    to,
    cc,
    subject: row.Subject,
    size: row.EmailSize === null ? undefined : Number(row.EmailSize),
    headers: headersIn(found),
    body: () => undefined,
    scl: sclOf(row.ConfidenceLevel, found.source === ''),
    verdict: storedVerdict(found),
    carriers,
    evidence: {
      ...standing,
      trustedSealer: storedSealer(found, trustedSealers),
      isFirstContact: row.FirstContact === null ? undefined : Number(row.FirstContact) !== 0,
    },
    acceptedDomains,
    kql,
  };
  const answered = answeredChecks(found, trustedSealers);
  const from = header.textOf('from') ?? '';
  const isPartial =
    domains.length > 1 ||
    from.indexOf('@') !== from.lastIndexOf('@') ||
    [to, cc].some((list) => list !== undefined && list.length >= LISTED);
  return {
    item: answered === undefined ? item : { ...item, ifAnswered: answeredItem(item, answered, headersIn) },
    isPartial,
    sealer: storedSealer(found, 'anybody'),
    isClientSure,
    deliveryAction: row.DeliveryAction,
    deliveryLocation: row.DeliveryLocation,
  };
}

const answeredItem = (
  item: MailItem,
  { found, sealers, trustedSealer }: AnsweredChecks,
  headersIn: (checks: StoredChecks) => MailItem['headers'],
): MailItem => ({
  ...item,
  headers: headersIn(found),
  verdict: { ...storedVerdict(found), sealers },
  evidence: { ...item.evidence, trustedSealer },
});

type Words = ReturnType<typeof wordsOfDetails>;

/** Most mail has one of few texts. */
const known = new Map<string, Words>();
const KNOWN = 5000;

function wordsOf(details: string): Words {
  const found = known.get(details);
  if (found !== undefined) return found;
  if (known.size >= KNOWN) known.clear();
  const words = wordsOfDetails(details);
  known.set(details, words);
  return words;
}

function authorsOf({
  SenderFromAddress: address,
  SenderFromDomain: domain,
  FromDomains,
}: StoredRow): MailItem['authors'] {
  const own = domain.toLowerCase();
  const others = (FromDomains ?? []).filter((name) => name !== own);
  return [
    ...(own === '' && address === '' ? [] : [{ address, domain: own }]),
    ...others.map((name) => ({ address: '', domain: name })),
  ];
}

/** A value of a dynamic column, which some exports have as text; undefined where there is none. */
function textsOf(value: unknown): readonly string[] | undefined {
  const list = typeof value === 'string' ? parsed(value) : value;
  return Array.isArray(list) ? list.map(String) : undefined;
}

function parsed(text: string): unknown {
  if (!text.startsWith('[')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // What is no list says nothing.
    return undefined;
  }
}

const headerOf = (row: StoredRow): StoredHeader => ({
  names: row.HeaderNames ?? '',
  textOf: (name) => {
    if (name === 'subject') return row.Subject;
    const column = columnOf(name);
    return column === undefined || row.HeaderNames === null ? undefined : String(row[column] ?? '');
  },
});

function headersOf(name: string, header: StoredHeader, stamp: () => string | undefined): readonly string[] | undefined {
  if (name === OWN_STAMP) {
    const own = stamp();
    return own === undefined ? undefined : [own];
  }
  // The message's own stamps stand there, whose texts the tables do not hold.
  if (name === OTHERS_STAMPS) return valuesOf(header, OWN_STAMP)?.length === 0 ? valuesOf(header, name) : undefined;
  return valuesOf(header, name);
}

/** The spam confidence level stands in ConfidenceLevel as `{"Spam":"5"}`. An export without one does not tell it. */
function sclOf(confidence: string, isExport: boolean): number | 'none' | undefined {
  const level = /"Spam"\s*:\s*"?(-?\d)"?/.exec(confidence)?.[1];
  if (level !== undefined) return Number(level);
  return isExport ? undefined : 'none';
}
