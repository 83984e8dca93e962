import {
  type ArcSet,
  awaitedSealer,
  isLiftedBySeal,
  type MethodResult,
  type VerdictWords,
  vouchingSealer,
  writeMicrosoftResults,
} from '../../mail/index.ts';
import type { ItemVerdict } from '../mail-item.ts';
import { organizationOf } from '../reputation/organization.ts';
import { LIFTED, sealersOf, verdictOfWords } from './verdict-of.ts';

/** Rows of EmailAuthentication of one message that are read. */
export const MOST_CHECKS = 60;

/** Rows of EmailAuthentication as the query of stored-items.ts packs them: {@link CELLS} cells each, one after the other. */
export type PackedChecks = readonly (string | number | boolean)[];

interface Check {
  readonly method: string;
  readonly ordinal: number;
  readonly result: string;
  readonly reason: string;
  readonly reasonCode: string;
  readonly domain: string;
  readonly identity: string;
  readonly selector: string;
  readonly isAligned: boolean;
  readonly policy: string;
  readonly action: string;
  /** JSON: of a stamp its properties, of ARC the sets; else empty. */
  readonly details: string;
}

/** Columns of a check, in the order of the query. */
export const CELLS = 12;

/** The checks in a list of cells. Written out: there are millions. */
function checksIn(cells: PackedChecks): readonly Check[] {
  const found: Check[] = [];
  for (let at = 0; at + CELLS <= cells.length; at += CELLS) {
    found.push({
      method: cells[at] as string,
      ordinal: cells[at + 1] as number,
      result: cells[at + 2] as string,
      reason: cells[at + 3] as string,
      reasonCode: cells[at + 4] as string,
      domain: cells[at + 5] as string,
      identity: cells[at + 6] as string,
      selector: cells[at + 7] as string,
      isAligned: cells[at + 8] as boolean,
      policy: cells[at + 9] as string,
      action: cells[at + 10] as string,
      details: cells[at + 11] as string,
    });
  }
  return found.length > 1 ? found.sort((one, other) => one.ordinal - other.ordinal) : found;
}

/** What the store knows of the checks of one message. */
export interface StoredChecks {
  /** As EmailAuthentication says who checked: `verified`, `received`; empty where there is no row. */
  readonly source: string;
  readonly words: VerdictWords;
  readonly checks: readonly Check[];
  /** The client's address when it was checked. */
  readonly clientIp: string;
}

/** The checks of a message as the store has them, by method and number. */
export const storedChecks = (packed: PackedChecks | null, around: Omit<StoredChecks, 'checks'>): StoredChecks => ({
  ...around,
  checks: checksIn(packed ?? []),
});

const oneOf = ({ checks }: StoredChecks, method: string): Check | undefined =>
  checks.find((one) => one.method === method);

const ofMethod = ({ checks }: StoredChecks, method: string): readonly Check[] =>
  checks.filter((one) => one.method === method);

/** The verdict that a policy sees. By words alone where nobody here checked: an export, or a receiver's stamp. */
export function storedVerdict(found: StoredChecks): ItemVerdict {
  const { source, words } = found;
  const dkim = ofMethod(found, 'DKIM').map(({ result }) => result);
  const arc = oneOf(found, 'ARC');
  if (source !== 'verified') return { ...verdictOfWords(words, dkim), arc: arc?.result };
  const spf = oneOf(found, 'SPF');
  const author = judgedAuthor(found);
  return {
    spf: spf?.result ?? words.spf,
    dkim,
    dmarc: words.dmarc ?? author?.result,
    policy: policyOf(author),
    aligned: [
      ...(spf?.isAligned === true ? (['spf'] as const) : []),
      ...(ofMethod(found, 'DKIM').some(({ isAligned }) => isAligned) ? (['dkim'] as const) : []),
    ],
    compauth: words.compauth,
    reason: words.reason,
    arc: arc?.result,
    sealers: arc?.result === 'pass' ? sealersOf({ sets: setsOf(arc) }) : [],
  };
}

/** Of several author domains the one that the verdict is about: CompAuth names it. */
function judgedAuthor(found: StoredChecks): Check | undefined {
  const composite = oneOf(found, 'CompAuth');
  const authors = ofMethod(found, 'DMARC');
  return authors.find(({ domain }) => domain === composite?.domain) ?? authors[0];
}

const policies = ['none', 'quarantine', 'reject'] as const;

const policyOf = (author: Check | undefined): ItemVerdict['policy'] =>
  author && (policies.find((one) => one === author.policy) ?? (author.result === 'temperror' ? 'unknown' : 'none'));

function setsOf({ details }: Check): readonly ArcSet[] {
  const { sets = [] } = JSON.parse(details || '{}') as { readonly sets?: readonly ArcSet[] };
  return sets;
}

/**
 * The sealer who saw the message pass, of those that are trusted; as for a message that is judged now.
 *
 * @param trusted domains of sealers; `anybody` asks who would vouch were all of its sealers trusted
 */
export function storedSealer(found: StoredChecks, trusted: readonly string[] | 'anybody'): string | undefined {
  const arc = oneOf(found, 'ARC');
  const author = onlyAuthor(found);
  if (arc?.result !== 'pass' || author === undefined) return undefined;
  const sets = setsOf(arc);
  const names = trusted === 'anybody' ? sets.map(({ sealer }) => sealer) : trusted;
  return vouchingSealer({ result: 'pass', reason: arc.reason, sets }, author, names);
}

