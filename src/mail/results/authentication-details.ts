import type { VerdictWords } from './words.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/**
 * Every word that may stand in `AuthenticationDetails`: those of RFC 8601 section 2.7, RFC 9989 and
 * https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo, and those that Microsoft writes besides.
 */
const known: Readonly<Record<Exclude<keyof VerdictWords, 'reason'>, ReadonlySet<string>>> = {
  spf: words('pass fail softfail neutral none temperror permerror policy'),
  dkim: words('pass fail none policy neutral temperror permerror timeout ignore test'),
  dmarc: words('pass fail bestguesspass none temperror permerror'),
  action: words(
    'none quarantine reject oreject o.reject o.quarantine pct.quarantine pct.reject opctreject opctquarantine permerror temperror',
  ),
  compauth: words('pass fail softpass none'),
};

/** Words of older receivers, and what they are called now (RFC 8601 appendix D.4, RFC 7001 section 2.4). */
const renamed: ReadonlyMap<string, string> = new Map([
  ['hardfail', 'fail'],
  ['tempfail', 'temperror'],
  ['permfail', 'permerror'],
]);

const REASON = /^[0-9]{3}$/;

/** The checks in the order of the column, with Defender's key for those that have one. */
const checks = [
  ['spf', 'SPF'],
  ['dkim', 'DKIM'],
  ['dmarc', 'DMARC'],
  ['action', undefined],
  ['compauth', 'CompAuth'],
  ['reason', undefined],
] as const;

/**
 * The words that are known, in lower case; a word of no known set is absent, so that nothing a sender wrote gets through.
 *
 * @example knownWords({ spf: 'Pass', dmarc: 'fail"}' }) // { spf: 'pass' }
 */
export function knownWords(verdict: VerdictWords): VerdictWords {
  return Object.fromEntries(
    checks.flatMap(([check]) => {
      const given = verdict[check]?.toLowerCase() ?? '';
      const word = renamed.get(given) ?? given;
      return isKnown(check, word) ? [[check, word]] : [];
    }),
  );
}

const isKnown = (check: keyof VerdictWords, word: string): boolean =>
  check === 'reason' ? REASON.test(word) : known[check].has(word);

/**
 * The text of Defender's column `AuthenticationDetails`: compact JSON with the keys SPF, DKIM, DMARC and CompAuth, absent
 * where nothing was said. With `withHeaderForm` it has one member more, the same words as the header has them, so that hunts
 * that look for either form see the truth. Words of known sets only: no domain, address or free text, which are the
 * sender's choice and which `has` would find. Empty where no word is known.
 *
 * @example authenticationDetails({ spf: 'pass', dkim: 'none', dmarc: 'fail', action: 'none' }, { withHeaderForm: true })
 * // {"SPF":"pass","DKIM":"none","DMARC":"fail","AuthenticationResults":"spf=pass dkim=none dmarc=fail action=none"}
 */
export function authenticationDetails(verdict: VerdictWords, form: { readonly withHeaderForm: boolean }): string {
  const said = knownWords(verdict);
  const pairs = checks.flatMap(([check, key]) =>
    said[check] === undefined ? [] : [{ check, key, word: said[check] }],
  );
  if (pairs.length === 0) return '';
  const members: Record<string, string> = {};
  for (const { key, word } of pairs) if (key !== undefined) members[key] = word;
  if (form.withHeaderForm) members.AuthenticationResults = pairs.map(({ check, word }) => `${check}=${word}`).join(' ');
  return JSON.stringify(members);
}
