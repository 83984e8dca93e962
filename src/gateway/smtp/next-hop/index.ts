/** The client's side of SMTP: the server behind us. */
export type { HopConnection, HopOptions } from './hop-connection.ts';
export { HopFailure } from './hop-failure.ts';
export { type HopTarget, type HopTimeouts, hopTimeouts } from './hop-options.ts';
export { NextHop } from './next-hop.ts';
