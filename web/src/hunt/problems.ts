import type { CheckAnswer } from '../../../src/server/workbench/queries/check.ts';
import type { Failure } from '../api/call.ts';
import type { Warning } from '../api/stream-query.ts';
import { counted } from '../ui/counted.ts';

/** Something that is said about a place of the text. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  /** Microsoft's code (`KS142`) or ours (`WARN0002`). */
  readonly code: string;
  readonly message: string;
  readonly advice?: string;
  /** UTF-16 units from the start of the editor's text; undefined where it is about no place. */
  readonly start?: number;
  readonly length?: number;
}

const severities = { Error: 'error', Warning: 'warning', Information: 'info', Suggestion: 'info' } as const;

/** What a check says of a statement that begins at `start`, the worst first, in the order of the text. */
export function problemsOf({ diagnostics, refusal, warnings }: CheckAnswer, start: number): readonly Problem[] {
  const said = diagnostics.map(
    ({ severity, code, message, span }): Problem => ({
      severity: severities[severity],
      code,
      message,
      start: start + span.start,
      length: span.length,
    }),
  );
  return sorted([...said, ...(refusal ? [problemOfFailure(refusal, start)] : []), ...warningProblems(warnings, start)]);
}

/** The same of warnings that came with a result. */
export const warningProblems = (warnings: readonly Warning[], start: number): readonly Problem[] =>
  warnings.map(({ code, message, advice, span }) => ({
    severity: 'warning',
    code,
    message,
    ...(advice !== undefined && { advice }),
    ...placed(span, start),
  }));

/** What stopped a query. */
export const problemOfFailure = (
  { code, message, advice, span, ...rest }: Failure & { readonly foreignCode?: string },
  start: number,
): Problem => ({
  severity: 'error',
  code: rest.foreignCode ?? code,
  message,
  ...(advice !== undefined && { advice }),
  ...placed(span, start),
});

/** Errors that are told of one text beside the one that stopped it. */
const MOST_FURTHER = 19;

/** The errors of a text but the one that stopped it, in their order; of very many the first, and how many more there are. */
export function furtherErrors({ diagnostics }: Pick<CheckAnswer, 'diagnostics'>, told: Failure): readonly Failure[] {
  const others = diagnostics
    .filter(({ severity, span }) => severity === 'Error' && span.start !== told.span?.start)
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ code, message, span }): Failure => ({ code, message, span }));
  const rest = others.length - MOST_FURTHER;
  return rest <= 0
    ? others
    : [...others.slice(0, MOST_FURTHER), { code: '', message: `and ${counted(rest, 'error')} more` }];
}

const placed = (span: { readonly start: number; readonly length: number } | undefined, start: number) =>
  span ? { start: start + span.start, length: span.length } : {};

const ranks = { error: 0, warning: 1, info: 2 } as const;

const sorted = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted((a, b) => ranks[a.severity] - ranks[b.severity] || (a.start ?? 0) - (b.start ?? 0));

/** `3 errors, 1 warning`; empty where there are none. */
export function countProblems(problems: readonly Problem[]): string {
  const count = (severity: Problem['severity'], name: string): string[] => {
    const found = problems.filter((problem) => problem.severity === severity).length;
    return found === 0 ? [] : [counted(found, name)];
  };
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('info', 'hint')].join(', ');
}
