import { isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MailhuntError } from '../../../errors/index.ts';
import { fileEdits } from '../file-edits.ts';
import { fingerprintOf } from '../fingerprint.ts';
import { isFixable } from '../fix-file.ts';
import type { Found, LintReport } from '../found.ts';
import type { Lint } from '../lint.ts';
import { pageName } from '../page-name.ts';
import { targetOffsets } from './regions.ts';

/** What a SARIF log needs beside the findings. */
export interface SarifContext {
  /** Of mailhunt. */
  readonly version: string;
  /** Where the pages of lints are, with a slash at its end. */
  readonly pages: string;
  /** All lints that were run. */
  readonly lints: readonly Lint[];
  readonly problems: readonly MailhuntError[];
  /** The text of a file, without byte order mark; undefined where it is not at hand: then no fixes are given. */
  textOf(path: string): string | undefined;
}

/**
 * A report as SARIF 2.1.0, for code review tools.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif({ findings, suppressed, defects }: LintReport, context: SarifContext) {
  const { lints, version, pages, problems } = context;
  const index = new Map(lints.map(({ id }, i) => [id, i]));
  const result = (found: Found) => ({
    ruleId: found.lint.id,
    ruleIndex: index.get(found.lint.id) ?? -1,
    level: found.severity,
    message: { text: found.message },
    locations: [locationOf(found)],
    partialFingerprints: { 'mailhunt/v1': fingerprintOf(found) },
    ...suppressionsOf(found),
    ...fixesOf(found, context),
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        columnKind: 'utf16CodeUnits',
        tool: { driver: { name: 'mailhunt', version, rules: lints.map((lint) => descriptor(lint, pages)) } },
        invocations: [
          {
            executionSuccessful: defects.length === 0,
            toolExecutionNotifications: [
              ...problems.map((problem) => notification(problem, 'warning')),
              ...defects.map((defect) => notification(defect, 'error')),
            ],
          },
        ],
        results: [...findings, ...suppressed].map(result),
      },
    ],
  };
}

const suppressionsOf = ({ known }: Found) =>
  known === undefined
    ? {}
    : { suppressions: [{ kind: known.by === 'comment' ? 'inSource' : 'external', justification: known.reason }] };

const notification = ({ code, message }: MailhuntError, level: 'warning' | 'error') => ({
  level,
  descriptor: { id: code },
  message: { text: message },
});

const descriptor = (lint: Lint, pages: string) => ({
  id: lint.id,
  name: lint.name,
  shortDescription: { text: lint.summary },
  fullDescription: { text: lint.why },
  help: { text: lint.why, markdown: `${lint.why}\n\nSource: ${lint.source}` },
  helpUri: pages + pageName(lint),
  defaultConfiguration: { level: lint.severity },
  properties: { tags: [lint.group] },
});

function locationOf({ rule, place, span }: Found) {
  const end = span === undefined ? undefined : rule.placeOf(span.start + span.length);
  const region = {
    startLine: place.line,
    startColumn: place.column,
    ...(end === undefined ? {} : { endLine: end.line, endColumn: end.column }),
  };
  return {
    physicalLocation: { artifactLocation: { uri: uriOf(rule.provenance.path) }, region },
    logicalLocations: [{ name: rule.name, kind: 'rule' }],
  };
}

/** A path as it was given: a relative reference, in which slashes stay and what else has a meaning is escaped, or a whole address. */
const uriOf = (path: string): string =>
  isAbsolute(path) ? pathToFileURL(path).href : path.split('/').map(encodeURIComponent).join('/');

function fixesOf(found: Found, { textOf }: SarifContext) {
  const text = isFixable(found) ? textOf(found.rule.provenance.path) : undefined;
  if (text === undefined || !isFixable(found)) return {};
  const replacements = fileEdits(found.fix, found.rule, text).map((edit) => ({
    deletedRegion: targetOffsets(text, edit.start, edit.end),
    insertedContent: { text: edit.text },
  }));
  const artifactLocation = { uri: uriOf(found.rule.provenance.path) };
  return {
    fixes: [{ description: { text: found.lint.summary }, artifactChanges: [{ artifactLocation, replacements }] }],
  };
}
