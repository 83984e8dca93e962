import type { Readable } from 'node:stream';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Settings } from '../settings/index.ts';
import type { Output } from './output.ts';

/** What the surroundings lend to a command; tests lend their own. */
export interface World {
  readonly stdin: Readable & { isTTY?: boolean };
  readonly out: Output;
  /** Warnings, progress and errors. */
  readonly err: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Calls back whenever files are to be read anew (SIGHUP, which otherwise stops the process). */
  readonly onReload?: (read: () => void) => Disposable;
}

/** What a command is called with. */
export interface Call extends World {
  /** Options as given, by name. */
  readonly values: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
  readonly positionals: readonly string[];
  /** The folder of the store. */
  readonly store: string;
  /** True where `--store` or MAILHUNT_STORE named it. */
  readonly storeGiven: boolean;
  readonly settings: Settings;
}

/** What a command ends with: 0 fine, 1 found something or failed, 2 wrong use, 3 could not run. */
export type ExitCode = 0 | 1 | 2 | 3 | 130;

/** A command: one file of `src/cli/`. */
export interface Command {
  /** `query [FILE] [-e KQL]`, without the program's name. */
  readonly usage: string;
  /** One line for `mailhunt --help`. */
  readonly summary: string;
  /** Lines about the command's own options. */
  readonly help: string;
  /** A line to paste, without the program's name. */
  readonly example: string;
  readonly options: ParseArgsOptionsConfig;
  /** How many positionals it takes at most. */
  readonly positionals: number;
  run(call: Call): Promise<ExitCode>;
}

/** Options that every command has. */
export const commonOptions = {
  store: { type: 'string' },
  config: { type: 'string' },
  now: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const satisfies ParseArgsOptionsConfig;

export const commonHelp = `  --store DIR        the store's folder (default ~/.mailhunt, or MAILHUNT_STORE)
  --config FILE      settings (default mailhunt.yaml in the store's folder, or MAILHUNT_CONFIG)
  --now ISO          the time that now() gives, for example 2026-07-18T14:00:00Z
  --help             this text`;
