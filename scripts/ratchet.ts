/** Outcomes of a corpus file. */
export interface Counts {
  readonly pass: number;
  readonly wrong: number;
  readonly crash: number;
}

/** Published hunts: how many run, how many of those find rows, and how many give what the naive evaluation gives. */
export interface HuntCounts {
  readonly run: number;
  readonly rows: number;
  readonly equal: number;
}

/** What `test/conformance/ratchet.json` holds: fewer passes or more wrong answers than these break the build. */
export interface Ratchet {
  readonly corpus: Readonly<Record<string, Counts>>;
  readonly hunts: HuntCounts;
}

/** What a run falls short of, or nothing. When it is better, raise the ratchet. */
export function broken(found: Counts, limit: Counts): string {
  return [
    found.pass < limit.pass ? `${found.pass} pass, ${limit.pass} did` : '',
    found.wrong > limit.wrong ? `${found.wrong} wrong, ${limit.wrong} were` : '',
    found.crash > limit.crash ? `${found.crash} crash, ${limit.crash} did` : '',
  ]
    .filter((words) => words !== '')
    .join('; ');
}

/** What a run of hunts falls short of, or nothing. */
export const brokenHunts = (found: HuntCounts, limit: HuntCounts): string =>
  (['run', 'rows', 'equal'] as const)
    .filter((what) => found[what] < limit[what])
    .map((what) => `${what}: ${found[what]}, ${limit[what]} did`)
    .join('; ');
