/** What the receiving organisation says of itself and of those whom it knows. Domains in lower case. */
export interface House {
  readonly acceptedDomains: readonly string[];
  /** Domains whose ARC seals the receiver believes. */
  readonly trustedSealers: readonly string[];
}

/** A receiver that says nothing. */
export const anyHouse: House = { acceptedDomains: [], trustedSealers: [] };
