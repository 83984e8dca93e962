import type { KqlType, Value } from '../../values/index.ts';
import { convertValue } from './convert.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { unitFactors } from './unit-factors.ts';

/** A unit, as the way to and from the base unit of its quantity. */
interface Unit {
  readonly toBase: (value: number) => number;
  readonly fromBase: (value: number) => number;
}

type Units = ReadonlyMap<string, Unit>;

/** A unit that lies on a straight line over the base unit: base = value · scale + zero. */
const line = (scale: number, zero = 0): Unit => ({
  toBase: (value) => value * scale + zero,
  fromBase: (value) => (value - zero) / scale,
});

const factors = (quantity: keyof typeof unitFactors): [string, Unit][] =>
  Object.entries(unitFactors[quantity]).map(([name, factor]) => [name, line(factor)]);

const DEGREES = 180 / Math.PI;
/** The sine of an angle. */
const tilt: Unit = {
  toBase: (value) => Math.asin(value) * DEGREES,
  fromBase: (value) => Math.sin(value / DEGREES),
};

const ICE = 273.15;
const temperatures: readonly (readonly [string, Unit])[] = [
  ['Kelvin', line(1)],
  ['DegreeCelsius', line(1, ICE)],
  ['MillidegreeCelsius', line(1e-3, ICE)],
  ['DegreeDelisle', line(-2 / 3, 373.15)],
  ['DegreeFahrenheit', line(5 / 9, (459.67 * 5) / 9)],
  ['DegreeNewton', line(100 / 33, ICE)],
  ['DegreeRankine', line(5 / 9)],
  ['DegreeReaumur', line(5 / 4, ICE)],
  ['DegreeRoemer', line(40 / 21, ICE - (7.5 * 40) / 21)],
  ['SolarTemperature', line(5778)],
];

const quantities: Readonly<Record<string, Units>> = {
  angle: new Map([...factors('angle'), ['Tilt', tilt]]),
  energy: new Map(factors('energy')),
  force: new Map(factors('force')),
  length: new Map(factors('length')),
  mass: new Map(factors('mass')),
  speed: new Map(factors('speed')),
  temperature: new Map(temperatures),
  volume: new Map(factors('volume')),
};

/** Whether a name of another case counts, the reference does not say. */
function unitNamed(units: Units, name: string, row: string): Unit | undefined {
  const unit = units.get(name);
  if (unit !== undefined) return unit;
  const spelled = [...units.keys()].find((known) => known.toLowerCase() === name.toLowerCase());
  return spelled === undefined ? undefined : refuseToEvaluate(row, `the unit is spelled ${spelled}, not ${name}`);
}

function converted(row: string, units: Units, [value, from, to]: readonly Value[], types: readonly KqlType[]): Value {
  const number = convertValue(value ?? null, types[0]!, 'real') as number | null;
  const [source, target] = [from, to].map((name, i) =>
    unitNamed(units, convertValue(name ?? null, types[i + 1]!, 'string') as string, row),
  );
  if (number === null || source === undefined || target === undefined) return null;
  return source === target ? number : target.fromBase(source.toBase(number));
}

/** `convert_length(1.2, 'Meter', 'Foot')` and its kin; an unknown unit gives null. */
export const unitConversionFunctions: readonly ScalarFunction[] = Object.entries(quantities).map(
  ([quantity, units]): ScalarFunction => {
    const name = `convert_${quantity}`;
    return {
      name,
      page: `convert-${quantity}-function`,
      nullable: true,
      evaluate: (args, { argTypes }) => converted(name, units, args, argTypes),
    };
  },
);
