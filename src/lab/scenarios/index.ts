import { detours } from './detours.ts';
import { disguises } from './disguises.ts';
import { dnsTrouble } from './dns-trouble.ts';
import { exactDomain } from './exact-domain.ts';
import { fromField } from './from-field.ts';
import { ownDomain } from './own-domain.ts';
import { platforms } from './platforms.ts';
import type { Scenario } from './scenario.ts';
import { signatures } from './signatures.ts';
import { subDomain } from './sub-domain.ts';
import { withoutRecord } from './without-record.ts';

/** Every scenario: known attacks, and harmless mail that looks like one. */
export const scenarios: readonly Scenario[] = [
  ...exactDomain,
  ...subDomain,
  ...disguises,
  ...signatures,
  ...dnsTrouble,
  ...detours,
  ...platforms,
  ...fromField,
  ...ownDomain,
  ...withoutRecord,
];
