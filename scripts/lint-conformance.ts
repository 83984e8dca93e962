/** What the linter proves of published hunts that lie in a folder beside the clone, held against the judgements kept here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LintTarget, Subject } from '../src/rules/lint/lint.ts';
import { logicLints } from '../src/rules/lint/logic/index.ts';
import { readQuery } from '../src/rules/lint/read-query.ts';
import { targetSchema } from '../src/rules/lint/target-schema.ts';
import { ticksFromUnixMs } from '../src/values/index.ts';

/** One finding that a person has looked at and holds to be right. */
interface Judged {
  /** Of the published hunt, 12 hexadecimal digits, or the file of a seed hunt. */
  readonly hunt: string;
  readonly targets: readonly LintTarget[];
  readonly lint: string;
  /** The text at its place, white space as one blank, and no more of it than its first 60 characters. */
  readonly text: string;
  /** How often that text is found. */
  readonly times: number;
  readonly reason: string;
}

/** A query to be linted. */
interface Hunt {
  readonly id: string;
  readonly query: string;
}

const judgedFile = fileURLToPath(new URL('../test/conformance/lint/logic-findings.json', import.meta.url));

/** The clock of the hunts. */
const NOW = ticksFromUnixMs(Date.parse('2026-07-18T14:00:00Z'));
/** Where the hunts were written for. */
const targets: readonly LintTarget[] = ['defender', 'sentinel'];

/**
 * Lints the published hunts and the seed hunts of a folder for each target, and says what is found that nobody has judged
 * and what is found no more; nothing where all is as judged.
 *
 * @example note('logic lints', logicProblem('../shared'))
 */
export function logicProblem(shared: string): string {
  const judged: readonly Judged[] = JSON.parse(readFileSync(judgedFile, 'utf8'));
  const expected = new Map(
    judged.flatMap((one) => one.targets.map((target) => [keyOf({ ...one, target }), one.times] as const)),
  );
  const found = logicFindings(huntsIn(shared));
  const words = [...new Set([...expected.keys(), ...found.keys()])].flatMap((key) => {
    const [were, are] = [expected.get(key) ?? 0, found.get(key) ?? 0];
    return were === are ? [] : [`${key}: ${are} found, ${were} judged`];
  });
  return words.join('\n');
}

function huntsIn(shared: string): Hunt[] {
  const lines = readFileSync(join(shared, 'corpus', 'rules.jsonl'), 'utf8')
    .trim()
    .split('\n');
  const seeds = join(shared, 'seeds', 'hunts');
  const files = readdirSync(seeds).filter((name) => name.endsWith('.kql'));
  return [
    ...lines.map((line): Hunt => JSON.parse(line)),
    ...files.map((id) => ({ id, query: readFileSync(join(seeds, id), 'utf8') })),
  ];
}

/** How often each finding is made, by hunt, target, lint and text. */
export function logicFindings(hunts: readonly Hunt[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const target of targets)
    for (const { id: hunt, query } of hunts)
      for (const { lint, text } of findingsOf(query, target)) {
        const key = keyOf({ hunt, target, lint, text });
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  return counts;
}

const keyOf = (at: {
  readonly hunt: string;
  readonly target: LintTarget;
  readonly lint: string;
  readonly text: string;
}) => `${at.hunt} ${at.target} ${at.lint} ${at.text}`;

function* findingsOf(query: string, target: LintTarget): Iterable<{ lint: string; text: string }> {
  const { catalog, table } = targetSchema(target);
  const rule = { format: 'kql', kind: 'hunting', name: '', query } as unknown as Subject['rule'];
  const subject: Subject = { rule, target, reading: readQuery(query, catalog, NOW).reading, rules: [rule], table };
  for (const { id: lint, targets: only, check } of logicLints)
    for (const { span } of only?.includes(target) === false ? [] : check(subject)) {
      const written = span === undefined ? '' : query.slice(span.start, span.start + span.length);
      yield { lint, text: written.replace(/\s+/g, ' ').slice(0, 60) };
    }
}
