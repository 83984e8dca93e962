import fc from 'fast-check';
import { expression } from './expressions.ts';
import { Picker } from './picker.ts';
import { queryOf } from './pipeline.ts';
import { table, types } from './step.ts';

const numbers = (length: number) => fc.array(fc.nat(65_535), { minLength: length, maxLength: length, size: 'max' });

/** The texts of random queries. */
export const query = fc
  .record({ source: numbers(8), operators: fc.array(numbers(60), { minLength: 1, maxLength: 6, size: 'max' }) })
  .map(({ source, operators }) =>
    queryOf(
      new Picker(source),
      operators.map((list) => new Picker(list)),
    ),
  );

/** The texts of queries that are nothing but expressions, so many of each type. */
export const expressions = fc.array(numbers(60), { minLength: 30, maxLength: 30, size: 'max' }).map((lists) => {
  const { text, schema } = table('A');
  const values = lists.map((list, i) => expression({ schema, picker: new Picker(list) }, types[i % types.length]!, 4));
  return `${text} | project ${values.map((value, i) => `v${i} = ${value}`).join(', ')}`;
});
