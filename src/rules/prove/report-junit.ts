import { escapedXml } from '../markup.ts';
import type { Failure, Proof, TestResult } from './proof.ts';
import { rowsOf, type TestRun } from './report-json.ts';

/** How the run counts. */
export interface JUnitOptions {
  /** Whether a rule without both kinds of tests is a failure; otherwise that is a test that was skipped. */
  readonly strict: boolean;
}

/** A text as it may stand in an element or an attribute. */
const xml = (text: string): string => escapedXml(text).replace(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`);

/** One `<testcase>`. */
interface Entry {
  readonly name: string;
  readonly seconds: number;
  readonly outcome?: {
    readonly kind: 'failure' | 'error' | 'skipped';
    readonly message: string;
    readonly text: string;
  };
}

/**
 * The run as JUnit XML: a suite a rule, a case a test; what a rule lacks is a case of its own.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function runAsJUnit({ proofs, problems }: TestRun, { strict }: JUnitOptions): string {
  const suites = proofs.map((proof) =>
    suite(proof.rule.name, proof.rule.path, entriesOf(proof, strict), proof.milliseconds),
  );
  const broken = problems.map((problem, i) => errorEntry(`file ${i + 1}`, problem.message));
  const all = broken.length === 0 ? suites : [...suites, suite('files that could not be read', '', broken, 0)];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="mailhunt rules test">\n${all.join('')}</testsuites>\n`;
}

function suite(name: string, path: string, entries: readonly Entry[], milliseconds: number): string {
  const count = (kind: string): number => entries.filter(({ outcome }) => outcome?.kind === kind).length;
  const counts = `tests="${entries.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
  const file = path === '' ? '' : ` file="${xml(path)}"`;
  const body = entries.map((entry) => testCase(entry, path === '' ? name : path)).join('');
  return `  <testsuite name="${xml(name)}"${file} ${counts} time="${(milliseconds / 1000).toFixed(3)}">\n${body}  </testsuite>\n`;
}

function testCase({ name, seconds, outcome }: Entry, group: string): string {
  const head = `    <testcase classname="${xml(group)}" name="${xml(name)}" time="${seconds.toFixed(3)}"`;
  if (outcome === undefined) return `${head}/>\n`;
  const { kind, message, text } = outcome;
  return `${head}>\n      <${kind} message="${xml(message)}">${xml(text)}</${kind}>\n    </testcase>\n`;
}

const errorEntry = (name: string, message: string): Entry => ({
  name,
  seconds: 0,
  outcome: { kind: 'error', message, text: message },
});

function entriesOf({ rule, refusal, refusedAt, missing, results }: Proof, strict: boolean): readonly Entry[] {
  const at = refusedAt === undefined ? '' : ` (${rule.path} line ${refusedAt.line}, column ${refusedAt.column})`;
  if (refusal !== undefined) return [errorEntry('compiles', refusal.message + at)];
  const lacking = missing.map((side): Entry => {
    const message =
      side === 'fires' ? 'no test says when it fires' : 'no test over rows that it reads says when it stays quiet';
    return {
      name: `has a test: ${side}`,
      seconds: 0,
      outcome: { kind: strict ? 'failure' : 'skipped', message, text: message },
    };
  });
  return [...results.map(entryOf), ...lacking];
}

const entryOf = ({ name, fires, milliseconds, failure }: TestResult): Entry => ({
  name: `${fires ? 'fires' : 'quiet'}: ${name}`,
  seconds: milliseconds / 1000,
  ...(failure === undefined
    ? {}
    : {
        outcome: {
          kind: failure.kind === 'error' ? 'error' : 'failure',
          message: failure.message,
          text: detailsOf(failure).join('\n'),
        },
      }),
});

/** Where a test failed, what may help, and what the query gave; a line each. */
export const detailsOf = (failure: Failure): readonly string[] => [
  `variation ${failure.variation}, seed ${failure.seed}, at ${failure.now}`,
  ...failure.hints,
  ...rowsOf(failure).map((row) => JSON.stringify(row)),
  ...(failure.count > failure.rows.length && failure.rows.length > 0
    ? [`and ${failure.count - failure.rows.length} more rows`]
    : []),
];
