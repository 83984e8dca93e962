import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unitConversionFunctions } from '../../../src/kql/functions/unit-conversion.ts';
import { rowOf } from './agreement.ts';
import { checkRows, real, string } from './check.ts';

const convert = (quantity: string, value: number, from: string, to: string) =>
  rowOf(unitConversionFunctions, `convert_${quantity}`).evaluate([value, from, to], {
    name: `convert_${quantity}`,
    type: 'real',
    argTypes: ['real', 'string', 'string'],
  });

test('the examples of the reference, and both ways of each quantity', () => {
  for (const [quantity, value, from, to, expected] of [
    ['angle', 1.2, 'Degree', 'Arcminute', 72],
    ['angle', 0.5, 'Tilt', 'Degree', 30],
    ['energy', 1.2, 'Joule', 'BritishThermalUnit', 0.00113738054437598],
    ['force', 1.2, 'Newton', 'Decanewton', 0.12],
    ['length', 1.2, 'Meter', 'Foot', 3.93700787401575],
    ['length', 2, 'KilolightYear', 'LightYear', 2000],
    ['mass', 1.2, 'Kilogram', 'Pound', 2.64554714621853],
    ['mass', 3, 'Megatonne', 'Kilotonne', 3000],
    ['speed', 1.2, 'MeterPerSecond', 'CentimeterPerHour', 432000],
    ['temperature', 1.2, 'Kelvin', 'DegreeCelsius', -271.95],
    ['temperature', 100, 'DegreeCelsius', 'DegreeFahrenheit', 212],
    ['temperature', 100, 'DegreeCelsius', 'DegreeDelisle', 0],
    ['temperature', 100, 'DegreeCelsius', 'DegreeRoemer', 60],
    ['volume', 1.2, 'CubicMeter', 'AcreFoot', 0.0009728568],
    ['volume', 2, 'DeciusGallon', 'UsGallon', 0.2],
  ] as const) {
    const there = convert(quantity, value, from, to) as number;
    const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 + Math.abs(b) * 1e-12;
    assert.ok(close(there, expected), `${value} ${from} in ${to}: ${there}`);
    assert.ok(close(convert(quantity, there, to, from) as number, value), `${there} ${to} in ${from}`);
  }
});

test('an unknown unit gives null, one in another case is refused', async () => {
  await checkRows(unitConversionFunctions, [
    { name: 'convert_mass', args: [real(1), string('Gram'), string('Stones')], type: 'real', expected: null },
    { name: 'convert_mass', args: [real(null), string('Gram'), string('Stone')], type: 'real', expected: null },
    { name: 'convert_mass', args: [real(0.1), string('Gram'), string('Gram')], type: 'real', expected: 0.1 },
  ]);
  assert.throws(() => convert('mass', 1, 'gram', 'Stone'), { code: 'KQL0005' });
  assert.equal(convert('mass', 1, 'constructor', 'Gram'), null);
});
