import type { ScalarFunction } from './row.ts';
import { distinctIn, isSketch, mergedSketches } from './sketch.ts';

/** What may be asked of the result of `hll`. */
export const sketchFunctions: readonly ScalarFunction[] = [
  {
    name: 'dcount_hll',
    page: 'dcount-hll-function',
    nullable: true,
    evaluate: ([state]) => distinctIn(state),
  },
  {
    name: 'hll_merge',
    page: 'hll-merge-function',
    nullable: true,
    evaluate: (args) => mergedSketches(args, 'hll_merge'),
  },
  {
    name: 'hll_isvalid',
    page: 'hll-aggregation-function',
    nullable: false,
    evaluate: ([state]) => isSketch(state),
  },
];
