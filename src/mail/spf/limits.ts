/**
 * What one check may cost. Together they bound it: no more than 1 + `terms` * (1 + `hosts`) questions, then at most as many
 * as one more term for the explanation.
 */
export interface SpfLimits {
  /** Terms that ask DNS (`include`, `a`, `mx`, `ptr`, `exists`, `redirect`, the macro `p`), over all records. */
  readonly terms: number;
  /** Terms whose question has an empty answer. */
  readonly voidLookups: number;
  /** Hosts of one `mx` (more end in permerror) or of the client's PTR records (more are ignored). */
  readonly hosts: number;
  /** Characters of the explanation; the rest is cut. */
  readonly explanation: number;
  /** How long it may take; then the result is temperror. Each single question has the resolver's own limit. */
  readonly milliseconds: number;
  /** What time is taken from, in milliseconds. */
  readonly clock: () => number;
}

/** The limits of RFC 7208: section 4.6.4, and section 6.2 for the explanation, whose length is left to us. */
export const SPF_LIMITS: SpfLimits = {
  terms: 10,
  voidLookups: 2,
  hosts: 10,
  explanation: 500,
  milliseconds: 20_000,
  clock: () => performance.now(),
};
