/** Outcomes of a corpus file. */
export interface Counts {
  readonly pass: number;
  readonly crash: number;
}

/** Published hunts: how many run, how many of those find rows, and how many give what the naive evaluation gives. */
export interface HuntCounts {
  readonly run: number;
  readonly rows: number;
  readonly equal: number;
}

/** What a run over a corpus file may come to. */
export interface Limit {
  readonly pass: number;
  readonly crash: number;
  /** Cases whose answer is held to be right here and wrong there, by id, each with its reason. */
  readonly deviations: Readonly<Record<string, string>>;
}

/** What `test/conformance/ratchet.json` holds: fewer passes, or wrong answers that it does not name, break the build. */
export interface Ratchet {
  readonly corpus: Readonly<Record<string, Limit>>;
  readonly hunts: HuntCounts;
  /** Hunts of the corpus for which a witness is built. */
  readonly witnesses: number;
}

/** What a run falls short of, or nothing; `wrong` are the ids of the cases answered wrong. When it is better, raise the ratchet. */
export function broken(found: Counts, wrong: readonly string[], limit: Limit): string {
  const unnamed = wrong.filter((id) => limit.deviations[id] === undefined);
  const gone = Object.keys(limit.deviations).filter((id) => !wrong.includes(id));
  return [
    found.pass < limit.pass ? `${found.pass} pass, ${limit.pass} did` : '',
    unnamed.length > 0 ? `wrong: ${unnamed.join(', ')}` : '',
    gone.length > 0 ? `no deviation any more: ${gone.join(', ')}` : '',
    found.crash > limit.crash ? `${found.crash} crash, ${limit.crash} did` : '',
  ]
    .filter((words) => words !== '')
    .join('; ');
}

/** What a count falls short of, or nothing. */
export const fewer = (found: number, limit: number): string => (found < limit ? `${found}, ${limit} did` : '');

/** What a run of hunts falls short of, or nothing. */
export const brokenHunts = (found: HuntCounts, limit: HuntCounts): string =>
  (['run', 'rows', 'equal'] as const)
    .filter((what) => found[what] < limit[what])
    .map((what) => `${what}: ${found[what]}, ${limit[what]} did`)
    .join('; ');
