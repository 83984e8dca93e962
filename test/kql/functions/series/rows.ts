import { seriesFunctions } from '../../../../src/kql/functions/series/index.ts';
import type { Dynamic, KqlType, Value } from '../../../../src/values/index.ts';
import type { TypedValue } from '../check.ts';

/** What a row gives for dynamic arguments and typed ones, without the engine. */
export function compute(name: string, ...args: readonly (Value | TypedValue)[]): Value {
  const row = seriesFunctions.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Error(`no row ${name}`);
  const typed = args.map((arg) => (isTyped(arg) ? arg : (['dynamic', arg] as const)));
  return row.evaluate(
    typed.map(([, value]) => value),
    { name, argTypes: typed.map(([type]) => type), type: 'dynamic' },
  );
}

const types: readonly unknown[] = ['bool', 'int', 'long', 'real', 'string', 'dynamic'] satisfies KqlType[];

const isTyped = (arg: Value | TypedValue): arg is TypedValue =>
  Array.isArray(arg) && arg.length === 2 && types.includes(arg[0]);

/** The members of a tuple, each a list of numbers. */
export const lists = (value: Value): number[][] => value as number[][];

/** The numbers of an array. */
export const list = (value: Dynamic | undefined): number[] => (value as Dynamic[]).map(Number);
