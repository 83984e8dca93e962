import { MailhuntError } from '../../errors/index.ts';
import type { Dynamic, KqlType, Value } from '../../values/index.ts';
import { convertValue } from './convert.ts';
import { totalWeight, type Weighted, weightedValues } from './weighted-values.ts';

/**
 * What `tdigest` gives, as a dynamic: `[[7],[values],[weights]]`, values ascending; times stand as ticks and their type
 * beside the 7 (`[[7,"datetime"],…]`). Every distinct value is kept up to {@link MOST_CENTROIDS}, so percentiles are exact.
 */
export interface Digest {
  readonly type: DigestType;
  readonly values: readonly Weighted[];
}

type DigestType = 'long' | 'real' | 'datetime' | 'timespan';

/** Marks a digest, as Kusto's own forms do. */
const FORM = 7n;

/** More values than this are taken together, neighbours in one at their mean. */
export const MOST_CENTROIDS = 10_000;

const digestTypes: Readonly<Partial<Record<KqlType, DigestType>>> = {
  int: 'long',
  long: 'long',
  real: 'real',
  decimal: 'real',
  datetime: 'datetime',
  timespan: 'timespan',
};

/** The digest of values of one type, and how often each counts; null of none. */
export function digestOf(items: readonly Weighted[], from: KqlType): Dynamic {
  const type = digestTypes[from] ?? 'real';
  const values = weightedValues(
    items.map(({ value, weight }) => ({ value: convertValue(value, from, type), weight })),
  ).filter(({ value }) => typeof value !== 'number' || Number.isFinite(value));
  return values.length === 0 ? null : written({ type, values: compressed(values) });
}

function written({ type, values }: Digest): Dynamic {
  const head = type === 'datetime' || type === 'timespan' ? [FORM, type] : [FORM];
  return [head, values.map(({ value }) => value), values.map(({ weight }) => asWeight(weight))];
}

const asWeight = (weight: number): Dynamic => (Number.isSafeInteger(weight) ? BigInt(weight) : weight);

/** What a dynamic says as a digest; undefined where it is none. */
export function readDigest(state: Value | undefined): Digest | undefined {
  if (!Array.isArray(state)) return undefined;
  const [head, values, weights] = state;
  if (!Array.isArray(head) || !Array.isArray(values) || !Array.isArray(weights)) return undefined;
  if (state.length !== 3 || head[0] !== FORM || values.length !== weights.length || values.length === 0)
    return undefined;
  if (![...values, ...weights].every((item) => typeof item === 'bigint' || typeof item === 'number')) return undefined;
  const real = values.some((value) => typeof value === 'number');
  const type = head[1] === 'datetime' || head[1] === 'timespan' ? head[1] : real ? 'real' : 'long';
  return {
    type,
    values: values.map((value, i) => ({ value: real ? Number(value) : value!, weight: Number(weights[i]) })),
  };
}

/** One digest of several; null of none. Digests of numbers and of times do not go together. */
export function mergedDigests(states: readonly (Value | undefined)[], what: string): Dynamic {
  const digests = states.map(readDigest).filter((digest) => digest !== undefined);
  const types = new Set(digests.map(({ type }) => type));
  const type = types.has('real') ? 'real' : digests[0]?.type;
  if (type === undefined) return null;
  if ([...types].some((other) => other !== type && !(type === 'real' && other === 'long')))
    throw new MailhuntError('KQL0005', { what, text: `cannot merge digests of ${[...types].join(' and ')}` });
  const values = digests.flatMap((digest) =>
    digest.values.map(({ value, weight }) => ({ value: type === 'real' ? Number(value) : value, weight })),
  );
  return digestOf(values, type);
}

/** Neighbours taken together until few enough are left. */
function compressed(values: readonly Weighted[]): readonly Weighted[] {
  if (values.length <= MOST_CENTROIDS) return values;
  const size = Math.ceil(values.length / MOST_CENTROIDS);
  const groups = Array.from({ length: Math.ceil(values.length / size) }, (_, i) =>
    values.slice(i * size, (i + 1) * size),
  );
  return groups.map((group) => ({ value: meanOf(group), weight: totalWeight(group) }));
}

/** The mean of neighbours, of whole numbers and ticks a whole one; told from the first, so that large ones stay exact. */
function meanOf(group: readonly Weighted[]): Value {
  const first = group[0]!.value as bigint | number;
  const distance = (value: Value): number =>
    typeof first === 'bigint' ? Number((value as bigint) - first) : (value as number) - first;
  const mean = group.reduce((sum, { value, weight }) => sum + distance(value) * weight, 0) / totalWeight(group);
  return typeof first === 'bigint' ? first + BigInt(Math.round(mean)) : first + mean;
}
