import type { Value } from '../../values/index.ts';
import { convertSql, convertValue } from './convert.ts';
import type { ScalarFunction } from './row.ts';

const long = (value: bigint): bigint => BigInt.asIntN(64, value);

/** A function of the bits of longs. */
const ofBits = (
  name: string,
  sql: (a: string, b: string) => string,
  compute: (a: bigint, b: bigint) => Value,
): ScalarFunction => ({
  name,
  page: `${name.replaceAll('_', '-')}-function`,
  nullable: true,
  sql: ({ args: [a, b] }) => sql(convertSql(a!, 'long'), b === undefined ? '' : convertSql(b, 'long')),
  evaluate: ([a = null, b = 0n]) => (a === null || b === null ? null : compute(a as bigint, b as bigint)),
});

const countOnes = (value: bigint): bigint => BigInt(BigInt.asUintN(64, value).toString(2).replaceAll('0', '').length);

/** An int has 32 bits, so that a negative one has eight digits. */
const bitsOf = (type: string): number => (type === 'int' ? 32 : 64);

const toHex: ScalarFunction = {
  name: 'tohex',
  page: 'tohex-function',
  sql: ({ args: [value, width], refuse }) => {
    if (width !== undefined && typeof width.constant !== 'bigint') refuse('needs a constant length');
    // The engine widens an int to 64 bits first.
    const bits = value!.type === 'int' ? `(CAST(${value!.sql} AS BIGINT) & 4294967295)` : value!.sql;
    const digits = `lower(hex(${bits}))`;
    const padded =
      width === undefined
        ? digits
        : `lpad(${digits}, CAST(greatest(length(${digits}), ${Math.min(Number(width.constant), 16)}) AS INTEGER), '0')`;
    return `coalesce(${padded}, '')`;
  },
  evaluate: ([value = null, width = 0n], { argTypes: [type] }) => {
    if (value === null) return '';
    const digits = BigInt.asUintN(bitsOf(type!), convertValue(value, type!, 'long') as bigint).toString(16);
    return digits.padStart(Math.min(Number(width), 16), '0');
  },
};

/** Bits of whole numbers. A shift counts modulo 64; a negative one is null. */
export const binaryFunctions: readonly ScalarFunction[] = [
  ofBits(
    'binary_and',
    (a, b) => `(${a} & ${b})`,
    (a, b) => long(a & b),
  ),
  ofBits(
    'binary_or',
    (a, b) => `(${a} | ${b})`,
    (a, b) => long(a | b),
  ),
  ofBits(
    'binary_xor',
    (a, b) => `xor(${a}, ${b})`,
    (a, b) => long(a ^ b),
  ),
  ofBits(
    'binary_not',
    (a) => `(~${a})`,
    (a) => ~a,
  ),
  ofBits(
    'binary_shift_left',
    // Shifted as a row of bits: the engine fails where a number would lose some.
    (a, b) => `CASE WHEN ${b} >= 0 THEN CAST((CAST(${a} AS BIT) << CAST(${b} % 64 AS INTEGER)) AS BIGINT) END`,
    (a, b) => (b < 0n ? null : long(a << (b % 64n))),
  ),
  ofBits(
    'binary_shift_right',
    (a, b) => `CASE WHEN ${b} >= 0 THEN (${a} >> (${b} % 64)) END`,
    (a, b) => (b < 0n ? null : a >> (b % 64n)),
  ),
  ofBits('bitset_count_ones', (a) => `CAST(bit_count(${a}) AS BIGINT)`, countOnes),
  toHex,
];
