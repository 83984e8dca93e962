import type { DmarcPolicy } from './result.ts';

/** `p`, `sp` or `np` as a record has it; `invalid` where it is there and says something else. */
export type PolicyTag = DmarcPolicy | 'invalid';

/** A DMARC Policy Record with the tags of RFC 9989 section 4.7 and, from RFC 7489 section 6.3, pct, rf and ri. */
export interface DmarcRecord {
  readonly text: string;
  readonly p?: PolicyTag | undefined;
  readonly sp?: PolicyTag | undefined;
  readonly np?: PolicyTag | undefined;
  /** Alignment: relaxed or strict. */
  readonly adkim: 'r' | 's';
  readonly aspf: 'r' | 's';
  /** When a failure report is wanted; means nothing without ruf. */
  readonly fo: readonly string[];
  /** The valid URIs of the list, without the obsolete size. */
  readonly rua: readonly string[];
  readonly ruf: readonly string[];
  /** Whether the domain is a public suffix; `u`: the tree walk finds out. */
  readonly psd: 'y' | 'n' | 'u';
  /** The owner tests: one level below the policy is asked for. */
  readonly t: boolean;
  /** RFC 7489 only: the share of failing messages to which the policy applies, 0 to 100. */
  readonly pct: number;
  /** RFC 7489 only: the format of failure reports. */
  readonly rf: string;
  /** RFC 7489 only: seconds between aggregate reports. */
  readonly ri: number;
}

/** Characters of a record that are read; a longer one is no record. DNS could carry 65,000. */
export const recordLimit = 4096;

/** RFC 9989 section 4.8: blanks as in any tag list, the name of the tag in either case, its value exactly so. */
const VERSION = /^[ \t]*[vV][ \t]*=[ \t]*DMARC1[ \t]*(?:;|$)/;

/** Whether a TXT record begins as a DMARC Policy Record must; others at that name are none (RFC 9989 section 4.10 step 2). */
export const isDmarcRecord = (text: string): boolean => VERSION.test(text);

/**
 * Reads a DMARC Policy Record (RFC 9989 sections 4.7 and 4.8). Tag names are case-sensitive and each may stand once only
 * (RFC 6376 section 3.2); unknown tags are passed over, values that are wrong give way to the default.
 *
 * @returns undefined where it is no DMARC record, or its tag list is none: some tag stands twice, or it is too long.
 * @example parseDmarcRecord('v=DMARC1; p=reject; aspf=s')?.p // 'reject'
 */
export function parseDmarcRecord(text: string): DmarcRecord | undefined {
  if (!isDmarcRecord(text) || text.length > recordLimit) return undefined;
  const tags = tagsOf(text);
  if (tags === undefined) return undefined;
  const policy = (name: string) => policyTag(tags.get(name));
  return {
    text,
    p: policy('p'),
    sp: policy('sp'),
    np: policy('np'),
    adkim: oneOf(tags.get('adkim'), ['r', 's']) ?? 'r',
    aspf: oneOf(tags.get('aspf'), ['r', 's']) ?? 'r',
    fo: failureOptions(tags.get('fo')) ?? ['0'],
    rua: reportingUris(tags.get('rua')),
    ruf: reportingUris(tags.get('ruf')),
    psd: oneOf(tags.get('psd'), ['y', 'n', 'u']) ?? 'u',
    t: oneOf(tags.get('t'), ['y', 'n']) === 'y',
    pct: wholeNumber(tags.get('pct'), 100) ?? 100,
    rf: tags.get('rf') || 'afrf',
    ri: wholeNumber(tags.get('ri'), 2 ** 32 - 1) ?? 86_400,
  };
}

const BLANKS = /^[ \t]+|[ \t]+$/g;
const TAG_NAME = /^[a-z][a-z0-9_]*$/i;
const TAG_VALUE = /^[\t -:<-~]*$/;

/** The tags by name; undefined where one stands twice. A value that no value can be is kept as empty. */
function tagsOf(text: string): ReadonlyMap<string, string> | undefined {
  const tags = new Map<string, string>();
  for (const spec of text.split(';')) {
    const equals = spec.indexOf('=');
    if (equals < 0) continue;
    const name = spec.slice(0, equals).replace(BLANKS, '');
    if (!TAG_NAME.test(name)) continue;
    if (tags.has(name)) return undefined;
    const value = spec.slice(equals + 1).replace(BLANKS, '');
    tags.set(name, TAG_VALUE.test(value) ? value : '');
  }
  return tags;
}

const policies: readonly DmarcPolicy[] = ['none', 'quarantine', 'reject'];

const policyTag = (value: string | undefined): PolicyTag | undefined =>
  value === undefined ? undefined : (oneOf(value, policies) ?? 'invalid');

/** Words of the ABNF are the same in either case (RFC 5234 section 2.3). */
const oneOf = <T extends string>(value: string | undefined, words: readonly T[]): T | undefined =>
  words.find((word) => word === value?.toLowerCase());

const wholeNumber = (value: string | undefined, most: number): number | undefined =>
  value !== undefined && /^\d{1,10}$/.test(value) && Number(value) <= most ? Number(value) : undefined;

/** RFC 9989 section 4.7 "fo": each option once, `0` and `1` not together. */
function failureOptions(value: string | undefined): readonly string[] | undefined {
  const options = value?.toLowerCase().split(':') ?? [];
  const isList = options.length > 0 && options.every((option) => /^[01ds]$/.test(option));
  const isSet = new Set(options).size === options.length;
  return isList && isSet && !(options.includes('0') && options.includes('1')) ? options : undefined;
}

/** RFC 3986, with commas and exclamation marks encoded (RFC 9989 section 4.8). */
const URI = /^[a-z][a-z0-9+.-]*:(?:[a-z0-9\-._~:/?#[\]@$&'()*+;=]|%[0-9a-f]{2})+$/i;
const SIZE = /![0-9]+[kmgt]?$/i;

const reportingUris = (value: string | undefined): readonly string[] =>
  (value ?? '')
    .split(',')
    .map((uri) => uri.replace(BLANKS, '').replace(SIZE, ''))
    .filter((uri) => URI.test(uri));
