import { MailhuntError } from '../../errors/index.ts';
import { detailsOf, type Mutations, type Proof, type TestResult, type TestRun, tallyOf } from '../../rules/index.ts';
import { harmless } from '../harmless.ts';
import type { Output } from '../output.ts';
import { cut, padded, widthOf } from '../width.ts';

/** Writes what a run found for people: a line a rule, then what failed in full, then the changes that nothing notices. */
export async function testReport(run: TestRun, strict: boolean, out: Output): Promise<void> {
  const { proofs, mutations = [], problems } = run;
  const lines = [
    ...table([['rule', 'verdict', 'fires', 'quiet', 'ms'], ...proofs.map(lineOf)], Math.min(out.width, 160)),
    ...proofs.filter(({ verdict }) => verdict !== 'proved').flatMap((proof) => ['', ...detailsFor(proof)]),
    ...mutations.flatMap((found) => ['', ...survivorsOf(found)]),
    ...(run.mutations === undefined ? [] : notMutated(run)),
    ...problems.flatMap((problem) => ['', wordsOf(problem)]),
    '',
    summary(run, strict),
  ];
  await out.write(`${lines.map(harmless).join('\n')}\n`);
}

const sideOf = (results: readonly TestResult[], fires: boolean): string => {
  const side = results.filter((result) => result.fires === fires);
  return `${side.filter(({ failure }) => failure === undefined).length}/${side.length}`;
};

const lineOf = ({ rule, verdict, results, milliseconds }: Proof): string[] => [
  rule.name,
  verdict,
  sideOf(results, true),
  sideOf(results, false),
  String(Math.round(milliseconds)),
];

/** Columns beside each other; the first gives way where the terminal is narrow. */
function table(rows: readonly (readonly string[])[], width: number): string[] {
  const texts = rows.map((row) => row.map(harmless));
  const widths = texts[0]!.map((_, i) => Math.max(...texts.map((row) => widthOf(row[i]!))));
  const others = widths.slice(1).reduce((sum, one) => sum + one + 2, 0);
  const first = Math.max(20, Math.min(widths[0]!, width - others));
  return texts.map((row) =>
    row
      .map((text, i) =>
        i === 0 ? padded(cut(text, first), first, 'left') : padded(text, widths[i]!, i === 1 ? 'left' : 'right'),
      )
      .join('  '),
  );
}

const sides = { fires: 'when it fires', quiet: 'when it stays quiet' } as const;

function detailsFor({ rule, verdict, refusal, refusedAt, missing, testPath, results }: Proof): string[] {
  const { path, place, name } = rule;
  const head = `${verdict}: ${name} (${path} line ${place.line})`;
  const at = refusedAt === undefined ? '' : ` (line ${refusedAt.line}, column ${refusedAt.column})`;
  if (refusal !== undefined) return [head, `  ${wordsOf(refusal)}${at}`];
  const lacking = missing.map((side) => `  no test says ${sides[side]}`);
  if (testPath === undefined) return [head, '  there are no tests beside it, in NAME.test.yaml'];
  return [head, ...lacking, ...results.flatMap((result) => failureOf(result, testPath))];
}

function failureOf({ name, fires, place, isIdle, failure }: TestResult, path: string): string[] {
  const about = `  ${fires ? 'fires' : 'quiet'}: ${name} (${path} line ${place.line}): `;
  if (failure === undefined && isIdle && !fires)
    return [`${about}it holds no row that the rule reads, so that it stays quiet shows nothing`];
  if (failure === undefined) return [];
  const head = about + failure.message;
  return [head, ...detailsOf(failure).map((line) => `    ${line}`)];
}

/** Changes say something only of tests that hold. */
const notMutated = ({ proofs, mutations = [] }: TestRun): string[] =>
  proofs
    .filter(({ rule }) => !mutations.some((found) => found.rule.name === rule.name && found.rule.path === rule.path))
    .map(
      ({ rule, testPath }) =>
        `mutations: ${rule.name}: none tried, for it has no tests${testPath === undefined ? '' : ' that hold'}`,
    );

function survivorsOf({ rule, tried, noticed, survivors, equal, broken, cut: left, score }: Mutations): string[] {
  const share =
    score === undefined ? 'nothing to try' : `${noticed} of ${tried} changes noticed, ${Math.round(score * 100)} %`;
  const without = [
    ...(equal === 0 ? [] : [`${equal} mean the same`]),
    ...(broken === 0 ? [] : [`${broken} do not compile`]),
    ...(left === 0 ? [] : [`${left} were not tried for want of number or time`]),
  ];
  const head = `mutations: ${rule.name}: ${share}${without.length === 0 ? '' : ` (left out: ${without.join(', ')})`}`;
  return [
    head,
    ...survivors.map(({ place, kind, before, after }) => {
      const change = after === '' ? `without ${before}` : `${before} → ${after}`;
      return `  ${rule.path} line ${place.line}, column ${place.column}: ${kind}: ${change}`;
    }),
  ];
}

const wordsOf = (error: Error): string =>
  error instanceof MailhuntError ? `${error.code}: ${error.message}` : error.message;

function summary({ proofs, seed, variations }: TestRun, strict: boolean): string {
  const { proved, unproved, failing, refused } = tallyOf(proofs);
  const rules = `${proofs.length} ${proofs.length === 1 ? 'rule' : 'rules'}`;
  const also = strict && unproved > 0 ? ', which counts as failing' : '';
  return `${rules}: ${proved} proved, ${unproved} unproved${also}, ${failing} failing, ${refused} refused; ${variations} variations, seed ${seed}`;
}
