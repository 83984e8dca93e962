import type { KqlType } from '../../values/index.ts';
import { convertSql, converts, convertValue } from './convert.ts';
import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction, SqlArg } from './row.ts';

const impossible = (from: KqlType, to: KqlType): string => `cannot make a ${to} of a ${from}`;

const conversion = (name: string, to: KqlType, page = `${name}-function`): ScalarFunction => ({
  name,
  page,
  nullable: to !== 'string',
  sql: (call) => {
    const [arg] = call.args as [SqlArg];
    if (!converts(arg.type, to)) return call.refuse(impossible(arg.type, to));
    // Digits beyond those that the engine holds are refused, not cut.
    return arg.type === 'dynamic' && to === 'decimal' ? hostCallSql(call) : convertSql(arg, to);
  },
  evaluate: ([value = null], { argTypes: [from] }) =>
    converts(from!, to) ? convertValue(value, from!, to) : refuseToEvaluate(name, impossible(from!, to)),
});

/** `tostring` and its kin: what does not convert is null (of `tostring`: the empty string). */
export const conversionFunctions: readonly ScalarFunction[] = [
  conversion('tobool', 'bool'),
  conversion('toboolean', 'bool', 'tobool-function'),
  conversion('toint', 'int'),
  conversion('tolong', 'long'),
  conversion('toreal', 'real'),
  conversion('todouble', 'real', 'toreal-function'),
  conversion('todecimal', 'decimal'),
  conversion('tostring', 'string'),
  conversion('todatetime', 'datetime'),
  conversion('totimespan', 'timespan'),
  conversion('totime', 'timespan', 'totimespan-function'),
  conversion('toguid', 'guid'),
];
