import type { Told } from '../journal/index.ts';
import type { HandedOver, Held, HeldPage, Page, QuarantineStatus } from '../quarantine/index.ts';

/** What can be asked of a gate that runs; of its folder, too, while none runs. */
export interface Control {
  status(): Promise<GateStatus>;
  /** A page of the messages in quarantine, the newest first; 500 where it does not say how many. */
  list(page?: Partial<Page>): Promise<HeldPage>;
  /** @throws MailhuntError GATE0011 where there is none, GATE0040 where it is damaged */
  show(id: string): Promise<HeldMessage>;
  /** The message as it came. @throws MailhuntError GATE0011 where there is none, GATE0040 where it is damaged */
  bytes(id: string): Promise<Buffer>;
  /**
   * Hands a message to the next hop.
   *
   * @param by who wants it
   * @throws MailhuntError GATE0011 where there is none, GATE0012 where the next hop does not take it, GATE0013 where the
   * gate has none
   */
  release(id: string, by: string): Promise<Released>;
  /** Removes a message for good. @throws MailhuntError GATE0011 where there is none */
  remove(id: string, by: string): Promise<Held>;
  /**
   * Removes every message that names a person, and makes sure that no file of the gate does any more.
   *
   * @throws MailhuntError STORE0015 where nobody is named
   */
  purge(request: QuarantinePurge): Promise<QuarantinePurged>;
}

/** Whose messages are to be removed from quarantine. */
export interface QuarantinePurge {
  /** Addresses, user principal names, object ids or SIDs of one person. */
  readonly persons: readonly string[];
  /** True where nothing is removed, only told. */
  readonly dryRun: boolean;
  /** Who wants it. */
  readonly by: string;
}

/** What was removed, or would be. */
export interface QuarantinePurged {
  readonly messages: number;
  /** Those of them that are for somebody else, too. */
  readonly shared: number;
  /** Messages that are not removed for it cannot be told whether they name the person. */
  readonly left: readonly { readonly where: string; readonly why: string }[];
  /** Whether the gate's journal or its ledger may name the person still: the store does not take what waits for it. */
  readonly isUnfinished: boolean;
}

/** How a gate is. */
export interface GateStatus {
  readonly pid: number;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** The policy in force; undefined where no gate runs. */
  readonly policy: { readonly name: string; readonly mode: string } | undefined;
  /** `away` when it failed the last time that it was needed. */
  readonly store: 'there' | 'away';
  /** `unknown` where it takes long to find out. */
  readonly dns: 'alive' | 'dead' | 'unknown';
  /** Bytes of decisions that the store does not have yet, and whether there is room for more. */
  readonly journal: { readonly bytes: number; readonly hasRoom: boolean };
  readonly quarantine: QuarantineStatus;
  /** Messages since it began. */
  readonly messages: GateCounts;
}

/** Messages by what their clients were told (`550 5.7.26`), and by the rule that decided; `` where none did. */
export interface GateCounts {
  readonly byAnswer: Readonly<Record<string, number>>;
  readonly byRule: Readonly<Record<string, number>>;
}

/** A message in quarantine as it is looked at. Texts of the sender are hostile. */
export interface HeldMessage {
  readonly held: Held;
  /** What was decided, and how each rule came to its word. */
  readonly decision: Pick<Told, 'policy' | 'mode' | 'action' | 'rule' | 'trace' | 'answer'>;
  /** What the gate's stamp says. */
  readonly results: string;
  /** The message's header, a part where it is very long. */
  readonly header: string;
}

/** What became of a release. */
export interface Released extends Pick<HandedOver, 'answer' | 'taken' | 'refused'> {
  readonly held: Held;
}
