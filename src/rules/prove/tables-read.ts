import { mapChildren, mapScalarPlans, type Plan } from '../../kql/index.ts';

/** The names of the tables that a plan reads, wherever in it. */
export function tablesRead(plan: Plan): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Plan>();
  const look = (part: Plan): Plan => {
    if (seen.has(part)) return part;
    seen.add(part);
    if (part.kind === 'scan') names.add(part.table);
    mapScalarPlans(part, look);
    mapChildren(part, look);
    return part;
  };
  look(plan);
  return names;
}
