import { type Fields, isFields } from '../../document-fields.ts';
import type { Rule } from '../../rule.ts';
import type { Finding, Lint, Subject } from '../lint.ts';

/** The document of a rule; empty for a rule that stands in none. */
export const documentOf = ({ document }: Rule): Fields => (isFields(document) ? document : {});

/** A list of a document, or none. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What the Azure-Sentinel repository's tests rest on. */
export const sentinelTests =
  'https://github.com/Azure/Azure-Sentinel/tree/master/.script/tests/detectionTemplateSchemaValidation';
export const styleGuide = 'https://github.com/Azure/Azure-Sentinel/wiki/Query-Style-Guide';
export const graphDetections = 'https://learn.microsoft.com/graph/api/resources/security-detectionrule';

type Row = Omit<Lint, 'group' | 'check'>;

/** A lint about files of one format. `check` is given the document. */
const aboutFiles =
  (format: Rule['format']) =>
  (row: Row, check: (document: Fields, subject: Subject) => Iterable<Finding>): Lint => ({
    ...row,
    group: 'file',
    check: (subject) => (subject.rule.format === format ? check(documentOf(subject.rule), subject) : []),
  });

/** A lint about YAML of Sentinel. */
export const sentinelLint = aboutFiles('sentinel');

/** A lint about custom detections as Graph has them. */
export const defenderLint = aboutFiles('defender');

/** Whether a YAML file is an analytics rule, not a hunt: those have a schedule, a severity and more that is asked of them. */
export const isAnalyticsRule = ({ kind }: Rule): boolean => kind !== 'hunting';

/** A value as a finding shows it, on one line and not too long. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return `"${short.replaceAll(/\s+/g, ' ')}"`;
}
