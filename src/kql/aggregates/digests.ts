import { digestOf, mergedDigests } from '../functions/digest.ts';
import type { AggregateFunction } from '../functions/row.ts';
import { mergedSketches, sketchOf } from '../functions/sketch.ts';

const merge = (name: string): AggregateFunction => ({
  name,
  page: 'tdigest-merge-aggregation-function',
  evaluate: (rows) =>
    mergedDigests(
      rows.map(([state]) => state),
      name,
    ),
});

/** Groups kept small, to be asked later: values and their weights (tdigest), distinct values (hll). */
export const digestAggregates: readonly AggregateFunction[] = [
  {
    name: 'tdigest',
    page: 'tdigest-aggregation-function',
    evaluate: (rows, { argTypes: [type] }) =>
      digestOf(
        rows.map(([value = null, weight = 1n]) => ({ value, weight: Number(weight) })),
        type!,
      ),
  },
  merge('tdigest_merge'),
  merge('merge_tdigest'),
  {
    name: 'hll',
    page: 'hll-aggregation-function',
    evaluate: (rows, { argTypes: [type] }) =>
      sketchOf(
        rows.map(([value = null]) => value),
        type!,
        rows[0]?.[1],
      ),
  },
  {
    name: 'hll_if',
    page: 'hll-if-aggregation-function',
    evaluate: (rows, { argTypes: [type] }) =>
      sketchOf(
        rows.filter(([, holds]) => holds === true).map(([value = null]) => value),
        type!,
        rows[0]?.[2],
      ),
  },
  {
    name: 'hll_merge',
    page: 'hll-merge-aggregation-function',
    evaluate: (rows) =>
      mergedSketches(
        rows.map(([state]) => state),
        'hll_merge',
      ),
  },
];
