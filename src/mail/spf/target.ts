import type { SpfBudget, Stop } from './budget.ts';
import type { SpfClient } from './client.ts';
import { type DomainSpec, expandName } from './macro.ts';
import { isAscii, targetName } from './name.ts';

/**
 * The name that a term is about, or why there is none: it is malformed, or it is made of a local-part that is not US-ASCII
 * (such a term matches nothing, RFC 8616 section 4).
 */
export type Target = { readonly name: string } | { readonly none: 'malformed' | 'not ASCII' } | Stop;

/** What a term's domain-spec comes to; where it has none, the domain itself (RFC 7208 section 4.8). */
export function targetOf(
  spec: DomainSpec | undefined,
  domain: string,
  client: SpfClient,
  budget: SpfBudget,
): Target | Promise<Target> {
  if (spec === undefined) return { name: domain };
  if (spec.letters.size > 0) return expand(spec, domain, client, budget);
  return spec.name === undefined ? { none: 'malformed' } : { name: spec.name };
}

async function expand(spec: DomainSpec, domain: string, client: SpfClient, budget: SpfBudget): Promise<Target> {
  if (usesLocalPart(spec) && !isAscii(client.sender.localPart)) return { none: 'not ASCII' };
  let validated = '';
  if (spec.letters.has('p')) {
    const pointers = budget.countTerm(domain) ?? (await client.pointers(budget));
    if ('stop' in pointers) return pointers;
    validated = await client.validatedName(domain, pointers);
  }
  const name = targetName(expandName(spec.tokens, client.macros(domain, validated)));
  return name === undefined ? { none: 'malformed' } : { name };
}

export function usesLocalPart({ letters }: Pick<DomainSpec, 'letters'>): boolean {
  return letters.has('s') || letters.has('l');
}
