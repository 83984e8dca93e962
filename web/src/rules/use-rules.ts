import type { RuleCard } from '../../../src/server/workbench/rules/rule-card.ts';
import { type Asked, useJson } from '../api/index.ts';

/** `GET /api/v1/rules`. */
export interface RuleList {
  readonly rules: readonly RuleCard[];
  readonly problems: readonly string[];
}

/** All rules at a glance. */
export const useRules = (): Asked<RuleList> => useJson<RuleList>('/api/v1/rules');

/** Where a rule's page is, seen from the page Rules. */
export const rulePath = (key: string): string => `/rule/${encodeURIComponent(key)}`;
