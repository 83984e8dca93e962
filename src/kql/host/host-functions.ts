import { MailhuntError } from '../../errors/index.ts';
import type { Column, KqlType, Value } from '../../values/index.ts';
import { aggregateFunction } from '../aggregates/index.ts';
import { operationNamed, type Rows } from '../compute/index.ts';
import {
  carried,
  HOST_AGGREGATE,
  HOST_CALL,
  HOST_PLACE,
  HOST_TURN,
  hostTextOfValue,
  scalarFunction,
  valueOfHostText,
} from '../functions/index.ts';
import { readPlanData } from '../plan/index.ts';
import { HOST_ROWS } from '../print/index.ts';

type Text = string | null;

/** A deterministic function of texts that the engine calls by name with any number of arguments. */
export interface HostFunction {
  readonly name: string;
  /** True where the result is null for whatever it is given, so that nothing of that need be read. */
  readonly blind?: boolean;
  readonly compute: (texts: readonly Text[]) => Text;
}

/** Calls repeat from row to row: of so many, the last results are kept. */
const MEMORY = 10_000;

/** The rows that an aggregate takes in a group, and an operation where it does not say. */
const MAX_ROWS = 1_000_000;

/** The characters of their rows: read, each takes twenty times as much memory, and minutes in which nobody is answered. */
const MAX_CHARACTERS = 128 * 1024 * 1024;

const typesIn = (text: string): KqlType[] => (text === '' ? [] : (text.split(',') as KqlType[]));
const rowsIn = (text: Text): Text[][] => JSON.parse(text ?? '[]');
const valuesIn = (row: readonly Text[], types: readonly KqlType[]): Value[] =>
  types.map((type, i) => valueOfHostText(row[i] ?? null, type));

/** `(name, type, argument types, argument, …)` of a scalar call. */
function computeCall([name, type, types, ...args]: readonly Text[]): Text {
  const argTypes = typesIn(types!);
  const call = { name: name!, type: type as KqlType, argTypes };
  return hostTextOfValue(scalarFunction(name!)!.evaluate(valuesIn(args, argTypes), call), call.type);
}

/** `(name, type, argument types, JSON array of rows)` of an aggregate. */
function computeAggregate([name, type, types, rows]: readonly Text[]): Text {
  const argTypes = typesIn(types!);
  const call = { name: name!, type: type as KqlType, argTypes };
  requireReadable(name!, rows ?? null);
  const group = rowsIn(rows ?? null);
  if (group.length > MAX_ROWS) throw new MailhuntError('KQL0010', { what: name!, rows: group.length, limit: MAX_ROWS });
  const values = group.map((row) => valuesIn(row, argTypes));
  return hostTextOfValue(aggregateFunction(name!)!.evaluate(values, call), call.type);
}

/** `(name, plan data of {options, schema, inputs}, JSON array of rows, …)` of a tabular operation. */
function computeRows([name, data, ...inputs]: readonly Text[]): Text {
  const operation = operationNamed(name!)!;
  const { options, schema, schemas } = readPlanData(data!) as unknown as {
    options: never;
    schema: readonly Column[];
    schemas: readonly (readonly Column[])[];
  };
  const tables = inputs.map((rows, i) => inputRows(operation.name, rows, schemas[i]!, operation.limit ?? MAX_ROWS));
  const result = operation.run(tables, options, schema);
  return JSON.stringify(result.map((row) => row.map((value, i) => hostTextOfValue(value, schema[i]!.type))));
}

function inputRows(what: string, text: Text, schema: readonly Column[], limit: number): Rows {
  const types = schema.map(({ type }) => type);
  requireReadable(what, text);
  const rows = rowsIn(text);
  if (rows.length > limit) throw new MailhuntError('KQL0010', { what, rows: rows.length, limit });
  return { schema, rows: rows.map((row) => valuesIn(row, types)) };
}

function requireReadable(what: string, rows: Text): void {
  if ((rows?.length ?? 0) > MAX_CHARACTERS)
    throw new MailhuntError('KQL0018', { what, limit: `${MAX_CHARACTERS} characters` });
}

/** Remembers what was computed for the same texts. */
function remembering(compute: HostFunction['compute']): HostFunction['compute'] {
  const known = new Map<string, Text>();
  return (texts) => {
    const key = JSON.stringify(texts);
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = compute(texts);
    if (known.size >= MEMORY) known.clear();
    if (key.length + (value?.length ?? 0) < 1_000) known.set(key, value);
    return value;
  };
}

const carrying =
  (compute: HostFunction['compute']): HostFunction['compute'] =>
  (texts) => {
    try {
      return compute(texts);
    } catch (error) {
      throw carried(error);
    }
  };

/** Where an address is, as the JSON text of a bag; null where it is not known. */
export type LookUpPlace = (address: string) => Text;

/** The functions that whoever opens the engine registers with it. */
export const hostFunctionsWith = (placeOf: LookUpPlace): readonly HostFunction[] => [
  { name: HOST_PLACE, compute: remembering(([address]) => placeOf(address ?? '')) },
  { name: HOST_CALL, compute: carrying(remembering(computeCall)) },
  { name: HOST_AGGREGATE, compute: carrying(computeAggregate) },
  { name: HOST_ROWS, compute: carrying(computeRows) },
  { name: HOST_TURN, blind: true, compute: () => null },
];

/** The same without a database of addresses. */
export const hostFunctions = hostFunctionsWith(() => null);
