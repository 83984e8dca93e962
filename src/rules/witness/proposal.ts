import type { Scalar } from '../../kql/index.ts';
import {
  type Dynamic,
  dynamicFrom,
  dynamicToJson,
  dynamicToText,
  parseDatetime,
  parseDynamic,
  type Value,
} from '../../values/index.ts';

/** A cell and the value that it should take. */
export interface Proposal {
  readonly cell: string;
  readonly value: Value;
}

/** What proposals are made from: the cells as they are, and values where none suggests itself. */
export interface Place {
  readonly cells: ReadonlyMap<string, Value>;
  /** A value that the cell has not held before. */
  readonly fresh: (cell: string) => Value;
  /** Texts that stand in the conditions. */
  readonly hints: readonly string[];
  /** Changes that may make a predicate come out as wanted. */
  readonly propose: (predicate: Scalar, wanted: boolean, place: Place) => Proposal[];
}

/** A function or operator applied. */
export type Call = Extract<Scalar, { kind: 'call' }>;

/** Ticks of a second. */
export const SECOND = 10_000_000n;

/** The elements of an array, or the one value. */
export const elementsOf = (value: Value | undefined): Value[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** All cells that a scalar reads. */
export function cellsOf(scalar: Scalar): string[] {
  if (scalar.kind === 'column') return [scalar.name];
  return scalar.kind === 'call' ? [...new Set(scalar.args.flatMap(cellsOf))] : [];
}

export const asDynamic = (value: Value): Dynamic => value;

/** A value as one of a scalar's type. */
export function converted(value: Value, { type }: Scalar): Value {
  if (value === null) return type === 'string' ? '' : null;
  if (type === 'string') return typeof value === 'string' ? value : dynamicToJson(value);
  if (type === 'dynamic')
    return typeof value === 'string' ? (/^\s*[[{]/.test(value) ? (parseDynamic(value) ?? value) : value) : value;
  if (type === 'bool') return typeof value === 'string' ? value === 'true' || value === '1' : Boolean(value);
  if (type === 'real') return Number(value);
  if (type === 'datetime') return typeof value === 'bigint' ? value : (parseDatetime(String(value)) ?? null);
  if (type === 'int' || type === 'long' || type === 'timespan') {
    if (typeof value === 'bigint') return value;
    return Number.isFinite(Number(value)) ? BigInt(Math.trunc(Number(value))) : null;
  }
  return typeof value === 'string' ? value : dynamicToText(dynamicFrom(value, type));
}
