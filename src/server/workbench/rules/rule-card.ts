import type { RuleStory } from '../../../rules/index.ts';

/** Where a rule of the workbench lies: with mailhunt, or in the store's own folder. */
export type Origin = 'pack' | 'own';

/** What is known of a rule at a glance. */
export interface RuleCard {
  /** Its name in addresses: that of its file, `dmarc-failure-delivered`. */
  readonly key: string;
  readonly name: string;
  readonly id?: string;
  readonly origin: Origin;
  /** In its folder, with `/`. */
  readonly path: string;
  readonly kind: 'hunting' | 'scheduled' | 'nrt';
  readonly severity?: string;
  readonly version?: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly tables: readonly string[];
  /** The first paragraph. */
  readonly summary: string;
  readonly standing: CardStanding;
  readonly last?: LastRun;
}

/** How far it can be trusted, as far as that was looked at. */
export interface CardStanding {
  readonly verdict?: 'proved' | 'unproved' | 'failing' | 'refused';
  /** How the verdict came about: tests and rounds. */
  readonly tests?: number;
  readonly variations?: number;
  readonly lint?: Readonly<Record<'error' | 'warning' | 'note', number>>;
}

/** What it found when it was last run over the store. */
export interface LastRun {
  /** ISO 8601. */
  readonly at: string;
  readonly count: number;
  readonly hasFired: boolean;
  readonly milliseconds: number;
  readonly error?: string;
}

/** A finding of the linter, with its place in the file (from 1) and in the query (UTF-16 units). */
export interface CardFinding {
  readonly lint: string;
  readonly name: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly span?: { readonly start: number; readonly length: number };
}

/** A rule whole. */
export interface RulePage extends RuleCard {
  /** Its file as it stands. */
  readonly text: string;
  /** The tests beside it; undefined where there are none. */
  readonly testText?: string;
  readonly query: string;
  readonly description: string;
  readonly story: RuleStory;
  readonly schedule?: Readonly<Record<string, unknown>>;
  readonly entityMappings: readonly unknown[];
  readonly connectors: readonly { readonly name: string; readonly connector: string }[];
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly watchlists: readonly string[];
  readonly techniqueNames: Readonly<Record<string, string>>;
  readonly source?: string;
  /** What a good rule says and this one does not. */
  readonly missing: readonly string[];
  readonly findings: readonly CardFinding[];
}
