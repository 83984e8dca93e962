import { noAnswer, type SpfBudget, type Stop } from './budget.ts';
import type { SpfClient } from './client.ts';
import type { DomainSpec } from './macro.ts';
import { matches, type Scene } from './mechanisms.ts';
import { shown } from './problem.ts';
import { type Directive, isSpfRecord, type Qualifier, type SpfRecord } from './record.ts';
import { readRecord } from './record-cache.ts';
import type { SpfWord } from './result.ts';
import { targetOf } from './target.ts';

/** What a domain says about the client. */
export interface Verdict {
  readonly word: SpfWord;
  readonly reason: string;
  readonly record?: string;
  readonly mechanism?: string;
  /** Where the explanation stands, and the domain whose record says so. */
  readonly exp?: { readonly spec: DomainSpec; readonly domain: string };
}

/**
 * `check_host()` of RFC 7208 section 4. Includes and redirects come back here and pay from the same budget, which also
 * bounds how deep that goes.
 */
export async function checkHost(domain: string, client: SpfClient, budget: SpfBudget): Promise<Verdict> {
  const answer = await budget.ask(domain, 'TXT');
  if (answer.status === 'failed') return verdictOf(noAnswer(domain, 'TXT', answer.failure));
  if (answer.status === 'no-name') return { word: 'none', reason: `${shown(domain)} does not exist` };
  const texts = answer.status === 'found' ? answer.records.filter(isSpfRecord) : [];
  const [text] = texts;
  if (text === undefined) return { word: 'none', reason: `${shown(domain)} has no SPF record` };
  if (texts.length > 1) return { word: 'permerror', reason: `${shown(domain)} has ${texts.length} SPF records` };
  const record = readRecord(text);
  if ('problem' in record) {
    return { word: 'permerror', reason: `the SPF record of ${shown(domain)} has ${record.problem}`, record: text };
  }
  const scene = { client, budget, domain, checkHost: (name: string) => checkHost(name, client, budget) };
  return { ...(await evaluate(record, scene)), record: text };
}

/** The first mechanism that matches decides (RFC 7208 sections 4.6.2 and 4.7). */
async function evaluate(record: SpfRecord, scene: Scene): Promise<Verdict> {
  for (const directive of record.directives) {
    const outcome = matches(directive.mechanism, scene);
    const asked = typeof outcome !== 'boolean';
    const matched = asked ? await outcome : outcome;
    if (typeof matched === 'object') return verdictOf(matched);
    if (asked && scene.budget.isLate()) return verdictOf(scene.budget.tooLate());
    if (matched) return decided(directive, record, scene);
  }
  if (record.redirect !== undefined) return redirected(record.redirect, scene);
  const reason = `${scene.client.name} is not in the record of ${shown(scene.domain)}, which ends without "all"`;
  return { word: 'neutral', reason, mechanism: 'default' };
}

function decided({ qualifier, text, mechanism }: Directive, { exp }: SpfRecord, { client, domain }: Scene): Verdict {
  const { word, says, saysOfAll } = QUALIFIERS[qualifier];
  const phrase = mechanism.kind === 'all' ? saysOfAll : says;
  return {
    word,
    reason: phrase(client.name, shown(domain), shown(text)),
    mechanism: text,
    ...(exp && { exp: { spec: exp, domain } }),
  };
}

type Phrase = (client: string, domain: string, term: string) => string;

const endsIn: Phrase = (client, domain, term) => `${client} is not in the record of ${domain} (ends in ${term})`;

/** The qualifiers of RFC 7208 section 4.6.2, and how each is told when a mechanism decided and when `all` did. */
const QUALIFIERS: Readonly<Record<Qualifier, { word: SpfWord; says: Phrase; saysOfAll: Phrase }>> = {
  '+': {
    word: 'pass',
    says: (client, domain, term) => `${client} may send for ${domain} (${term})`,
    saysOfAll: (_, domain, term) => `every address may send for ${domain} (${term})`,
  },
  '-': {
    word: 'fail',
    says: (client, domain, term) => `${client} may not send for ${domain} (${term})`,
    saysOfAll: endsIn,
  },
  '~': {
    word: 'softfail',
    says: (client, domain, term) => `${client} should not send for ${domain} (${term})`,
    saysOfAll: endsIn,
  },
  '?': {
    word: 'neutral',
    says: (client, domain, term) => `${domain} does not say whether ${client} may send for it (${term})`,
    saysOfAll: endsIn,
  },
};

/** RFC 7208 section 6.1: what the other domain says, but that it says nothing is an error. */
async function redirected(spec: DomainSpec, { domain, client, budget }: Scene): Promise<Verdict> {
  const target = budget.countTerm(domain) ?? (await targetOf(spec, domain, client, budget));
  if ('stop' in target) return verdictOf(target);
  if ('none' in target) {
    return { word: 'permerror', reason: `${shown(domain)} redirects to a malformed name: ${shown(spec.text)}` };
  }
  const verdict = await checkHost(target.name, client, budget);
  if (verdict.word !== 'none') return verdict;
  return { word: 'permerror', reason: `${shown(domain)} redirects to a name without policy: ${verdict.reason}` };
}

function verdictOf({ stop, reason }: Stop): Verdict {
  return { word: stop, reason };
}
