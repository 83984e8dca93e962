import type { Pace } from '../../../web/src/grid/view/paced.ts';

/** Work that is never held up: for tests of what it gives. */
export const atOnce: Pace = { rest: () => undefined };
