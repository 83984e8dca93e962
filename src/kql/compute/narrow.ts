import type { Operation } from './operation.ts';

/** A row for each cell of rows of texts: the number of its row, the name of its column, the text. */
const narrow: Operation = {
  name: 'narrow',
  page: 'narrow-plugin',
  run: ([input]) =>
    input!.rows.flatMap((row, i) => input!.schema.map(({ name }, at) => [BigInt(i), name, row[at] ?? ''])),
};

/** Tables turned on their side. */
export const narrowOperations: readonly Operation[] = [narrow];
