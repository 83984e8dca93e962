import { MailhuntError } from '../../errors/index.ts';
import { fingerprintOf, ruleKey } from './fingerprint.ts';
import type { Found } from './found.ts';

/** One finding that is known. */
export interface KnownFinding {
  /** The rule's id, or its file and name. */
  readonly rule: string;
  readonly lint: string;
  readonly fingerprint: string;
  /** For the reader of the file. */
  readonly message: string;
}

/** The text of a baseline: findings that are known, so that only new ones are reported. The same findings give the same text. */
export function baselineText(findings: readonly Found[]): string {
  const known = findings
    .map((found): KnownFinding => {
      const { rule, lint, message } = found;
      return { rule: ruleKey(rule), lint: lint.id, fingerprint: fingerprintOf(found), message };
    })
    .toSorted((a, b) => compare(a.rule, b.rule) || compare(a.lint, b.lint) || compare(a.fingerprint, b.fingerprint));
  return `${JSON.stringify({ version: 1, findings: known }, undefined, 2)}\n`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Findings that are known, each as often as it is. */
export type Baseline = ReadonlyMap<string, number>;

/**
 * Reads the text of a baseline.
 *
 * @param file the name that errors show
 * @throws MailhuntError LINT0002 for a text that is none
 */
export function readBaseline(text: string, file: string): Baseline {
  const wrong = (words: string): never => {
    throw new MailhuntError('LINT0002', { file, text: words });
  };
  const { version, findings } = parsed(text, wrong);
  if (version !== 1) wrong('its version is not 1');
  if (!Array.isArray(findings)) return wrong('it holds no list of findings');
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const { fingerprint } = (finding ?? {}) as Partial<KnownFinding>;
    if (typeof fingerprint !== 'string') return wrong('one of its findings has no fingerprint');
    counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
  }
  return counts;
}

function parsed(text: string, wrong: (words: string) => never): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : wrong('it is no object');
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    return wrong((error as Error).message);
  }
}

/** Findings without those that are known; where there are more of the same words than are known, the last ones are new. */
export function newFindings(findings: readonly Found[], baseline: Baseline): Found[] {
  const left = new Map(baseline);
  return findings.filter((found) => {
    const fingerprint = fingerprintOf(found);
    const known = left.get(fingerprint) ?? 0;
    if (known > 0) left.set(fingerprint, known - 1);
    return known === 0;
  });
}
