import type { Picker } from './picker.ts';
import { type Pipeline, table } from './step.ts';

/** Texts of JSON, one with an escape where others have the letter, and what is none. */
const texts = `datatable(n:long, s:string)[1, '{"a":"x"}', 2, '{"a":"\\\\u0078","b":[1]}', 3, '{"a":"y", "b":"x"}', 4, 'x', 5, '']`;

/** Where a query begins: a table, constant rows, numbers in a row. */
const sources: readonly ((picker: Picker) => Pipeline)[] = [
  (picker) => table(picker.of(['A', 'B', 'C'])),
  (picker) => table(picker.of(['A', 'B', 'C'])),
  (picker) => table(picker.of(['A', 'B', 'C'])),
  (picker) => ({
    text: `range n from ${picker.of(['1 to 7 step 2', '1 to 8 step 2', '5 to -4 step -3', '3 to 1 step 1'])}`,
    schema: [{ name: 'n', type: 'long' }],
    ordered: false,
  }),
  () => ({
    text: texts,
    schema: [
      { name: 'n', type: 'long' },
      { name: 's', type: 'string' },
    ],
    ordered: false,
  }),
];

/** A random source of rows. */
export const sourceOf = (picker: Picker): Pipeline => picker.of(sources)(picker);
