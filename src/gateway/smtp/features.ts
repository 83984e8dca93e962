/** What a next hop can, of what is passed on to it; and with that, what may be advertised. */
export interface Features {
  /** Octets of a message that it takes; 0 where it names no limit, undefined where it has no SIZE (RFC 1870). */
  readonly size: number | undefined;
  /** RFC 6152. */
  readonly eightBit: boolean;
  /** RFC 6531. */
  readonly utf8: boolean;
  /** RFC 3461. */
  readonly dsn: boolean;
}

/** Of a next hop that knows nothing but RFC 821. */
export const noFeatures: Features = { size: undefined, eightBit: false, utf8: false, dsn: false };
