/** What is to be removed. */
export interface PurgeRequest {
  /** Addresses, user principal names, object ids or SIDs of one person. */
  readonly persons: readonly string[];
  /** True where nothing is removed, only told. */
  readonly dryRun: boolean;
}

/** What a purge does to one table. */
export interface PurgedTable {
  readonly table: string;
  /** Rows about the person, or of messages of which no row is left. */
  readonly removed: number;
  /** Rows about somebody else that named the person: the name was taken out. */
  readonly changed: number;
}

/** What a purge removed, or would remove. */
export interface PurgeReport {
  readonly dryRun: boolean;
  readonly tables: readonly PurgedTable[];
  /** Raw messages that name the person, or of which no row is left. */
  readonly messages: number;
  /** Rows and lines that never came in, and pieces of a damaged journal. */
  readonly rejected: number;
  /** What names the person still, and why it was left. */
  readonly left: readonly LeftBehind[];
}

/** Something that a purge does not remove. */
export interface LeftBehind {
  /** A file of the store's folder, or a table. */
  readonly where: string;
  readonly why: string;
}
