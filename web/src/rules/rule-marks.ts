import type { CardFinding } from '../../../src/server/workbench/rules/rule-card.ts';

/** A place of a rule's text with what is wrong there; lines and columns from 1, the end not included. */
export interface RuleMark {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly severity: CardFinding['severity'];
  readonly code: string;
  readonly message: string;
}

/**
 * What the linter says, as marks in the text: its findings, and what keeps the file from being read where that names a
 * place. A mark stays in its line; the editor cuts it where the line ends.
 *
 * @example marksOf([], ['RULE0002 a.yaml line 3, column 5: no value']) // a mark at 3, 5
 */
export function marksOf(findings: readonly CardFinding[], problems: readonly string[]): readonly RuleMark[] {
  return [
    ...problems.flatMap((problem): RuleMark[] => {
      const [, line, column] = /\bline (\d{1,7}), column (\d{1,7})/.exec(problem) ?? [];
      if (line === undefined || column === undefined) return [];
      return [
        markAt({ line: Number(line), column: Number(column) }, 1, { severity: 'error', code: '', message: problem }),
      ];
    }),
    ...findings.map(({ line, column, span, severity, lint, message }) =>
      markAt({ line, column }, span?.length ?? 1, { severity, code: lint, message }),
    ),
  ];
}

const markAt = (
  { line, column }: { readonly line: number; readonly column: number },
  length: number,
  said: Pick<RuleMark, 'severity' | 'code' | 'message'>,
): RuleMark => ({
  line: Math.max(1, line),
  column: Math.max(1, column),
  endColumn: Math.max(1, column) + Math.max(1, length),
  ...said,
});

/** How a file is coloured, by the end of its name; JSON is YAML. */
export const languageOf = (name: string): 'yaml' | 'plaintext' =>
  /\.(ya?ml|json)$/i.test(name) ? 'yaml' : 'plaintext';
