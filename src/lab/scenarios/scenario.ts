import type { ArcResult, CompositeResult, DkimResult, DmarcResult, SpfResult } from '../../mail/index.ts';
import type { Domain } from '../kernel/domain.ts';
import type { Letter } from '../kernel/letter.ts';

/** What the real authentication must say of every letter of a case. */
export interface Claim {
  readonly spf: SpfResult['result'];
  /** One word a signature, from the top of the message. */
  readonly dkim: readonly DkimResult['result'][];
  /** @default 'none' */
  readonly arc?: ArcResult['result'];
  readonly dmarc: DmarcResult['result'];
  /** What the owner of the From domain asks to be done with it. */
  readonly disposition: DmarcResult['disposition'];
  readonly compauth: CompositeResult['compauth'];
  readonly reason: CompositeResult['reason'];
}

/** Letters in an internet of their own, and what is to come of them. */
export interface Case {
  /** Kebab-case; ids of its letters are made from it. */
  readonly name: string;
  /** One sentence. */
  readonly description: string;
  readonly domains: readonly Domain[];
  readonly letters: readonly Letter[];
  readonly claim: Claim;
  /** Domains of the receiver. @default ['receiver.example'] */
  readonly acceptedDomains?: readonly string[];
  /** ARC sealers that the receiver believes. @default none */
  readonly trustedSealers?: readonly string[];
}

/** A known attack, or harmless mail that looks like one. */
export interface Scenario extends Case {
  readonly nature: 'attack' | 'harmless';
  /** The same but for one thing: authentication must not say of it what it says of the scenario. */
  readonly neighbour: Case;
}
