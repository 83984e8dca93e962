import { knownWords } from './authentication-details.ts';
import { readAuthenticationResults } from './read-results.ts';
import { wordsOfResults } from './received-verdict.ts';
import type { VerdictWords } from './words.ts';

/** The keys of Defender's JSON, in lower case. */
const keys: ReadonlySet<string> = new Set(['spf', 'dkim', 'dmarc', 'compauth']);

/** A longer text is not read. */
const LONGEST = 1 << 16;

/**
 * The words of a text of `AuthenticationDetails`: Defender's JSON, with or without our member `AuthenticationResults`, or
 * the form of the header, as some exports have it. Words of no known set are left out, and what is neither form has none.
 *
 * @example wordsOfDetails('{"SPF":"pass","DKIM":"none","DMARC":"fail"}') // { spf: 'pass', dkim: 'none', dmarc: 'fail' }
 * @example wordsOfDetails('spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=b.example; dmarc=fail action=oreject').action // 'oreject'
 */
export function wordsOfDetails(text: string): VerdictWords {
  if (text.length > LONGEST) return {};
  if (!text.trimStart().startsWith('{')) return wordsOfHeader(text);
  const members = membersOf(text);
  const ours = (members.get('authenticationresults') ?? '').split(' ').map((pair) => pair.split('=', 2));
  const defenders = [...members].filter(([key]) => keys.has(key));
  return knownWords(Object.fromEntries([...ours, ...defenders]));
}

const wordsOfHeader = (text: string): VerdictWords => wordsOfResults(readAuthenticationResults(text)?.results ?? []);

/** Text members by their names in lower case; none where it is no JSON object. */
function membersOf(text: string): ReadonlyMap<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
    return new Map(entries.flatMap(([key, word]) => (typeof word === 'string' ? [[key.toLowerCase(), word]] : [])));
  } catch {
    return new Map();
  }
}
