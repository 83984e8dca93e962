/**
 * The clocks of the rounds. A test that holds only at noon, or only where no midnight, month or year begins between its
 * letters, holds by luck.
 */
export const clocks: readonly number[] = [
  '2026-07-15T12:00:00Z',
  '2026-10-25T00:02:00Z',
  '2027-01-01T00:01:30Z',
  '2026-03-01T18:45:10Z',
  '2028-02-29T23:59:50Z',
].map((text) => Date.parse(text));

/** What time it is for a rule in a round: milliseconds since 1970, right after the last letter. */
export const clockOf = (variation: number): number => clocks[variation % clocks.length]!;
