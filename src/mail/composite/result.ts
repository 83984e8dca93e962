/** Microsoft's composite authentication. */
export type CompAuthWord = 'pass' | 'fail' | 'softpass' | 'none';

export interface CompositeResult {
  readonly compauth: CompAuthWord;
  /** Three digits, see docs/composite-authentication.md. */
  readonly reason: string;
  /** For a person: what the code means here. */
  readonly meaning: string;
  /** DMARC in Defender's words: `bestguesspass` where there is no record and the message would have passed. */
  readonly dmarc: 'pass' | 'fail' | 'bestguesspass' | 'none' | 'temperror' | 'permerror';
  /** What the receiver writes as DMARC's action: `oreject` where the owner asks for reject and the mail is taken in all the same. */
  readonly action: 'none' | 'quarantine' | 'oreject' | 'pct.quarantine' | 'pct.reject';
  /**
   * The allow-list entry under which a failure is delivered all the same, for a person. The verdict stays what it is, as at
   * Microsoft: `compauth=fail reason=000` with an override beside it.
   */
  readonly override?: string;
}
