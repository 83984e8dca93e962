/** How a rule's file is written. */
export type RuleFormat = 'sentinel' | 'defender' | 'kql' | 'markdown';

/** What a rule is for: looked at by a person, run by a schedule, or run over each event as it arrives. */
export type RuleKind = 'hunting' | 'scheduled' | 'nrt';

export const severities = ['Informational', 'Low', 'Medium', 'High'] as const;
export type Severity = (typeof severities)[number];

/** Where a rule comes from. */
export interface Provenance {
  /** As the person named it, with `/`: relative to the folder that was read. */
  readonly path: string;
  /** `https://github.com/Azure/Azure-Sentinel`. */
  readonly repository?: string;
  /** 40 hex digits. */
  readonly commit?: string;
  /** ISO 8601. */
  readonly retrievedAt?: string;
}

/** A place in a file: line and column from 1. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** A thing that a rule names in its results: `Mailbox` with `MailboxPrimaryAddress` out of a column. */
export interface EntityMapping {
  readonly entityType: string;
  readonly fieldMappings: readonly { readonly identifier: string; readonly columnName: string }[];
}

/** When a rule runs and over what; durations in milliseconds. */
export interface Schedule {
  readonly frequency?: number;
  /** How far back its data goes. */
  readonly period?: number;
  readonly triggerOperator?: 'gt' | 'lt' | 'eq' | 'ne';
  readonly triggerThreshold?: number;
}

/** A false positive that is known, and the watchlist by which the query leaves it out, where it does. */
export interface FalsePositive {
  readonly description: string;
  readonly watchlist?: string;
}

/** What to do when the rule fires, and when. */
export interface ResponseStep {
  readonly action: 'purge' | 'reset' | 'block' | 'notify' | 'investigate';
  /** The criterion, in words. */
  readonly when: string;
  /** What exactly, in words. */
  readonly how: string;
}

/** What our own rules say beside what the formats have fields for: the map `mailhunt` of their files. */
export interface RuleStory {
  readonly hypothesis?: string;
  readonly confidence?: 'low' | 'medium' | 'high';
  readonly severityReason?: string;
  readonly falsePositives?: readonly FalsePositive[];
  readonly response?: readonly ResponseStep[];
  /** Questions and steps, in order. */
  readonly investigation?: readonly string[];
  /** Names of rules beside which this one is read. */
  readonly companions?: readonly string[];
  readonly tuning?: readonly string[];
  readonly references?: readonly string[];
  /** How to make it fire: a scenario of the lab, and the command that builds it. */
  readonly atomicTest?: { readonly scenario: string; readonly steps: readonly string[] };
}

/** A detection rule or hunt, from whatever file it was read. What a file does not say is left out; nothing is guessed. */
export interface Rule {
  readonly format: RuleFormat;
  readonly kind: RuleKind;
  /** A GUID, where the file has one. */
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly query: string;
  readonly severity?: Severity;
  readonly version?: string;
  /** As written there: `InitialAccess`. */
  readonly tactics: readonly string[];
  /** `T1566`, `T1566.002`. */
  readonly techniques: readonly string[];
  readonly connectors: readonly { readonly connectorId: string; readonly dataTypes: readonly string[] }[];
  readonly schedule?: Schedule;
  readonly entityMappings: readonly EntityMapping[];
  readonly customDetails: Readonly<Record<string, string>>;
  readonly alertDetailsOverride?: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly story: RuleStory;
  readonly provenance: Provenance;
  /** The whole document as it was read, unknown fields included; `text` for formats that are no document. */
  readonly document: unknown;
  /** The place in the file of an offset of `query`. */
  placeOf(offset: number): FilePlace;
  /** The place of a field, `['entityMappings', 0, 'entityType']`; undefined where the file has none such. */
  placeOfField(path: readonly (string | number)[]): FilePlace | undefined;
}
