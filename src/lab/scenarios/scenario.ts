import type { ArcResult, CompositeResult, DkimResult, DmarcResult, SpfResult } from '../../mail/index.ts';
import type { Domain } from '../kernel/domain.ts';
import type { Letter } from '../kernel/letter.ts';
import type { FailingLookup } from '../kernel/zone.ts';
import type { Afterwards, Attachment, Click } from '../message.ts';
import type { OutcomeName } from '../outcomes.ts';

/** What the real authentication must say of a letter. */
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

/** A click on a link of a letter. */
export interface LinkClick {
  /** As it stands in the letter's text. */
  readonly link: string;
  /** Milliseconds after the delivery. */
  readonly after: number;
  readonly action: Click['action'];
  /** The warning was shown and ignored. */
  readonly goesOn: boolean;
}

/** What the receiver did with a letter, beyond what its outcome always means. */
export interface Receipt {
  /** 0 to 9. */
  readonly bulkLevel?: number;
  readonly connector?: string;
  readonly distributionList?: string;
  readonly language?: 'en' | 'fr';
  /** The mail-flow rule that acted. */
  readonly rule?: string;
}

/** One letter of a case, and all that is to come of it. */
export interface CaseLetter {
  /** How it is written and sent; its files are drawn from `files`. */
  readonly letter: Omit<Letter, 'attachments'>;
  /** Other subjects and bodies that would do as well; the letter has the first. */
  readonly subjects: readonly string[];
  readonly texts: readonly string[];
  readonly files: readonly Attachment[];
  /** The link of a QR code that stands below the text. */
  readonly qr?: string;
  readonly direction: 'Inbound' | 'Outbound' | 'Intra-org';
  /** Undefined for mail that never left the organisation: that is not checked. */
  readonly claim: Claim | undefined;
  /** What a gate that honours `p=reject` answers, see `gateAnswer`: `250`, `550 5.7.26`, `451 4.7.0`. */
  readonly smtp: string;
  readonly outcome: OutcomeName;
  readonly receipt: Receipt;
  readonly clicks: readonly LinkClick[];
  readonly afterwards?: Afterwards;
  /** Milliseconds between its arrival and that of the last letter of the case. */
  readonly before: number;
}

/** Letters, and DNS as it was when they came. */
export interface Era {
  readonly domains: readonly Domain[];
  /** Look-ups without an answer. */
  readonly failing: readonly FailingLookup[];
  /** In order of arrival. */
  readonly letters: readonly CaseLetter[];
}

/** Who and what may take each other's place where a case is varied. */
export interface StandIns {
  /** `Harriet Vane`, with the local part `harriet.vane`. */
  readonly people: readonly string[];
  /** Groups of local parts that mean the same: accounts, billing. */
  readonly desks: readonly (readonly string[])[];
}

/** Rows of the watchlists that a receiver keeps, by alias. A row's first column is its search key. */
export type Lists = Readonly<Record<string, readonly Readonly<Record<string, string>>[]>>;

/** A half of a scenario: letters in an internet of their own, and what is to come of them. */
export interface Case extends Era {
  /** Kebab-case; an attack is called by its technique. */
  readonly name: string;
  readonly nature: 'attack' | 'harmless';
  /** A few sentences. */
  readonly story: string;
  /** ATT&CK ids; none for harmless mail. */
  readonly techniques: readonly string[];
  readonly theme: string;
  /** The name of the scenario's file without its ending. */
  readonly scenario: string;
  /** The name of the other half. */
  readonly twin: string;
  /** What the receiver had from the true sender in the weeks before: makes first contact what it is. */
  readonly history: Era;
  /** Domains of the receiver. */
  readonly acceptedDomains: readonly string[];
  /** ARC sealers that the receiver believes. */
  readonly trustedSealers: readonly string[];
  /** What hunts may ask the receiver for: whom it protects, whom it knows. */
  readonly lists: Lists;
  /** Words that variations leave alone: names of people, local parts. */
  readonly pinned: readonly string[];
  readonly standIns: StandIns;
}

/** A file: harmless mail, and the attack that forges its headers. */
export interface Scenario {
  /** The file's name without its ending. */
  readonly name: string;
  readonly theme: string;
  readonly harmless: Case;
  readonly attack: Case;
}
