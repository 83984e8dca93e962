import type { RuleFormat } from '../rule.ts';

/** A rule as a feed keeps it: what is needed to tell what happened to it. */
export interface FeedRule {
  /** Relative to the folder that was imported, with `/`. */
  readonly path: string;
  readonly id?: string;
  readonly name: string;
  readonly format: RuleFormat;
  readonly query: string;
  /** SHA-256 of all that the rule says, in hex. */
  readonly hash: string;
  /** ISO 8601. */
  readonly firstSeen: string;
  readonly lastChanged: string;
  /** The commit at which it was as it is, first seen so. */
  readonly commit?: string;
}

export const changeKinds = ['new', 'changed', 'moved', 'gone'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What happened to a rule between two imports. */
export interface Change {
  readonly kind: ChangeKind;
  readonly path: string;
  readonly name: string;
  readonly id?: string;
  /** Where it was, if elsewhere. */
  readonly before?: string;
  /** A unified diff of its query; empty where something else of it changed. */
  readonly diff?: string;
}

/** A change as the feed remembers it. */
export interface PastChange extends Change {
  /** When the import found it, ISO 8601. */
  readonly at: string;
  readonly commit?: string;
  /** Its name for feed readers; it stays the same. */
  readonly guid: string;
}

/** The state of a feed: what the last import read, and what the last imports found. */
export interface Feed {
  readonly version: 1;
  readonly name: string;
  readonly repository?: string;
  readonly commit?: string;
  /** When it was imported last, ISO 8601. */
  readonly importedAt: string;
  readonly rules: readonly FeedRule[];
  /** The newest first. */
  readonly history: readonly PastChange[];
}

/** So many changes are remembered. */
export const HISTORY = 500;