/** The author domain where there is one, and it was judged here. */
function onlyAuthor(found: StoredChecks): string | undefined {
  const [author, ...more] = found.source === 'verified' ? ofMethod(found, 'DMARC') : [];
  return more.length === 0 ? author?.domain : undefined;
}

/** What a message proves were the keys of its ARC chain there, see {@link MailItem.ifAnswered}. */
export interface AnsweredChecks {
  /** With the composite verdict that rests on the seals. */
  readonly found: StoredChecks;
  readonly sealers: readonly string[];
  readonly trustedSealer: string | undefined;
}

/** That, of a chain for which DNS gave no answer when the message was checked; undefined of others. */
export function answeredChecks(found: StoredChecks, trusted: readonly string[]): AnsweredChecks | undefined {
  const row = oneOf(found, 'ARC');
  if (found.source !== 'verified' || row?.result !== 'temperror') return undefined;
  const arc = { result: 'temperror' as const, reason: row.reason, sets: setsOf(row) };
  const author = onlyAuthor(found);
  const trustedSealer = author === undefined ? undefined : awaitedSealer(arc, author, trusted);
  return { found: trustedSealer === undefined ? found : lifted(found), sealers: sealersOf(arc), trustedSealer };
}

function lifted(found: StoredChecks): StoredChecks {
  if (!isLiftedBySeal(found.words.reason ?? '')) return found;
  const checks = found.checks.map((check) =>
    check.method === 'CompAuth' ? { ...check, result: LIFTED.compauth, reasonCode: LIFTED.reason } : check,
  );
  return { ...found, words: { ...found.words, ...LIFTED }, checks };
}

/** Other organizations than the authors' for which SPF or DKIM passed when the message was checked here. */
export function storedCarriers(found: StoredChecks, authorDomains: readonly string[]): readonly string[] {
  if (found.source !== 'verified') return [];
  const passed = found.checks.filter(
    ({ method, result }) => result === 'pass' && (method === 'SPF' || method === 'DKIM'),
  );
  if (passed.length === 0) return [];
  const own = new Set(authorDomains.map(organizationOf));
  return [...new Set(passed.map(({ domain }) => organizationOf(domain)))].filter((org) => org !== '' && !own.has(org));
}

/** Signatures of which a stamp tells. */
const STAMPED = 5;
const order = ['SPF', 'DKIM', 'ARC', 'DMARC', 'CompAuth'];

/**
 * The receiver's stamp as it was, on one line: made again of the checks, or the export's own text. Undefined where neither
 * says it.
 *
 * @param details AuthenticationDetails
 */
export function storedStamp(found: StoredChecks, details: string): string | undefined {
  if (found.source === 'verified') return oneLine(writeMicrosoftResults(verifiedResults(found)));
  if (found.checks.length > 0) return oneLine(writeMicrosoftResults(receivedResults(found)));
  // Defender's JSON leaves out of the stamp what rules look for.
  return details === '' || details.trimStart().startsWith('{') ? undefined : details;
}

const oneLine = (folded: string): string => folded.replaceAll('\r\n', '');

function verifiedResults(found: StoredChecks): readonly MethodResult[] {
  const spf = oneOf(found, 'SPF');
  const arc = oneOf(found, 'ARC');
  const composite = oneOf(found, 'CompAuth');
  const part = (method: string, result: string, properties: Record<string, string | undefined>, reason?: string) => ({
    method,
    result,
    ...(reason === undefined ? {} : { reason }),
    properties: Object.fromEntries(
      Object.entries(properties).filter((one): one is [string, string] => one[1] !== undefined && one[1] !== ''),
    ),
  });
  return [
    ...(spf === undefined
      ? []
      : [
          part(
            'spf',
            spf.result,
            { [spf.identity === 'mailfrom' ? 'smtp.mailfrom' : 'smtp.helo']: spf.domain },
            found.clientIp === '' ? undefined : `sender IP is ${found.clientIp}`,
          ),
        ]),
    ...ofMethod(found, 'DKIM')
      .slice(0, STAMPED)
      .map(({ result, reason, domain, selector }) =>
        part('dkim', result, { 'header.d': domain || 'none', 'header.s': selector }, reason),
      ),
    ...(arc === undefined || arc.result === 'none' ? [] : [part('arc', arc.result, {}, arc.reason)]),
    part('dmarc', found.words.dmarc ?? judgedAuthor(found)?.result ?? 'none', {
      action: composite?.action ?? found.words.action,
      'header.from': composite?.domain,
    }),
    ...(composite === undefined ? [] : [part('compauth', composite.result, { reason: composite.reasonCode })]),
  ];
}

/** A receiver's stamp part by part: its properties stand in the rows, its order is the usual one. */
const receivedResults = ({ checks }: StoredChecks): readonly MethodResult[] =>
  [...checks]
    .sort((one, other) => order.indexOf(one.method) - order.indexOf(other.method))
    .map(({ method, result, reason, details }) => ({
      method: method.toLowerCase(),
      result,
      ...(reason === '' ? {} : { reason }),
      properties: JSON.parse(details || '{}') as MethodResult['properties'],
    }));
