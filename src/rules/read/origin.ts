import type { Rule } from '../rule.ts';
import type { RuleFile } from './rule-file.ts';
import type { MapTree } from './tree.ts';

/** What a rule was read from, for who writes it back. */
export interface Origin {
  readonly rule: Rule;
  readonly file: RuleFile;
  /** The map of the document that is the rule; undefined for formats that are no documents. */
  readonly tree: MapTree | undefined;
}

// By the document, which a copy with changes (`{ ...rule, query }`) still has.
const origins = new WeakMap<object, Origin>();

/** Notes what a rule was read from. */
export function written(file: RuleFile, tree: MapTree | undefined, rule: Rule): Rule {
  origins.set(rule.document as object, { rule, file, tree });
  return rule;
}

/** What a rule, or the one that it is a changed copy of, was read from. */
export const originOf = ({ document }: Rule): Origin | undefined =>
  typeof document === 'object' && document !== null ? origins.get(document) : undefined;
