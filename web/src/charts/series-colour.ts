/** Results of checks, each with the number of its colour among the series: a failure is red on every chart. */
const ofResults: Readonly<Record<string, number>> = {
  pass: 2,
  fail: 4,
  softfail: 1,
  temperror: 6,
  permerror: 3,
  none: 7,
  unknown: 7,
  bestguesspass: 5,
  softpass: 5,
  neutral: 0,
};

/**
 * The colour of a series, as a number from 0: in the order of their coming, but where all of them are results of checks each
 * has its own.
 *
 * @example seriesColours(['pass', 'fail']) // [2, 4]
 */
export function seriesColours(names: readonly string[]): readonly number[] {
  const known = names.map((name) => ofResults[name.toLowerCase()]);
  return names.length > 1 && known.every((one) => one !== undefined) ? (known as number[]) : names.map((_, at) => at);
}
