import type { Reading } from '../../../kql/index.ts';
import type { Subject } from '../lint.ts';
import { Flow } from './flow.ts';
import { Judge, type Judgement } from './judge.ts';
import { Leaves } from './leaves.ts';
import { type AbsentMember, Resolver } from './resolve.ts';

/** All that is certain of a query, found once for the lints that tell it. */
export interface Analysis {
  readonly leaves: Leaves;
  readonly judgements: readonly Judgement[];
  /** Members that are read of bags which never have them. */
  readonly absent: readonly AbsentMember[];
}

const known = new WeakMap<Reading, Map<string, Analysis>>();

/** What is certain of a rule's query; nothing where it cannot be understood. */
export function analysisOf({ reading, target }: Subject): Analysis | undefined {
  if (reading === undefined) return undefined;
  const analyses = known.get(reading) ?? new Map<string, Analysis>();
  known.set(reading, analyses);
  const analysis = analyses.get(target) ?? analyse(reading, target);
  analyses.set(target, analysis);
  return analysis;
}

function analyse({ plans }: Reading, target: Subject['target']): Analysis {
  const leaves = new Leaves();
  const absent: AbsentMember[] = [];
  const resolver = new Resolver(leaves, (member) => absent.push(member));
  const judge = new Judge(leaves, (scalar, rows) => resolver.resolve(scalar, rows.columns));
  const flow = new Flow(leaves, resolver, target, judge);
  for (const plan of plans) flow.rows(plan);
  return { leaves, judgements: judge.judgements, absent };
}
