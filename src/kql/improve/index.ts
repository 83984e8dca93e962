import type { Catalog } from '../catalog.ts';
import { mapChildren, mapScalarPlans, type Plan } from '../plan/index.ts';
import { dropEmptyInputs } from './empty-inputs.ts';
import { expandTexts } from './expanded-texts.ts';
import { firstOfEach } from './first-of-each.ts';
import { searchBeforeJson } from './json-reads.ts';
import { dropSameProject, mergeProjects, pushFilter } from './projects.ts';
import { pruneColumns } from './prune.ts';
import type { Rewrite } from './rewrite.ts';

const pushes: readonly Rewrite[] = [expandTexts, pushFilter];
const rewrites: readonly Rewrite[] = [dropSameProject, mergeProjects, searchBeforeJson, firstOfEach];

/**
 * Applies the named rewrites: inputs of a union that have no rows in this catalog go first, filters go down first, columns that nobody reads are left out, the others then go from the
 * leaves up and leave more columns that nobody reads. The rows stay the same.
 */
export function improve(plan: Plan, catalog?: Pick<Catalog, 'tables'>): Plan {
  const empty = new Set(catalog?.tables.filter(({ rows }) => rows === 0).map(({ name }) => name));
  const filled = bottomUp(plan, [dropEmptyInputs(empty)]);
  const inner = scalarPlansImproved(filled, catalog);
  return pruneColumns(bottomUp(pruneColumns(bottomUp(inner, pushes)), rewrites));
}

/** The plans inside scalars are improved by themselves, before anything copies the scalars about. */
const scalarPlansImproved = (plan: Plan, catalog: Pick<Catalog, 'tables'> | undefined): Plan =>
  mapScalarPlans(
    mapChildren(plan, (child) => scalarPlansImproved(child, catalog)),
    (inside) => improve(inside, catalog),
  );

const bottomUp = (plan: Plan, list: readonly Rewrite[]): Plan =>
  list.reduce(
    (node, rewrite) => rewrite(node),
    mapChildren(plan, (child) => bottomUp(child, list)),
  );
