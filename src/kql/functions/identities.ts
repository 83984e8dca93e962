import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';

const NOWHERE = '00000000-0000-0000-0000-000000000000';

/** A guid by chance, another for each row; and the guid of the data shard, of which there is none on one machine. */
export const identityFunctions: readonly ScalarFunction[] = [
  {
    name: 'new_guid',
    page: 'new-guid-function',
    nullable: false,
    foldable: false,
    sql: () => 'uuid()',
    evaluate: () => refuseToEvaluate('new_guid', 'is computed by the database only'),
  },
  ...['extent_id', 'extentid'].map((name) => ({
    name,
    page: 'extent-id-function',
    nullable: false,
    evaluate: () => NOWHERE,
  })),
  { name: 'extent_tags', page: 'extent-tags-function', nullable: true, evaluate: () => null },
];
