/*
 * The units of `convert_*`, each as its size in the quantity's base unit. Kusto's own constants (those of UnitsNet in 2021),
 * some of them rounded: the acre foot of the reference's example is 1 / 0.000810714 cubic metres. Exact factors would give
 * numbers other than Kusto's.
 */

type Factors = Readonly<Record<string, number>>;

const PREFIXES: Readonly<Record<string, number>> = {
  Nano: 1e-9,
  Micro: 1e-6,
  Milli: 1e-3,
  Centi: 1e-2,
  Deci: 1e-1,
  Deca: 1e1,
  Hecto: 1e2,
  Kilo: 1e3,
  Mega: 1e6,
  Giga: 1e9,
  Tera: 1e12,
};

/** A unit and its multiples: `of('Liter', 1e-3, 'Milli Kilo')` has Liter, Milliliter and Kiloliter. */
function of(unit: string, factor: number, prefixes = ''): Factors {
  const names = prefixes === '' ? [] : prefixes.split(' ');
  const tail = unit[0]!.toLowerCase() + unit.slice(1);
  return Object.fromEntries([
    [unit, factor],
    ...names.map((name) => [`${name}${tail}`, factor * PREFIXES[name]!] as const),
  ]);
}

/** Only the multiples. */
function multiplesOf(unit: string, factor: number, prefixes: string): Factors {
  const { [unit]: _, ...multiples } = of(unit, factor, prefixes);
  return multiples;
}

const DEGREES = 180 / Math.PI;
const angle: Factors = {
  ...of('Degree', 1, 'Nano Micro Milli'),
  ...of('Radian', DEGREES, 'Nano Micro Milli Centi Deci'),
  Arcminute: 1 / 60,
  Arcsecond: 1 / 3600,
  Gradian: 0.9,
  NatoMil: 9 / 160,
  Revolution: 360,
};

const energy: Factors = {
  ...of('Joule', 1, 'Milli Kilo Mega Giga'),
  ...of('BritishThermalUnit', 1055.05585262, 'Kilo Mega Giga'),
  ...of('Calorie', 4.184, 'Kilo Mega'),
  ...of('ElectronVolt', 1.602176565e-19, 'Kilo Mega Giga Tera'),
  ...of('WattHour', 3600, 'Kilo Mega Giga Tera'),
  ...of('WattDay', 86_400, 'Kilo Mega Giga Tera'),
  ...of('ThermEc', 1.05505585262e8, 'Deca'),
  ...of('ThermImperial', 1.05505585257348e8, 'Deca'),
  ...of('ThermUs', 1.054804e8, 'Deca'),
  Erg: 1e-7,
  FootPound: 1.355817948,
  HorsepowerHour: 2.6845195377e6,
};

const KILOGRAM_FORCE = 9.80665002864;
const force: Factors = {
  ...of('Newton', 1, 'Micro Milli Deca Kilo Mega'),
  ...of('PoundForce', 4.448221615260509, 'Kilo'),
  Dyn: 1e-5,
  KilogramForce: KILOGRAM_FORCE,
  KiloPond: KILOGRAM_FORCE,
  OunceForce: 2.780138509537812e-1,
  Poundal: 0.1382550279897304,
  ShortTonForce: 8.896443230521e3,
  TonneForce: KILOGRAM_FORCE * 1000,
};

const INCH = 2.54e-2;
const SURVEY_FOOT = 1200 / 3937;
const length: Factors = {
  ...of('Meter', 1, 'Nano Micro Milli Centi Deci Deca Hecto Kilo'),
  ...of('LightYear', 9.46073047258e15, 'Kilo Mega'),
  ...of('Parsec', 3.08567758128e16, 'Kilo Mega'),
  Angstrom: 1e-10,
  AstronomicalUnit: 1.495978707e11,
  Chain: 20.1168,
  DataMile: 1828.8,
  DtpPica: 1 / 236.220472441,
  DtpPoint: INCH / 72,
  Fathom: 1.8288,
  Foot: 0.3048,
  Hand: 1.016e-1,
  Inch: INCH,
  Microinch: 2.54e-8,
  Mil: 2.54e-5,
  Mile: 1609.34,
  NauticalMile: 1852,
  PrinterPica: 1 / 237.106301584,
  PrinterPoint: INCH / 72.27,
  Shackle: 27.432,
  SolarRadius: 6.9551e8,
  Twip: 1 / 56692.913385826,
  UsSurveyFoot: SURVEY_FOOT,
  Yard: 0.9144,
};

