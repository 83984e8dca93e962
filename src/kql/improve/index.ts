import { mapChildren, mapScalarPlans, type Plan } from '../plan/index.ts';
import { expandTexts } from './expanded-texts.ts';
import { firstOfEach } from './first-of-each.ts';
import { searchBeforeJson } from './json-reads.ts';
import { dropSameProject, mergeProjects, pushFilter } from './projects.ts';
import { pruneColumns } from './prune.ts';
import type { Rewrite } from './rewrite.ts';

const pushes: readonly Rewrite[] = [expandTexts, pushFilter];
const rewrites: readonly Rewrite[] = [dropSameProject, mergeProjects, searchBeforeJson, firstOfEach];

/**
 * Applies the named rewrites: filters go down first, columns that nobody reads are left out, the others then go from the
 * leaves up and leave more columns that nobody reads. The rows stay the same.
 */
export const improve = (plan: Plan): Plan =>
  pruneColumns(bottomUp(pruneColumns(bottomUp(scalarPlansImproved(plan), pushes)), rewrites));

/** The plans inside scalars are improved by themselves, before anything copies the scalars about. */
const scalarPlansImproved = (plan: Plan): Plan => mapScalarPlans(mapChildren(plan, scalarPlansImproved), improve);

const bottomUp = (plan: Plan, list: readonly Rewrite[]): Plan =>
  list.reduce(
    (node, rewrite) => rewrite(node),
    mapChildren(plan, (child) => bottomUp(child, list)),
  );
