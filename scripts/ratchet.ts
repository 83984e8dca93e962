/** Outcomes of a corpus file. */
export interface Counts {
  readonly pass: number;
  readonly wrong: number;
  readonly crash: number;
}

/** What `test/conformance/ratchet.json` holds: fewer passes or more wrong answers than these break the build. */
export interface Ratchet {
  readonly corpus: Readonly<Record<string, Counts>>;
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
