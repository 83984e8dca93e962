/** What a seal can say of the chain before it (RFC 8617 section 4.4). */
export type ChainStatus = 'none' | 'pass' | 'fail';

/**
 * What became of a chain: the three words of RFC 8617, and one of our own, by the word that RFC 8601 section 2.7 has for other
 * methods. RFC 8617 section 5.2.1 counts a failure of DNS as `fail`, for good; a receiver that refuses by it loses honest mail.
 */
export type ArcWord = ChainStatus | 'temperror';

/** One ARC set that could be read. */
export interface ArcSet {
  readonly instance: number;
  /** d= of the seal, lower case. */
  readonly sealer: string;
  readonly selector: string;
  readonly cv: string;
  /** What the sealer says it saw: the value of ARC-Authentication-Results without its instance. Hostile text. */
  readonly results: string;
}

export interface ArcResult {
  readonly result: ArcWord;
  /** For a person: why. A failure names the instance and the field. */
  readonly reason: string;
  /** By rising instance. */
  readonly sets: readonly ArcSet[];
  /** Of a pass: the lowest instance from which on the message was not changed any more, 0 where it never was (RFC 8617 section 5.2). */
  readonly oldestPass?: number;
}
