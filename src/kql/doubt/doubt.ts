import type { Span } from '../../errors/index.ts';
import type { Catalog, CatalogTable, ValueDomain } from '../catalog.ts';
import { evaluate } from '../evaluate/index.ts';
import {
  type CallScalar,
  countColumns,
  mapChildren,
  mapScalarPlans,
  type Plan,
  type PlanOf,
  type Scalar,
  type ScanPlan,
} from '../plan/index.ts';

/** A predicate that what its column is known to hold contradicts: either the rows know more, or it is never true. */
export interface Doubt {
  readonly table: string;
  readonly column: string;
  readonly domain: ValueDomain;
  readonly predicate: Scalar;
  readonly span: Span | undefined;
  /** The rows of the table for which it is true: that there are none is to be seen before anybody is told. */
  readonly rows: Plan;
}

/** Looking at the rows costs a scan each. */
const MAX_DOUBTS = 8;

/** The doubtful predicates of an improved plan, whose filters stand on the tables that they read. */
export function doubtsIn(plan: Plan, catalog: Catalog): Doubt[] {
  const tables = new Map(catalog.tables.map((table) => [table.name, table]));
  const found: Doubt[] = [];
  walk(plan, (filter) => {
    const scan = scanBelow(filter.input);
    const table = scan === undefined ? undefined : tables.get(scan.table);
    if (scan === undefined || table?.domains === undefined || table.rows === 0) return;
    for (const atom of atomsOf(filter.predicate)) {
      const doubt = doubtOf(atom, scan, table);
      if (doubt !== undefined) found.push(doubt);
    }
  });
  const places = new Map(found.map((doubt) => [JSON.stringify([doubt.table, doubt.span]), doubt]));
  return [...places.values()].slice(0, MAX_DOUBTS);
}

function walk(plan: Plan, visit: (filter: PlanOf<'filter'>) => void): void {
  if (plan.kind === 'filter') visit(plan);
  const inside = (child: Plan): Plan => {
    walk(child, visit);
    return child;
  };
  mapChildren(plan, inside);
  mapScalarPlans(plan, inside);
}

function scanBelow(plan: Plan): ScanPlan | undefined {
  let below = plan;
  while (below.kind === 'filter') below = below.input;
  return below.kind === 'scan' ? below : undefined;
}

/** The parts of a predicate that can be judged one by one: its conjuncts, and of an `or` over several columns the branches. */
function atomsOf(predicate: Scalar): Scalar[] {
  if (predicate.kind !== 'call' || asksAnyColumn(predicate)) return [];
  const splits = predicate.name === 'and' || (predicate.name === 'or' && columnsOf(predicate).length > 1);
  return splits ? predicate.args.flatMap(atomsOf) : [predicate];
}

/** True for what `* has "x"` and a term of `search` become: an `or` whose branches nobody has written, all at its own place. */
const asksAnyColumn = ({ name, args, span }: CallScalar): boolean =>
  name === 'or' &&
  args.every((arg) => arg.kind === 'call' && arg.span?.start === span?.start && arg.span?.length === span?.length);

function columnsOf(scalar: Scalar): string[] {
  const uses = new Map<string, number>();
  countColumns(scalar, uses);
  return [...uses.keys()];
}

function doubtOf(predicate: Scalar, scan: ScanPlan, table: CatalogTable): Doubt | undefined {
  const [column, ...others] = columnsOf(predicate);
  // What a rewrite added has no place in the text and says nothing that the text does not say.
  const span = predicate.kind === 'call' ? predicate.span : undefined;
  if (column === undefined || others.length > 0 || span === undefined) return undefined;
  const domain = Object.hasOwn(table.domains!, column) ? table.domains![column] : undefined;
  if (domain === undefined || canBeTrue(predicate, column, domain)) return undefined;
  const rows: Plan = { kind: 'filter', input: scan, predicate, schema: scan.schema };
  return { table: table.name, column, domain, predicate, span, rows };
}

/** True where one of the texts makes the predicate true, or where only the engine can tell. */
function canBeTrue(predicate: Scalar, column: string, { texts }: ValueDomain): boolean {
  try {
    return ['', ...texts].some((text) => evaluate(predicate, new Map([[column, text]])) === true);
  } catch {
    return true;
  }
}
