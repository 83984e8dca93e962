/** Findings of the silent lints over published hunts in a folder beside the clone, held against what a person judged of them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryRule } from '../src/rules/lint/query-rule.ts';
import { runLints } from '../src/rules/lint/run-lints.ts';
import { silentLints } from '../src/rules/lint/silent/index.ts';
import { ticksFromUnixMs } from '../src/values/index.ts';

/** What was judged of one finding. */
export interface Judgement {
  /** Id of the hunt in the corpus. */
  readonly rule: string;
  readonly lint: string;
  /** The flagged text, its first characters. */
  readonly fragment: string;
  /** Which of the findings of that lint with that fragment in that hunt, from 1. */
  readonly nth: number;
  readonly verdict: 'right' | 'wrong';
  /** Why, in words of the judge. */
  readonly reason: string;
}

const NOW = ticksFromUnixMs(Date.parse('2026-07-18T14:00:00Z'));
const SEED = 'silent';
const SIZE = 100;
/** The share of the sample that must be right. */
const SHARE = 0.95;
const judgedFile = new URL('../test/conformance/lint/silent-sample.json', import.meta.url);

/**
 * Draws the sample from the findings over the published hunts of a folder and compares it with the judgements: says which
 * judgement has no finding any more, which finding of the sample nobody judged, and whether too few are right; nothing
 * where all is as it should be. Prints the figure.
 *
 * @example note('silent lints', await silentProblem('../shared'))
 */
export async function silentProblem(shared: string): Promise<string> {
  const found = await findingsOver(join(shared, 'corpus', 'rules.jsonl'));
  const judged: readonly Judgement[] = JSON.parse(readFileSync(judgedFile, 'utf8'));
  const right = judged.filter(({ verdict }) => verdict === 'right').length;
  process.stdout.write(`silent lints: ${found.length} findings, ${judged.length} judged, ${right} of them right\n`);
  const keys = new Set(found.map(keyOf));
  const known = new Set(judged.map(keyOf));
  return [
    ...[...known].filter((key) => !keys.has(key)).map((key) => `${key}: found no more`),
    ...sampleOf(found).flatMap((one) => (known.has(keyOf(one)) ? [] : [`${keyOf(one)}: not judged`])),
    ...(right < SHARE * judged.length ? [`only ${right} of ${judged.length} are right`] : []),
  ].join('\n');
}

/** A finding as the judgements name it. */
export type SampledFinding = Omit<Judgement, 'verdict' | 'reason'>;

const keyOf = ({ rule, lint, fragment, nth }: SampledFinding): string => [rule, lint, fragment, nth].join(' | ');

/** All findings of the group, each under its name. */
export async function findingsOver(file: string): Promise<readonly SampledFinding[]> {
  const hunts: { id: string; name: string; query: string }[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const rules = hunts.map(({ id, name, query }) => queryRule(query, id, { name, id }));
  const { findings, defects } = await runLints(rules, silentLints, { now: NOW, target: 'defender' });
  const [defect] = defects;
  if (defect !== undefined) throw defect;
  const counts = new Map<string, number>();
  return findings.map(({ rule, lint, span }) => {
    const text = span === undefined ? '' : rule.query.slice(span.start, span.start + span.length);
    const finding = { rule: rule.id ?? '', lint: lint.id, fragment: text.replace(/\s+/g, ' ').slice(0, 60) };
    const key = keyOf({ ...finding, nth: 0 });
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return { ...finding, nth };
  });
}

/** A hundred findings, drawn by the hash of their names, in turn from each lint: as many lints as there are are seen. */
export function sampleOf(findings: readonly SampledFinding[]): readonly SampledFinding[] {
  const hash = (finding: SampledFinding): string =>
    createHash('sha256')
      .update(`${SEED} ${keyOf(finding)}`)
      .digest('hex');
  const byLint = new Map<string, SampledFinding[]>();
  for (const finding of findings.toSorted((a, b) => hash(a).localeCompare(hash(b), 'en')))
    byLint.set(finding.lint, [...(byLint.get(finding.lint) ?? []), finding]);
  const rounds = Math.max(0, ...[...byLint.values()].map(({ length }) => length));
  const inTurn = Array.from({ length: rounds }, (_, round) =>
    [...byLint.values()].flatMap((group) => group.slice(round, round + 1)),
  );
  return inTurn.flat().slice(0, SIZE);
}
