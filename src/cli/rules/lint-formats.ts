import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MailhuntError } from '../../errors/index.ts';
import { findingText, type LintReport, lints, packFolder, reportJson, sarif, summaryText } from '../../rules/index.ts';
import { harmless, printedJson } from '../harmless.ts';
import type { Output } from '../output.ts';
import { version } from '../version.ts';

/** What is written. */
export interface Linted {
  readonly report: LintReport;
  readonly problems: readonly MailhuntError[];
  /** Findings that are known: suppressed, or of the baseline. */
  readonly leftOut: number;
  texts(path: string): string | undefined;
}

/** How findings are written, by name. */
export const lintFormats: Readonly<Record<string, (linted: Linted, out: Output) => Promise<void>>> = {
  text: async ({ report, leftOut }, out) => {
    for (const found of report.findings)
      await out.write(`${findingText(found).split('\n').map(harmless).join('\n')}\n`);
    await out.write(`${summaryText(report.findings, report.rules.length, leftOut)}\n`);
  },
  json: async ({ report, problems }, out) => writeJson(reportJson(report, problems), out),
  sarif: async ({ report, problems, texts }, out) =>
    writeJson(sarif(report, { version: version(), pages: pages(), lints, problems, textOf: texts }), out),
};

const writeJson = (value: object, out: Output): Promise<void> => out.write(printedJson(value));

/** The address of the pages about lints, which come with the program. */
function pages(): string {
  const root = dirname(packFolder());
  const folder = join(root, 'docs', 'lints');
  return `${pathToFileURL(existsSync(folder) ? folder : root).href}/`;
}
