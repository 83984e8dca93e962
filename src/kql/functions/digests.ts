import { dynamicFrom, type KqlType, type Value } from '../../values/index.ts';
import { convertValue } from './convert.ts';
import { type Digest, mergedDigests, readDigest } from './digest.ts';
import type { ScalarFunction } from './row.ts';
import { compareValues, rankAmong, totalWeight, type Weighted } from './weighted-values.ts';

/** The value at a percentile: of the type that the call names, else as it stands in a dynamic. */
function percentile(state: Value | undefined, share: Value | undefined, type: KqlType): Value {
  const digest = readDigest(state);
  const part = Number(share ?? Number.NaN);
  if (digest === undefined || !(part >= 0 && part <= 100)) return type === 'string' ? '' : null;
  const found = rankAmong(digest.values, part);
  return type === 'dynamic' ? dynamicFrom(found, digest.type) : convertedValue(found, digest.type, type);
}

/** Null where a value of the one type is none of the other: a long from a datetime. */
function convertedValue(value: Value, from: KqlType, to: KqlType): Value {
  const isTime = (type: KqlType): boolean => type === 'datetime' || type === 'timespan';
  return (isTime(from) || isTime(to)) && from !== to && to !== 'string' ? null : convertValue(value, from, to);
}

/** Whether a digest may be asked about values of a type. */
function isOf(digest: Digest | undefined, type: KqlType): digest is Digest {
  if (digest === undefined) return false;
  const isTime = digest.type === 'datetime' || digest.type === 'timespan';
  return isTime ? type === digest.type : ['int', 'long', 'real', 'decimal'].includes(type);
}

/** How many of a digest's values are not above a value, and how many there are; undefined where they do not compare. */
function rankIn(state: Value | undefined, value: Value, type: KqlType): { rank: number; of: number } | undefined {
  const digest = readDigest(state);
  if (!isOf(digest, type) || value === null) return undefined;
  const asked = type === 'decimal' ? Number(value) : value;
  const below = ({ value: item }: Weighted): boolean => compareValues(item, asked) <= 0;
  return { rank: totalWeight(digest.values.filter(below)), of: totalWeight(digest.values) };
}

const merge = (name: string): ScalarFunction => ({
  name,
  page: 'merge-tdigest-function',
  nullable: true,
  evaluate: (args) => mergedDigests(args, name),
});

/** What may be asked of the result of `tdigest`. */
export const digestFunctions: readonly ScalarFunction[] = [
  {
    name: 'percentile_tdigest',
    page: 'percentile-tdigest-function',
    nullable: true,
    evaluate: ([state, share], { type }) => percentile(state, share, type),
  },
  {
    name: 'percentiles_array_tdigest',
    page: 'percentile-array-tdigest-function',
    nullable: true,
    // Percentiles stand one by one or in an array.
    evaluate: ([state, ...shares]) =>
      readDigest(state) === undefined ? null : shares.flat().map((share) => percentile(state, share, 'dynamic')),
  },
  {
    name: 'rank_tdigest',
    page: 'rank-tdigest-function',
    nullable: true,
    evaluate: ([state, value = null], { argTypes, type }) => {
      const found = rankIn(state, value, argTypes[1]!);
      return found === undefined ? null : convertValue(found.rank, 'real', type);
    },
  },
  {
    name: 'percentrank_tdigest',
    page: 'percentrank-tdigest-function',
    nullable: true,
    evaluate: ([state, value = null], { argTypes, type }) => {
      const found = rankIn(state, value, argTypes[1]!);
      return found === undefined ? null : convertValue((found.rank * 100) / found.of, 'real', type);
    },
  },
  merge('merge_tdigest'),
  merge('tdigest_merge'),
  {
    name: 'tdigest_isvalid',
    page: 'tdigest-aggregation-function',
    nullable: false,
    // The second argument is a value of the type that the digest is asked to be of.
    evaluate: ([state], { argTypes }) => isOf(readDigest(state), argTypes[1]!),
  },
];
