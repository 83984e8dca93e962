import { MailhuntError } from '../../errors/index.ts';
import type { Mutations } from '../mutate/mutate.ts';
import type { Failure, Proof, TestResult, Verdict } from './proof.ts';

/** All that a run of `mailhunt rules test` found. */
export interface TestRun {
  readonly seed: number;
  readonly variations: number;
  readonly proofs: readonly Proof[];
  /** Of the rules whose tests hold, where they were asked for. */
  readonly mutations?: readonly Mutations[];
  /** Files that could not be read. */
  readonly problems: readonly Error[];
}

/** How many rules have each verdict. */
export const tallyOf = (proofs: readonly Proof[]): Readonly<Record<Verdict, number>> => {
  const count = (verdict: Verdict): number => proofs.filter((proof) => proof.verdict === verdict).length;
  return {
    proved: count('proved'),
    unproved: count('unproved'),
    failing: count('failing'),
    refused: count('refused'),
  };
};

/** The run as JSON, for programs; docs/rule-tests.md tells its members. */
export function runAsJson({ seed, variations, proofs, mutations, problems }: TestRun): string {
  const shown = {
    version: 1,
    seed,
    variations,
    summary: tallyOf(proofs),
    rules: proofs.map(ruleOf),
    ...(mutations === undefined ? {} : { mutations: mutations.map(mutationsOf) }),
    problems: problems.map(errorOf),
  };
  return JSON.stringify(shown, null, 2);
}

const ruleOf = ({ rule, verdict, testPath, missing, refusal, refusedAt, results, milliseconds }: Proof) => ({
  name: rule.name,
  ...(rule.id === undefined ? {} : { id: rule.id }),
  path: rule.path,
  ...rule.place,
  verdict,
  ...(testPath === undefined ? {} : { tests: testPath }),
  ...(missing.length === 0 ? {} : { missing }),
  ...(refusal === undefined ? {} : { error: { ...errorOf(refusal), ...refusedAt } }),
  milliseconds: Math.round(milliseconds),
  results: results.map(resultOf),
});

const resultOf = ({ name, fires, place, runs, milliseconds, isIdle, failure }: TestResult) => ({
  name,
  expects: fires ? 'fires' : 'quiet',
  holds: failure === undefined,
  ...place,
  runs,
  milliseconds: Math.round(milliseconds),
  ...(isIdle ? { idle: true } : {}),
  ...(failure === undefined ? {} : { failure: { ...failure, columns: undefined, rows: rowsOf(failure) } }),
});

/** Rows as objects. */
export const rowsOf = ({ columns, rows }: Pick<Failure, 'columns' | 'rows'>): readonly Record<string, unknown>[] =>
  rows.map((row) => {
    const cells = JSON.parse(row) as readonly unknown[];
    return Object.fromEntries(columns.map(({ name }, i) => [name, cells[i]]));
  });

const mutationsOf = ({ survivors, score, ...rest }: Mutations) => ({
  ...rest,
  ...(score === undefined ? {} : { score: Math.round(score * 1000) / 1000 }),
  survivors: survivors.map(({ place, ...change }) => ({ ...place, ...change })),
});

const errorOf = (error: Error) => ({
  ...(error instanceof MailhuntError ? { code: error.code } : {}),
  message: error.message,
});
