import type { Test } from '../policy.ts';
import { type Condition, headerContains, type Unsayable } from './condition.ts';

const FIELD = 'Authentication-Results';

/** Verdicts that Microsoft stamps before rules are asked: SPF, DKIM, DMARC with what its owner asks for. */
const stamped: readonly string[] = ['DMARC', 'DMARCPolicy', 'SPF', 'DKIM'];

export const isVerdict = (predicate: string): boolean => stamped.includes(predicate);

/**
 * What `action=` says of the owner's policy where DMARC fails: the words of today, then those of older pages.
 *
 * @source Anti-spam message headers in Microsoft 365
 */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  reject: ['oreject', 'o.reject'],
  quarantine: ['quarantine', 'o.quarantine'],
  none: ['none'],
};

/** Tests of verdicts as words of the header that Microsoft stamps; those of DMARC and of its policy as one phrase. */
export function verdictConditions(tests: readonly Test[]): readonly (Condition | Unsayable)[] {
  const of = (name: string) => tests.filter(({ predicate }) => predicate === name);
  const methods = [...of('SPF'), ...of('DKIM')].map(({ predicate, value }) =>
    worded(predicate.toLowerCase(), value as readonly string[]),
  );
  return [...dmarcConditions(of('DMARC'), of('DMARCPolicy')), ...methods];
}

const worded = (method: string, results: readonly string[]): Condition =>
  headerContains(
    FIELD,
    results.map((result) => `${method}=${result}`),
  );

function dmarcConditions(results: readonly Test[], policies: readonly Test[]): readonly (Condition | Unsayable)[] {
  const written = [...results, ...policies].map((test) => `${test.predicate}: ${test.written}`).join(', ');
  const [wanted, asked] = [allowedBy(results), allowedBy(policies)];
  // Tests that rule each other out are said one by one: no message meets them there either.
  if (wanted?.length === 0) return results.map(({ value }) => worded('dmarc', value as readonly string[]));
  if (asked === undefined) return wanted === undefined ? [] : [worded('dmarc', wanted)];
  if (wanted === undefined || wanted.some((word) => word !== 'fail')) {
    const why =
      'Microsoft writes what the owner asks for (action=) only beside dmarc=fail; beside temperror and permerror stands action=none. The nearest is the result alone, which also meets mail of domains that ask for nothing.';
    return [...(wanted === undefined ? [] : [worded('dmarc', wanted)]), { written, why }];
  }
  const phrases = (asked.length > 0 ? [asked] : policies.map(({ value }) => value as readonly string[])).map(phrasesOf);
  return phrases.some((one) => one.length === 0)
    ? [{ written, why: 'dmarc=fail is not stamped where the owner’s record could not be asked for.' }]
    : phrases.map((one) => worded('dmarc', one));
}

const phrasesOf = (policies: readonly string[]): readonly string[] =>
  policies.flatMap((word) => (actionsOf[word] ?? []).map((action) => `fail action=${action}`));

/** Values that all of several tests of one predicate allow; undefined where there is none. */
const allowedBy = ([first, ...others]: readonly Test[]): readonly string[] | undefined =>
  (first?.value as readonly string[] | undefined)?.filter((word) =>
    others.every(({ value }) => (value as readonly string[]).includes(word)),
  );
