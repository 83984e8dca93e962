import type { KqlType, Value } from '../../values/index.ts';
import { convertArg, convertValue } from './convert.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

const wholes: readonly KqlType[] = ['int', 'long'];

/** The types that value, center and delta take; undefined where they do not go together. */
function typesFor([value, center, delta]: readonly KqlType[]): readonly [KqlType, KqlType, KqlType] | undefined {
  const all = [value!, center!, delta!];
  if (value === 'datetime' && center === 'datetime' && delta === 'timespan') return [value, center, delta];
  if (all.every((type) => type === 'timespan')) return ['timespan', 'timespan', 'timespan'];
  if (all.every((type) => wholes.includes(type))) return ['long', 'long', 'long'];
  return all.every((type) => type === 'real' || wholes.includes(type)) ? ['real', 'real', 'real'] : undefined;
}

const unlike = (types: readonly KqlType[]): string =>
  `cannot look for a ${types[0]} around a ${types[1]} by a ${types[2]}`;

/** `around(value, center, delta)`: whether the value is no further from the center; null where one of them is. */
export const aroundFunctions: readonly ScalarFunction[] = [
  {
    name: 'around',
    page: 'around-function',
    nullable: true,
    sql: ({ args, asFilter, refuse }) => {
      const types = typesFor(args.map(({ type }) => type)) ?? refuse(unlike(args.map(({ type }) => type)));
      const [value, center, delta] = args.map((arg, i) => convertArg(arg, types[i]!)) as [SqlArg, SqlArg, SqlArg];
      const holds = `(${value.sql} BETWEEN (${center.sql} - ${delta.sql}) AND (${center.sql} + ${delta.sql}))`;
      const known = [value, center, delta].filter(({ nullable }) => nullable).map(({ sql }) => `${sql} IS NOT NULL`);
      return asFilter || known.length === 0 ? holds : `CASE WHEN ${known.join(' AND ')} THEN ${holds} END`;
    },
    evaluate: (args, { argTypes }) => {
      const types = typesFor(argTypes) ?? refuseToEvaluate('around', unlike(argTypes));
      const [value, center, delta] = args.map((arg, i) => convertValue(arg, argTypes[i]!, types[i]!));
      return value == null || center == null || delta == null ? null : isAround(value, center, delta);
    },
  },
];

function isAround(value: Value, center: Value, delta: Value): boolean {
  if (typeof value === 'number') {
    const [middle, reach] = [center as number, delta as number];
    return value >= middle - reach && value <= middle + reach;
  }
  const [at, middle, reach] = [value as bigint, center as bigint, delta as bigint];
  return at >= middle - reach && at <= middle + reach;
}
