import { placeOf } from '../../errors/index.ts';
import type { Rule } from '../rule.ts';

/**
 * A query text as a rule of its own: from standard input, from an example.
 *
 * @param path the name that findings show
 * @example queryRule('EmailEvents | take 10', 'standard input').query
 */
export const queryRule = (query: string, path: string, given: Partial<Rule> = {}): Rule => ({
  format: 'kql',
  kind: 'hunting',
  name: path,
  query,
  tactics: [],
  techniques: [],
  connectors: [],
  entityMappings: [],
  customDetails: {},
  tags: [],
  story: {},
  provenance: { path },
  document: query,
  placeOf: (offset) => placeOf(query, offset),
  placeOfField: () => undefined,
  ...given,
});