const mass: Factors = {
  ...of('Gram', 1e-3, 'Nano Micro Milli Centi Deci Deca Hecto Kilo'),
  ...of('Tonne', 1e3, 'Kilo Mega'),
  ...of('Pound', 0.45359237, 'Kilo Mega'),
  EarthMass: 5.9722e24,
  Grain: 1 / 15432.358352941432,
  LongHundredweight: 1 / 0.01968413055222121,
  LongTon: 1.0160469088e3,
  Ounce: 1 / 35.2739619,
  ShortHundredweight: 1 / 0.022046226218487758,
  ShortTon: 9.0718474e2,
  Slug: 1 / 6.852176556196105e-2,
  SolarMass: 1.98947e30,
  Stone: 1 / 0.1574731728702698,
};

/** Lengths in each of some units of time. */
const paces = (lengths: Factors, times: Factors): Factors =>
  Object.fromEntries(
    Object.entries(lengths).flatMap(([unit, size]) =>
      Object.entries(times).map(([time, seconds]) => [`${unit}Per${time}`, size / seconds] as const),
    ),
  );
const SECOND_MINUTE: Factors = { Second: 1, Minute: 60 };
const SECOND_TO_HOUR: Factors = { ...SECOND_MINUTE, Hour: 3600 };
const speed: Factors = {
  ...paces(of('Meter', 1, 'Milli Centi Kilo'), SECOND_TO_HOUR),
  ...paces(multiplesOf('Meter', 1, 'Nano Micro Deci'), SECOND_MINUTE),
  ...paces({ Foot: 0.3048, Inch: INCH, UsSurveyFoot: SURVEY_FOOT, Yard: 0.9144 }, SECOND_TO_HOUR),
  Knot: 0.514444,
  MilePerHour: 0.44704,
};

const volume: Factors = {
  ...of('Liter', 1e-3, 'Micro Milli Centi Deci Deca Hecto Kilo Mega'),
  ...of('CubicMeter', 1, 'Hecto Kilo'),
  ...of('CubicFoot', 0.0283168, 'Hecto Kilo Mega'),
  ...of('UsGallon', 0.00378541, 'Deci Deca Hecto Kilo Mega'),
  ...of('ImperialGallon', 0.004546090000001814, 'Kilo Mega'),
  AcreFoot: 1 / 0.000810714,
  AuTablespoon: 2e-5,
  BoardFoot: 2.3597372158e-3,
  CubicCentimeter: 1e-6,
  CubicDecimeter: 1e-3,
  CubicHectometer: 1e6,
  CubicInch: 1.6387e-5,
  CubicKilometer: 1e9,
  CubicMicrometer: 1e-18,
  CubicMile: 4.16818182544058e9,
  CubicMillimeter: 1e-9,
  CubicYard: 0.764554858,
  ImperialBeerBarrel: 0.16365924,
  ImperialOunce: 2.84130624999629e-5,
  ImperialPint: 5.6826125e-4,
  MetricCup: 2.5e-4,
  MetricTeaspoon: 0.5e-5,
  OilBarrel: 0.158987294928,
  UkTablespoon: 1.5e-5,
  UsBeerBarrel: 0.1173477658,
  UsCustomaryCup: 0.0002365882365,
  UsLegalCup: 2.4e-4,
  UsOunce: 2.957352956253761e-5,
  UsPint: 4.73176473e-4,
  UsQuart: 9.46352946e-4,
  UsTablespoon: 1.478676478125e-5,
  UsTeaspoon: 4.92892159375e-6,
};

/** Quantities whose units differ by a factor only. */
export const unitFactors = { angle, energy, force, length, mass, speed, volume } as const;
