/** What `lint:` says: where rules are to run, which lints count and how much, and which findings are known. */
export interface LintSetting {
  readonly target?: 'defender' | 'sentinel' | 'mailhunt';
  /** By lint id: another severity, or `off`. */
  readonly severities: Readonly<Record<string, 'error' | 'warning' | 'note' | 'off'>>;
  readonly ignore: readonly IgnoredRule[];
}

/** Findings of a lint in a whole rule that are known and wanted: for files that have no place for comments. */
export interface IgnoredRule {
  /** The rule's id, name or path. */
  readonly rule: string;
  /** A lint's id. */
  readonly lint: string;
  readonly reason: string;
}

type Tree = Readonly<Record<string, unknown>>;

const ID = /^MH\d{3}$/;
const severities: readonly unknown[] = ['error', 'warning', 'note', 'off'];
const targets: readonly unknown[] = ['defender', 'sentinel', 'mailhunt'];

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const isIgnored = (value: unknown): boolean =>
  isTree(value) &&
  Object.keys(value).every((key) => ['rule', 'lint', 'reason'].includes(key)) &&
  [value.rule, value.lint, value.reason].every((text) => typeof text === 'string' && text.trim() !== '') &&
  ID.test(String(value.lint));

/** What is wrong with `lint:`, or undefined. */
export function wrongLint(tree: Tree): string | undefined {
  const { target, severities: set = {}, ignore = [], ...others } = tree;
  const [other] = Object.keys(others);
  if (other !== undefined) return `has no member ${JSON.stringify(other)}; there are target, severities and ignore`;
  if (target !== undefined && !targets.includes(target)) return 'needs as target defender, sentinel or mailhunt';
  if (!isTree(set) || !Object.entries(set).every(([id, word]) => ID.test(id) && severities.includes(word)))
    return 'needs under severities lines such as MH203: off (or error, warning, note)';
  return Array.isArray(ignore) && ignore.every(isIgnored)
    ? undefined
    : 'needs under ignore entries with rule (id, name or path), lint (MH203) and reason';
}

/** `lint:` with its defaults. */
export const readLintSetting = (tree: Tree): LintSetting => ({ severities: {}, ignore: [], ...tree });
