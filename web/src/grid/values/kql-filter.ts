import type { Cell, Column } from '../contract.ts';
import { isEmpty, type KqlType } from './cell-text.ts';
import { kqlLiteral, quoted } from './kql-literal.ts';
import { kqlName } from './kql-name.ts';

/** A filter that a cell suggests: words for the menu, and the line of KQL. */
export interface FilterChoice {
  readonly label: string;
  readonly fragment: string;
}

/** Longer texts are no filter: nobody could read the query. */
const LONGEST = 4_000;

const ORDERED: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal', 'datetime', 'timespan']);

/**
 * The filters that a cell suggests, the likeliest first. Each keeps (or drops) the very row that the cell is of: the
 * literal reads back as the cell's value. None where no exact filter can be written.
 *
 * @example filterChoices({ name: 'Subject', type: 'string' }, 'hi')[0].fragment // '| where Subject == "hi"'
 */
export function filterChoices(column: Column, cell: Cell): FilterChoice[] {
  const name = kqlName(column.name);
  if (isEmpty(cell)) return emptyChoices(name, column.type);
  if (column.type === 'dynamic') return dynamicChoices(name, cell);
  if (column.type === 'real' && !Number.isFinite(Number(cell))) return realChoices(name, cell);
  const literal = kqlLiteral(cell, column.type);
  if (literal === undefined || literal.length > LONGEST) return [];
  return [
    ...choices(name, ['==', '!='], literal),
    ...(column.type === 'string' ? textChoices(name, String(cell)) : []),
    ...(ORDERED.has(column.type) ? choices(name, ['>=', '<='], literal) : []),
    ...(column.type === 'datetime' && !/^(0001|9999)/.test(String(cell)) ? [around(name, literal)] : []),
  ];
}

/**
 * A filter for several cells of one column: `in` or `!in`. Undefined where one of them cannot be written exactly.
 *
 * @example listFilter({ name: 'Country', type: 'string' }, ['NO', 'SE'], true) // '| where Country in ("NO", "SE")'
 */
export function listFilter(column: Column, cells: readonly Cell[], keep: boolean): string | undefined {
  if (column.type === 'dynamic' || cells.length === 0 || cells.length > 500) return undefined;
  const literals = [...new Set(cells.map((cell) => (isEmpty(cell) ? undefined : kqlLiteral(cell, column.type))))];
  const text = `| where ${kqlName(column.name)} ${keep ? 'in' : '!in'} (${literals.join(', ')})`;
  const exact = literals.every((literal) => literal !== undefined && !/^real\((nan|[+-]inf)\)$/.test(literal));
  return exact && text.length <= LONGEST * 4 ? text : undefined;
}

/** Steps into JSON: members by name, elements by number. */
export type JsonPath = readonly (string | number)[];

/**
 * A filter by a value within a dynamic or within the JSON of a text.
 *
 * @example jsonFilter({ name: 'AuthenticationDetails', type: 'string' }, ['DMARC'], 'fail')
 *   // '| where tostring(parse_json(AuthenticationDetails)["DMARC"]) == "fail"'
 */
export function jsonFilter(column: Column, path: JsonPath, leaf: unknown): string | undefined {
  const name = kqlName(column.name);
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `[${quoted(step)}]`)).join('');
  const place = `${column.type === 'dynamic' ? name : `parse_json(${name})`}${steps}`;
  const test = leafTest(place, leaf);
  return test === undefined || test.length > LONGEST ? undefined : `| where ${test}`;
}

function leafTest(place: string, leaf: unknown): string | undefined {
  if (leaf === null) return `isnull(${place})`;
  if (leaf === '') return `isempty(tostring(${place}))`;
  if (typeof leaf === 'string') return `tostring(${place}) == ${quoted(leaf)}`;
  if (typeof leaf === 'boolean') return `tobool(${place}) == ${leaf}`;
  return typeof leaf === 'number' ? `todouble(${place}) == ${kqlLiteral(leaf, 'real')}` : undefined;
}

const choices = (name: string, operators: readonly string[], literal: string): FilterChoice[] =>
  operators.map((operator) => ({ label: operator, fragment: `| where ${name} ${operator} ${literal}` }));

const emptyChoices = (name: string, type: KqlType): FilterChoice[] => {
  const test = type === 'string' ? 'empty' : 'null';
  return [
    { label: `is ${test}`, fragment: `| where is${test}(${name})` },
    { label: `is not ${test}`, fragment: `| where isnot${test}(${name})` },
  ];
};

/** `has` looks for whole words: only a text that begins and ends with a letter or digit is surely found by itself. */
const textChoices = (name: string, text: string): FilterChoice[] =>
  choices(
    name,
    [...(/^[A-Za-z0-9](.*[A-Za-z0-9])?$/s.test(text) ? ['has', '!has'] : []), 'contains', '=~'],
    quoted(text),
  );

const realChoices = (name: string, cell: Cell): FilterChoice[] => {
  const test = Number.isNaN(Number(cell)) ? 'isnan' : 'isinf';
  return [
    { label: test, fragment: `| where ${test}(${name})` },
    { label: `not ${test}`, fragment: `| where not(${test}(${name}))` },
  ];
};

const around = (name: string, literal: string): FilterChoice => ({
  label: '± 5 minutes',
  fragment: `| where ${name} between (${literal} - 5m .. ${literal} + 5m)`,
});

/** A whole bag or array has no exact literal, for the page does not know how its numbers were written. */
function dynamicChoices(name: string, cell: Cell): FilterChoice[] {
  if (typeof cell === 'object') return [{ label: 'is not null', fragment: `| where isnotnull(${name})` }];
  const test = leafTest(name, cell);
  if (test === undefined || test.length > LONGEST) return [];
  return [
    { label: '==', fragment: `| where ${test}` },
    { label: '!=', fragment: `| where not(${test})` },
  ];
}
