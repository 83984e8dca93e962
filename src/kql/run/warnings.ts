import type { Span } from '../../errors/index.ts';
import type { Warning } from './answer.ts';

/**
 * Every warning: what its code says, and what to do about it. `docs/warnings.md` is generated from this table. A code is
 * never given a second meaning.
 */
export const warningCodes = {
  WARN0001: {
    message: 'a table that bears on the result is empty',
    advice:
      'Ingest what belongs there, or read the result with that in mind: an anti-join against an empty table keeps every row.',
  },
  WARN0002: {
    message: 'a predicate is true for no row at hand, because its column holds other values',
    advice: 'Write the predicate that the warning names.',
  },
  WARN0003: {
    message: 'there is no source for what a function adds: its values are empty',
    advice: 'docs/surroundings.md says which sources can be configured.',
  },
  WARN0004: {
    message: 'a source from outside is not there: no rows are read from it',
    advice: 'Put the file where the warning says.',
  },
  WARN0005: {
    message: 'a value was given for a parameter that the query does not declare',
    advice: 'Correct the name, or declare the parameter: declare query_parameters(days:long = 7);',
  },
  WARN0006: {
    message: 'a source of a fuzzy union does not exist and is left out',
    advice: 'Correct its name, or leave it out of the text.',
  },
  WARN0007: {
    message: 'a source from outside holds more than could be read: its other rows are there',
    advice: 'Look at what the warning names; docs/surroundings.md says what is read.',
  },
  WARN0008: {
    message: 'a time range was asked for beside the query, and a table has no column that it could limit',
    advice: 'Leave the range away, or filter that table by a column of its own.',
  },
} as const;

/** The code of a warning. */
export type WarningCode = keyof typeof warningCodes;

/** A warning, about a place of the query where it has one. */
export const warning = (code: WarningCode, message: string, span?: Span): Warning =>
  span === undefined ? { code, message } : { code, message, span };
