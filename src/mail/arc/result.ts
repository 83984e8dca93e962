/** The results of RFC 8617 section 4.4. */
export type ArcWord = 'none' | 'pass' | 'fail';

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
  /** True where the failure is one of DNS and may pass. */
  readonly temporary: boolean;
  /** By rising instance. */
  readonly sets: readonly ArcSet[];
  /** Of a pass: the lowest instance from which on the message was not changed any more, 0 where it never was (RFC 8617 section 5.2). */
  readonly oldestPass?: number;
}
