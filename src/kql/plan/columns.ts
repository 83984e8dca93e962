import type { Scalar } from './scalar.ts';

/** A scalar with its columns replaced by what they stand for; a name that `by` lacks stays. */
export function replaceColumns(scalar: Scalar, by: ReadonlyMap<string, Scalar>): Scalar {
  switch (scalar.kind) {
    case 'column':
      return by.get(scalar.name) ?? scalar;
    case 'call':
      return { ...scalar, args: scalar.args.map((arg) => replaceColumns(arg, by)) };
    case 'membership':
      return { ...scalar, value: replaceColumns(scalar.value, by) };
    default:
      return scalar;
  }
}

/** How often each column is read in a scalar, added to `uses`. */
export function countColumns(scalar: Scalar, uses: Map<string, number>): void {
  if (scalar.kind === 'column') uses.set(scalar.name, (uses.get(scalar.name) ?? 0) + 1);
  if (scalar.kind === 'call') for (const arg of scalar.args) countColumns(arg, uses);
  if (scalar.kind === 'membership') countColumns(scalar.value, uses);
}
