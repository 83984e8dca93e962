import type { Column, KqlType } from '../../../src/values/index.ts';
import type { Picker } from './picker.ts';
import { randomTables } from './tables.ts';

/** A query in the making. */
export interface Pipeline {
  readonly text: string;
  readonly schema: readonly Column[];
  /** Whether the rows stand in an order that leaves nothing open (rows that are equal apart). */
  readonly ordered: boolean;
}

/** Adds an operator to a pipeline. `fresh` makes a name that no column has. */
export type Step = (pipeline: Pipeline, picker: Picker, fresh: () => string) => Pipeline;

/** All that a column may be. */
export const types: readonly KqlType[] = [
  'long',
  'string',
  'bool',
  'real',
  'datetime',
  'timespan',
  'dynamic',
  'int',
  'decimal',
  'guid',
];

/** The pipeline with another operator. */
export const followedBy = (pipeline: Pipeline, step: string, change: Partial<Pipeline> = {}): Pipeline => ({
  ...pipeline,
  ...change,
  text: `${pipeline.text}\n| ${step}`,
});

/** A column's name in a text. */
export const ref = (name: string): string => `['${name}']`;

/** The columns of some types. */
export const columnsOf = ({ schema }: Pipeline, wanted: readonly KqlType[]): Column[] =>
  schema.filter(({ type }) => wanted.includes(type));
/** A whole table. */
export const table = (name: string): Pipeline => ({
  text: name,
  schema: randomTables.find((one) => one.name === name)!.schema,
  ordered: false,
});

/** Sorted by every column, from any one on, so that only equal rows can change places. */
export const inOrder: Step = (pipeline, picker) => {
  if (pipeline.ordered || pipeline.schema.length === 0) return pipeline;
  const first = picker.below(pipeline.schema.length);
  const keys = [...pipeline.schema.slice(first), ...pipeline.schema.slice(0, first)].map(({ name, type }) => {
    const value = type === 'dynamic' || type === 'guid' ? `tostring(${ref(name)})` : ref(name);
    return `${value} ${picker.of(['asc', 'desc', 'asc nulls last', 'desc nulls first'])}`;
  });
  return followedBy(pipeline, `sort by ${keys.join(', ')}`, { ordered: true });
};
