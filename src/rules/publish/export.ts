import { isDeepStrictEqual } from 'node:util';
import { MailhuntError } from '../../errors/index.ts';
import { nameGuid } from '../guid.ts';
import type { Found } from '../lint/found.ts';
import { lintRules } from '../lint/lint-rules.ts';
import { rulesOfText } from '../read/read-rules.ts';
import type { Rule } from '../rule.ts';
import { armLimits, armTemplate } from './arm-template.ts';
import { describeRule } from './description.ts';
import { graphEntities, sentinelEntities } from './entity-names.ts';
import { exportNames } from './export-names.ts';
import { armNeeds, graphNeeds, inSentinelWords, obstaclesFor, sentinelNeeds } from './export-needs.ts';
import { graphDetection, lostActions } from './graph-detection.ts';
import { sentinelYaml } from './sentinel-yaml.ts';

/** Where single rules are exported to; a site is made by `ruleSite`. */
export const exportTargets = ['sentinel', 'arm', 'graph'] as const;
export type ExportTarget = (typeof exportTargets)[number];

export interface ExportOptions {
  readonly target: ExportTarget;
  /** What `now()` is, datetime ticks. */
  readonly now: bigint;
  /** Leaves out of YAML the map `mailhunt`. */
  readonly plain?: boolean;
  /** Gives rules without an id one out of repository and name, and those without a version 1.0.0. */
  readonly assignIds?: boolean;
  /** All in one file: ARM alone can. */
  readonly together?: boolean;
  readonly signal?: AbortSignal;
}

