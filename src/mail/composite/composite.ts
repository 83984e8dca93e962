import type { DmarcResult } from '../dmarc/result.ts';
import { type CompositeQuery, type Facts, factsOf } from './facts.ts';
import type { CompositeResult } from './result.ts';
import { type CompositeRule, compositeRules, implicitFailure, isBestGuessPass } from './rules.ts';
import type { SpoofEntry } from './spoof-entry.ts';

export type { CompositeQuery, CompositeSettings } from './facts.ts';

/**
 * Microsoft's composite authentication, as far as its pages and real headers tell: one word and a reason code from SPF,
 * DKIM, DMARC, ARC, reverse DNS and what the organisation knows, by the table of `rules.ts`. Asks DNS only where a rule
 * needs reverse DNS, and never throws for what it says.
 *
 * @example await composite({ spf, dkim, dmarc, arc, authors, transaction, now: Date.now() })
 * // { compauth: 'fail', reason: '000', meaning: 'explicit failure: …', dmarc: 'fail', action: 'oreject' }
 */
export async function composite(query: CompositeQuery): Promise<CompositeResult> {
  const facts = factsOf(query);
  const { code, compauth, meaning } = await ruleFor(facts);
  const allowed = compauth === 'fail' ? await facts.allowedBy() : undefined;
  return {
    compauth,
    reason: code,
    meaning,
    dmarc: isBestGuessPass(facts) ? 'bestguesspass' : query.dmarc.result,
    action: actionFor(query.dmarc),
    ...(allowed && { override: overrideBy(allowed) }),
  };
}

async function ruleFor(facts: Facts): Promise<CompositeRule> {
  for (const rule of compositeRules) if (await rule.when(facts)) return rule;
  return implicitFailure;
}

function overrideBy({ sender, infrastructure, expires }: SpoofEntry): string {
  const end = new Date(expires ?? Number.NaN);
  const until = Number.isNaN(end.getTime()) ? '' : ` until ${end.toISOString()}`;
  return `the allow list lets ${infrastructure} send for ${sender}${until}`;
}

const word = { none: 'none', quarantine: 'quarantine', reject: 'oreject' } as const;

/** DMARC's `action=`. Where the disposition is weaker than the policy, the message lies outside the sample of pct. */
function actionFor({ result, policy = 'none', disposition }: DmarcResult): CompositeResult['action'] {
  if (result !== 'fail' || policy === 'none') return 'none';
  return policy === disposition ? word[policy] : `pct.${policy}`;
}
