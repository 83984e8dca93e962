import { exchangeScript, exportExchange } from './exchange/index.ts';
import { openDmarcFiles } from './opendmarc/index.ts';
import type { Policy } from './policy.ts';
import { rspamdFiles } from './rspamd/index.ts';

/** A file of another program. */
export interface PolicyFile {
  /** Below a folder of one's choice. */
  readonly path: string;
  readonly text: string;
}

/** What a translation knows besides the policy. */
export interface TranslationMeans {
  /** Milliseconds since 1970: what has expired is left out. */
  readonly now: number;
  /** The organization's list, for which `ARCSealer: trusted` stands. */
  readonly trustedSealers: readonly string[];
}

/** A policy for other programs; what each cannot say stands as comments in its files. */
export const translations = {
  exchange: (policy, { now, trustedSealers }) => [
    { path: 'transport-rules.ps1', text: exchangeScript(exportExchange(policy, now, trustedSealers)) },
  ],
  rspamd: rspamdFiles,
  opendmarc: openDmarcFiles,
} as const satisfies Readonly<Record<string, (policy: Policy, means: TranslationMeans) => readonly PolicyFile[]>>;
