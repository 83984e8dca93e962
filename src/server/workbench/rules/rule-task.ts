import type { Origin, RuleCard, RulePage } from './rule-card.ts';

/** A folder of rules, and whose it is. */
export interface RuleFolder {
  readonly path: string;
  readonly origin: Origin;
}

/** A rule's text that need not be in a file yet. */
export interface RuleText {
  /** The name of its file: its ending says what the text is. */
  readonly name: string;
  readonly text: string;
  readonly tests?: string;
}

type Bare<T> = Omit<T, 'standing' | 'last'>;
export type BareCard = Bare<RuleCard>;
export type BarePage = Bare<RulePage>;

/** What can be asked of the thread that works on rules, and what it answers. */
export interface RuleTasks {
  /** The rules of folders; of two with one key the later folder's counts. */
  readonly cards: {
    readonly ask: { readonly folders: readonly RuleFolder[] };
    readonly answer: { readonly cards: readonly BareCard[]; readonly problems: readonly string[] };
  };
  readonly page: {
    readonly ask: RuleText & { readonly card: BareCard; readonly now: string };
    readonly answer: BarePage;
  };
  readonly lint: { readonly ask: RuleText & { readonly now: string }; readonly answer: LintAnswer };
  readonly test: { readonly ask: RuleText & { readonly variations: number }; readonly answer: TestAnswer };
}

export interface LintAnswer {
  readonly findings: RulePage['findings'];
  /** Why there is no rule in the text. */
  readonly problems: readonly string[];
}

/** `runAsJson`'s document; docs/rule-tests.md tells its members. */
export interface TestAnswer {
  readonly run: unknown;
  readonly verdict: 'proved' | 'unproved' | 'failing' | 'refused';
  readonly tests: number;
}
