import type { SpfBudget } from './budget.ts';
import type { Verdict } from './check-host.ts';
import type { SpfClient } from './client.ts';
import { expandText, parseMacroString } from './macro.ts';
import { isAscii } from './name.ts';
import { targetOf, usesLocalPart } from './target.ts';

/**
 * The text behind `exp=` (RFC 7208 section 6.2). Whatever goes wrong with it, there is none: not the owner of the record but
 * whoever reads the refusal would suffer. Only printable US-ASCII comes out; it is the sender's text all the same.
 */
export async function explanationOf(
  { spec, domain }: NonNullable<Verdict['exp']>,
  client: SpfClient,
  budget: SpfBudget,
): Promise<string | undefined> {
  const target = await targetOf(spec, domain, client, budget);
  if (!('name' in target)) return undefined;
  const answer = await budget.ask(target.name, 'TXT');
  const [text, ...others] = answer.status === 'found' ? answer.records : [];
  if (text === undefined || others.length > 0) return undefined;
  const parsed = parseMacroString(text, { spaces: true });
  if ('problem' in parsed || (usesLocalPart(parsed) && !isAscii(client.sender.localPart))) return undefined;
  const pointers = parsed.letters.has('p') ? await client.pointers(budget) : [];
  const validated = 'stop' in pointers ? 'unknown' : await client.validatedName(domain, pointers);
  const explanation = expandText(parsed.tokens, client.macros(domain, validated), budget.limits.explanation);
  return /^[\x20-\x7e]+$/.test(explanation) ? explanation : undefined;
}
