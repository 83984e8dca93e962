/** Lints about whether a rule can be put where it is to run: what the portals refuse, cut off or ignore. */
import type { Lint } from '../lint.ts';
import { costLints } from './cost.ts';
import { externalSourceLints } from './external-sources.ts';
import { limitLints } from './limits.ts';
import { lookBackLints } from './look-back.ts';
import { neededColumnLints } from './needed-columns.ts';
import { nrtLints } from './nrt.ts';
import { unavailableLints } from './unavailable.ts';
import { nameLints } from './unknown-names.ts';

export const deployLints: readonly Lint[] = [
  ...nrtLints,
  ...neededColumnLints,
  ...lookBackLints,
  ...limitLints,
  ...nameLints,
  ...externalSourceLints,
  ...costLints,
  ...unavailableLints,
];
