import { MailhuntError } from '../../errors/index.ts';
import type { FilePlace, Rule } from '../rule.ts';

/** One problem for each rule that has the id or the name of one before it. Ids are compared as GUIDs are: without case. */
export function duplicates(rules: readonly Rule[]): MailhuntError[] {
  const [ids, names] = [new Map<string, Rule>(), new Map<string, Rule>()];
  return rules.flatMap((rule): MailhuntError[] => {
    const [sameId, sameName] = [before(ids, rule.id?.toLowerCase(), rule), before(names, rule.name, rule)];
    if (sameId !== undefined) {
      const other = { id: rule.id!, other: sameId.provenance.path, otherLine: placeOf(sameId, 'id').line };
      return [new MailhuntError('RULE0005', { file: rule.provenance.path, ...placeOf(rule, 'id'), ...other })];
    }
    if (sameName === undefined) return [];
    const other = { name: rule.name, other: sameName.provenance.path, otherLine: placeOf(sameName, 'name').line };
    return [new MailhuntError('RULE0006', { file: rule.provenance.path, ...placeOf(rule, 'name'), ...other })];
  });
}

/** The first rule with that key, where it is not this one. */
function before(known: Map<string, Rule>, key: string | undefined, rule: Rule): Rule | undefined {
  if (key === undefined) return undefined;
  const first = known.get(key);
  if (first === undefined) known.set(key, rule);
  return first;
}

const placeOf = (rule: Rule, field: string): FilePlace => rule.placeOfField([field]) ?? rule.placeOf(0);