/** A file to write. */
export interface ExportedFile {
  /** Relative, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What came of an export. */
export interface Exported {
  readonly files: readonly ExportedFile[];
  /** Rules that the target cannot have (RULE0030), each with all that stands in the way. */
  readonly refusals: readonly MailhuntError[];
  /** What files do not say for want of a word there, and what must be there for a rule to run: a line each. */
  readonly notes: readonly string[];
}

/** A rule on its way: what it becomes, or why it cannot. */
type Made =
  | { readonly text: string; readonly left: readonly string[]; readonly conditions?: readonly string[] }
  | { readonly refused: readonly string[] };

/**
 * Rules in the form of another place. Each that lacks what the place asks for is refused by name, and the others go on;
 * nothing is made up.
 *
 * @throws the signal's reason where it is aborted
 * @example (await exportRules(rules, { target: 'graph', now })).files[0].text
 */
export async function exportRules(rules: readonly Rule[], options: ExportOptions): Promise<Exported> {
  const names = exportNames(rules);
  const made: { readonly rule: Rule; readonly name: string; readonly text: string }[] = [];
  const refusals: MailhuntError[] = [];
  const notes: string[] = [];
  for (const given of rules) {
    options.signal?.throwIfAborted();
    const rule = options.assignIds ? withId(given) : given;
    const result = await makers[options.target](rule, options);
    if ('refused' in result) refusals.push(refusal(rule, options.target, result.refused));
    else {
      made.push({ rule, name: names.get(given)!, text: result.text });
      if (result.left.length > 0)
        notes.push(`${rule.name}: ${options.target} has no word for ${result.left.join(', ')}`);
    }
  }
  const files =
    options.target === 'arm' && options.together
      ? [{ path: '', text: oneTemplate(made.map(({ rule }) => rule)) }]
      : made.map(({ name, text }) => ({ path: `${name}${endings[options.target]}`, text }));
  return { files, refusals, notes };
}

const endings: Readonly<Record<ExportTarget, string>> = { sentinel: '.yaml', arm: '.json', graph: '.json' };

const refusal = ({ name, provenance }: Rule, target: string, reasons: readonly string[]): MailhuntError =>
  new MailhuntError('RULE0030', { file: provenance.path, name, target, text: reasons.join('; ') });

const withId = (rule: Rule): Rule => ({
  ...rule,
  id: rule.id ?? nameGuid(`mailhunt:${rule.provenance.repository ?? ''}:${rule.name}`),
  version: rule.version ?? '1.0.0',
});

const makers: Readonly<Record<ExportTarget, (rule: Rule, options: ExportOptions) => Promise<Made>>> = {
  sentinel: async (rule, options) => {
    const obstacles = obstaclesFor(inSentinelWords(rule), sentinelNeeds);
    if (obstacles.length > 0) return { refused: obstacles };
    const text = sentinelYaml(rule, options.plain ?? false);
    const lost = readBack('rule.yaml', text, inSentinelWords(rule));
    const reasons = [...lost, ...(await lintRefusals('rule.yaml', text, options)).errors];
    return reasons.length > 0 ? { refused: reasons } : { text, left: sentinelEntities(rule).left };
  },
  arm: async (rule, options) => {
    const obstacles = obstaclesFor(inSentinelWords(rule), armNeeds);
    if (obstacles.length > 0) return { refused: obstacles };
    const { errors } = await lintRefusals('rule.yaml', sentinelYaml(rule, true), options);
    if (errors.length > 0) return { refused: errors };
    const text = armTemplate([rule]);
    const bytes = Buffer.byteLength(text);
    if (bytes > armLimits.bytes) return { refused: [`its template has ${bytes} bytes, ARM takes ${armLimits.bytes}`] };
    return { text, left: rule.kind === 'hunting' ? [] : sentinelEntities(rule).left };
  },
  graph: makeDetection,
};

async function makeDetection(rule: Rule, options: ExportOptions): Promise<Made> {
  const lost = lostActions(rule).map(
    (type) => `its action ${type} has another form since 2026-10: write it as automatedActions`,
  );
  const obstacles = [...obstaclesFor(rule, graphNeeds), ...lost];
  if (obstacles.length > 0) return { refused: obstacles };
  const columns = describeRule(rule, options.now).columns.map(({ name }) => name);
  const text = graphDetection(rule, columns);
  const { errors, conditions } = await lintRefusals('rule.json', text, options);
  const reasons = [...readBack('rule.json', text, rule), ...errors];
  if (reasons.length > 0) return { refused: reasons };
  return { text, left: graphEntities(rule, columns).left, conditions };
}

/** What the linter knows against a rule as it is written for a target. */
interface LintRefusals {
  /** What would be refused there. */
  readonly errors: readonly string[];
  /** What must be there for it to run. */
  readonly conditions: readonly string[];
}

async function lintRefusals(path: string, text: string, options: ExportOptions): Promise<LintRefusals> {
  const { now, signal } = options;
  const target = options.target === 'graph' ? 'defender' : 'sentinel';
  const { rules } = rulesOfText(path, text);
  const { findings } = await lintRules(rules, { target, now, ...(signal && { signal }) });
  const said = (wanted: (found: Found) => boolean): string[] => [
    ...new Set(findings.filter(wanted).map(({ lint, message }) => `${lint.id} ${message}`)),
  ];
  return {
    errors: said(({ severity, lint }) => severity === 'error' && refusing[target].includes(lint.group)),
    conditions: said(({ lint }) => conditional.has(lint.id)),
  };
}

/** Table, time or watchlist of another place: there in Defender's portal only where a workspace is connected to it. */
const conditional: ReadonlySet<string> = new Set(['MH344', 'MH345', 'MH372']);

/** Lints of these groups say what is refused. What tables a workspace has, nobody but its owner knows. */
const refusing: Readonly<Record<'defender' | 'sentinel', readonly string[]>> = {
  defender: ['deploy', 'file'],
  sentinel: ['file'],
};

/** What must be the same when the text is read again. */
const kept = ['name', 'query', 'kind', 'id', 'description', 'severity'] as const satisfies readonly (keyof Rule)[];

/** What would not be as it is here, once somebody reads the text again. */
function readBack(path: string, text: string, rule: Rule): readonly string[] {
  const { rules, problems } = rulesOfText(path, text);
  const [again] = rules;
  if (again === undefined) return problems.map(({ message }) => message);
  const changed = kept.filter((member) => !isDeepStrictEqual(again[member], rule[member]));
  return changed.length === 0 ? [] : [`its ${changed.join(' and ')} would not be the same there`];
}

/** @throws MailhuntError RULE0031 where ARM takes no template of that size */
function oneTemplate(rules: readonly Rule[]): string {
  const text = armTemplate(rules);
  const facts = { rules: rules.length, bytes: Buffer.byteLength(text) };
  if (facts.rules > armLimits.resources || facts.bytes > armLimits.bytes) throw new MailhuntError('RULE0031', facts);
  return text;
}
