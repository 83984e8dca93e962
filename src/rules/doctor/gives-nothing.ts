import type { Plan, Scalar } from '../../kql/index.ts';

/** Joins that give no row where their left side has none, where their right side has none. */
const needsLeft = new Set(['inner', 'innerunique', 'leftouter', 'leftsemi', 'leftanti', 'rightsemi']);
const needsRight = new Set(['inner', 'innerunique', 'rightouter', 'rightsemi', 'rightanti', 'leftsemi']);

/**
 * Whether a plan can give no row, because tables or what is read from outside have none. False where it is not known.
 *
 * @param empty tables without rows
 * @example givesNothing(planOf("T | where x in (_GetWatchlist('Nobody') | project SearchKey)"), new Set()) // true
 */
export function givesNothing(plan: Plan, empty: ReadonlySet<string>): boolean {
  // a part that many others hold is looked at once
  const known = new Map<Plan, boolean>();
  const nothing = (part: Plan): boolean => {
    const found = known.get(part) ?? decided(part);
    known.set(part, found);
    return found;
  };
  const decided = (part: Plan): boolean => {
    switch (part.kind) {
      case 'scan':
        return empty.has(part.table);
      case 'loaded':
        return part.rows === '[]';
      case 'rows':
        return part.rows.length === 0;
      case 'filter':
        return nothing(part.input) || isNeverTrue(part.predicate);
      case 'aggregate':
        return part.by.length > 0 && nothing(part.input);
      case 'join':
        return (
          (needsLeft.has(part.joinKind) && nothing(part.left)) ||
          (needsRight.has(part.joinKind) && nothing(part.right)) ||
          (nothing(part.left) && nothing(part.right))
        );
      case 'union':
        return part.inputs.every(nothing);
      case 'project':
      case 'sort':
      case 'take':
      case 'expand':
      case 'unique':
      case 'window':
      case 'shared':
      case 'apply':
        return nothing(part.input);
      default:
        return false;
    }
  };
  const isNeverTrue = (scalar: Scalar): boolean => {
    if (scalar.kind === 'literal') return scalar.value === false;
    if (scalar.kind === 'membership') return !scalar.negated && nothing(scalar.plan);
    if (scalar.kind !== 'call') return false;
    if (scalar.name === 'and') return scalar.args.some(isNeverTrue);
    return scalar.name === 'or' && scalar.args.every(isNeverTrue);
  };
  return nothing(plan);
}
