/** What a program that reads the log can look for; as the server's log has it. */
export interface MilterFacts {
  readonly level: 'info' | 'warning' | 'error';
  /** A word that stays the same: `milter-message`, `milter-fault`. */
  readonly event: string;
  readonly [fact: string]: string | number | boolean | undefined;
}

/** Where the milter says what happens, a line at a time; never what stands in a message, nor whose it is. */
export type MilterLog = (line: string, facts: MilterFacts) => void;
