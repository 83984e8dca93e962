import type { Scalar } from '../../../kql/index.ts';

/** Functions that give another value each time they are asked. */
const changing = new Set(['rand', 'new_guid', 'row_number', 'ingestion_time', 'cursor_current', 'current_cursor']);

const keys = new WeakMap<object, string>();
let unique = 0;

/** A text that is the same for scalars that mean the same on the same row, wherever they stand. */
export function keyOf(scalar: Scalar): string {
  const known = keys.get(scalar);
  if (known !== undefined) return known;
  const key = makeKey(scalar);
  keys.set(scalar, key);
  return key;
}

function makeKey(scalar: Scalar): string {
  switch (scalar.kind) {
    case 'column':
      return scalar.name;
    case 'literal':
      return `${scalar.type}:${JSON.stringify(scalar.value, plain)}`;
    case 'call':
      if (changing.has(scalar.name)) return `${scalar.name}#${++unique}`;
      return `${scalar.name}(${scalar.args.map(keyOf).join(',')})`;
    default:
      return `plan#${++unique}`;
  }
}

const plain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return `${value}n`;
  return value instanceof Map ? [...value] : value;
};
