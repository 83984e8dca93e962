import { hash } from 'node:crypto';
import { MailhuntError } from '../../errors/index.ts';
import { type Dynamic, dynamicFrom, dynamicToJson, type KqlType, type Value } from '../../values/index.ts';

/**
 * What `hll` gives, as a dynamic: `[[1024,14],[hashes],[]]`, the second number telling the accuracy that was asked for.
 * The hash of every distinct value is kept, so the count is exact; Kusto estimates beyond 1,024.
 */
interface Sketch {
  readonly precision: bigint;
  readonly hashes: readonly string[];
}

const SPARSE = 1024n;

/** The precision of each accuracy, 0 to 4. */
const precisions: readonly bigint[] = [12n, 14n, 16n, 17n, 18n];

/** The accuracy where the call names none. */
const DEFAULT_ACCURACY = 1n;

/** The most distinct values. */
const MOST_HASHES = 1_000_000;

/** The sketch of values of one type; null of none. */
export function sketchOf(values: readonly Value[], type: KqlType, accuracy: Value = DEFAULT_ACCURACY): Dynamic {
  const precision = precisions[Number(accuracy ?? DEFAULT_ACCURACY)];
  if (precision === undefined)
    throw new MailhuntError('KQL0005', { what: 'hll', text: 'the accuracy is a number from 0 to 4' });
  const present = values.filter((value) => value !== null);
  return written(precision, new Set(present.map((value) => hashOf(value, type))));
}

function written(precision: bigint, hashes: ReadonlySet<string>): Dynamic {
  if (hashes.size > MOST_HASHES)
    throw new MailhuntError('KQL0010', { what: 'hll', rows: hashes.size, limit: MOST_HASHES });
  return hashes.size === 0 ? null : [[SPARSE, precision], [...hashes].sort(), []];
}

const numbers: readonly KqlType[] = ['int', 'long'];

/** Whole numbers are the same whatever their type. */
function hashOf(value: Value, type: KqlType): string {
  const kind = numbers.includes(type) ? 'long' : type;
  const digest = hash('sha256', `${kind} ${dynamicToJson(dynamicFrom(value, type))}`, 'buffer');
  return String(digest.readBigInt64LE());
}

function readSketch(state: Value | undefined): Sketch | undefined {
  if (!Array.isArray(state) || state.length !== 3) return undefined;
  const [head, hashes, dense] = state;
  if (!Array.isArray(head) || !Array.isArray(hashes) || !Array.isArray(dense)) return undefined;
  const [form, precision] = head;
  const known = form === SPARSE && precisions.some((one) => one === precision) && dense.length === 0;
  if (!known || !hashes.every((hash) => typeof hash === 'string')) return undefined;
  return { precision: precision as bigint, hashes };
}

/** Whether a dynamic is what `hll` gives. */
export const isSketch = (state: Value | undefined): boolean => readSketch(state) !== undefined;

/** How many distinct values a sketch has seen; null of what is no sketch. */
export function distinctIn(state: Value | undefined): Value {
  const sketch = readSketch(state);
  return sketch === undefined ? null : BigInt(new Set(sketch.hashes).size);
}

/** One sketch of several of the same accuracy; null of none. */
export function mergedSketches(states: readonly (Value | undefined)[], what: string): Dynamic {
  const sketches = states.map(readSketch).filter((sketch) => sketch !== undefined);
  const precision = sketches[0]?.precision;
  if (precision === undefined) return null;
  if (sketches.some((sketch) => sketch.precision !== precision))
    throw new MailhuntError('KQL0005', { what, text: 'cannot merge results of different accuracy' });
  return written(precision, new Set(sketches.flatMap(({ hashes }) => hashes)));
}
