/** The bounds and the way of a line between two parts. */
export interface Line {
  readonly isColumns: boolean;
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

const STEP = 2;

const within = (share: number, min: number, max: number): number => Math.min(max, Math.max(min, share));

/** The first part's share in percent where the line is drawn to `at` pixels of `size`, to a tenth. */
export const shareAt = (at: number, size: number, min: number, max: number): number =>
  size > 0 ? within(Math.round((at / size) * 1000) / 10, min, max) : min;

/**
 * The share after a key was pressed on the line; undefined for a key that does not move it.
 *
 * @example sharePressed('ArrowRight', 40, { isColumns: true, min: 10, max: 90, initial: 50 }) // 42
 */
export function sharePressed(key: string, share: number, { isColumns, min, max, initial }: Line): number | undefined {
  const moves: Readonly<Record<string, number>> = {
    [isColumns ? 'ArrowLeft' : 'ArrowUp']: share - STEP,
    [isColumns ? 'ArrowRight' : 'ArrowDown']: share + STEP,
    Home: min,
    End: max,
    Enter: initial,
  };
  const next = moves[key];
  return next === undefined ? undefined : within(next, min, max);
}
