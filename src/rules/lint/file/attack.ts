import { attackVersion } from '../../attack/enterprise.ts';
import { tactics as enterprise, techniqueOf } from '../../attack/techniques.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { nearest } from '../nearest.ts';
import { documentOf, isAnalyticsRule, listOf, quoted, sentinelLint, sentinelTests } from './document.ts';

/** Words that Sentinel knows beside those of Enterprise ATT&CK: two of ICS, and one of old files. */
const known: readonly string[] = [...enterprise, 'ImpairProcessControl', 'InhibitResponseFunction', 'PreAttack'];

const hunt = (lines: string) =>
  `name: Own domain fails DMARC\nid: 0a7f8f6e-8d0e-4c55-9a3b-1d5a0b3c9e21\n${lines}query: |\n  EmailEvents\n  | take 10\n`;
const mapped = (tactic: string, technique: string) =>
  hunt(`tactics: [${tactic}]\nrelevantTechniques: [${technique}]\n`);

const unknownTactic = sentinelLint(
  {
    id: 'MH413',
    name: 'unknown-tactic',
    severity: 'error',
    summary: 'A tactic is none that Sentinel knows.',
    why: 'Tactics are written in one word, `InitialAccess`. A rule with another word is refused.',
    source: sentinelTests,
    examples: [
      { wrong: mapped('Initial Access', 'T1566'), right: mapped('InitialAccess', 'T1566') },
      { wrong: mapped('Phishing', 'T1566'), right: mapped('InitialAccess', 'T1566') },
    ],
  },
  function* ({ tactics }): Iterable<Finding> {
    for (const [i, tactic] of listOf(tactics).entries()) {
      if (known.includes(String(tactic))) continue;
      const near = nearest(String(tactic), known);
      const hint = near === undefined ? '' : ` Did you mean ${near}?`;
      yield { field: ['tactics', i], message: `There is no tactic ${quoted(tactic)}.${hint}` };
    }
  },
);

const FORM = /^T\d{4}(?:\.\d{3})?$/;
/** Techniques of the matrix for industrial control: none of them is looked up. */
const isIndustrial = (id: string): boolean => id.startsWith('T0');

/** Technique ids as written, with their fields; of whatever format. */
function written({ rule }: Subject): readonly (readonly [id: string, field: readonly (string | number)[]])[] {
  const document = documentOf(rule);
  const name = document.relevantTechniques === undefined ? 'techniques' : 'relevantTechniques';
  const above = rule.format === 'defender' ? ['detectionAction', 'alertTemplate', 'mitreTechniques'] : [name];
  return rule.techniques.map((id, i) => [id, [...above, i]]);
}

const techniqueForm: Lint = {
  id: 'MH414',
  name: 'technique-form',
  group: 'file',
  severity: 'error',
  summary: 'A technique is not written as T1566 or T1566.002, or there is none of that id.',
  why: `Coverage is counted by technique ids. Ids are looked up in Enterprise ATT&CK ${attackVersion}, those that were withdrawn included.`,
  source: 'https://attack.mitre.org/techniques/enterprise/',
  examples: [
    { wrong: mapped('InitialAccess', 't1566.2'), right: mapped('InitialAccess', 'T1566.002') },
    { wrong: mapped('InitialAccess', 'T1999'), right: mapped('InitialAccess', 'T1566') },
  ],
  *check(subject) {
    for (const [id, field] of written(subject)) {
      if (!FORM.test(id))
        yield { field, message: `The technique ${quoted(id)} is not of the form T1566 or T1566.002.` };
      else if (!isIndustrial(id) && techniqueOf(id) === undefined)
        yield { field, message: `Enterprise ATT&CK ${attackVersion} has no technique ${id}.` };
    }
  },
};

const withdrawnTechnique: Lint = {
  id: 'MH415',
  name: 'withdrawn-technique',
  group: 'file',
  severity: 'note',
  summary: 'A technique was withdrawn from ATT&CK, and another took its place.',
  why: 'Reports and layers of a newer version of ATT&CK do not show the old id. A note only: Sentinel and Defender follow new versions slowly, and may not know the new id yet.',
  source: 'https://attack.mitre.org/resources/updates/updates-april-2026/',
  examples: [{ wrong: mapped('DefenseEvasion', 'T1672'), right: mapped('DefenseEvasion', 'T1684.002') }],
  *check(subject) {
    for (const [id, field] of written(subject)) {
      const { name, successor } = techniqueOf(id) ?? {};
      if (successor === undefined) continue;
      yield {
        field,
        message: `${id} ${name} was withdrawn from ATT&CK: now it is ${successor} ${techniqueOf(successor)?.name}.`,
      };
    }
  },
};

const techniqueWithoutTactic = sentinelLint(
  {
    id: 'MH416',
    name: 'technique-without-tactic',
    severity: 'error',
    summary: 'A technique belongs to none of the tactics that the rule names.',
    why: 'Sentinel refuses a rule whose technique has no tactic beside it: the matrix would have no cell for it. Add one of the technique’s tactics, or name the technique that is meant.',
    source: sentinelTests,
    examples: [
      { wrong: mapped('Execution', 'T1566.002'), right: mapped('InitialAccess', 'T1566.002') },
      { wrong: mapped('', 'T1534'), right: mapped('LateralMovement', 'T1534') },
    ],
  },
  function* ({ tactics }, subject): Iterable<Finding> {
    const named = listOf(tactics).map(String);
    for (const [id, field] of written(subject)) {
      const technique = techniqueOf(id);
      if (technique === undefined || technique.tactics.some((tactic) => named.includes(tactic))) continue;
      const own = technique.tactics.join(' or ');
      yield { field, message: `${id} ${technique.name} belongs to ${own}, which is not among the tactics.` };
    }
  },
);

const noTactics = sentinelLint(
  {
    id: 'MH417',
    name: 'no-tactics',
    severity: 'warning',
    summary: 'The rule names no tactic.',
    why: 'Without a tactic the rule shows nowhere in the matrix, and incidents cannot be sorted by it.',
    source: sentinelTests,
    examples: [
      {
        wrong: `${hunt('')}kind: NRT\nseverity: Low\n`,
        right: `${mapped('InitialAccess', 'T1566')}kind: NRT\nseverity: Low\n`,
      },
    ],
  },
  function* ({ tactics }, { rule }): Iterable<Finding> {
    if (isAnalyticsRule(rule) && listOf(tactics).length === 0)
      yield { field: ['tactics'], message: 'The rule names no tactic, such as InitialAccess.' };
  },
);

export const attackLints: readonly Lint[] = [
  unknownTactic,
  techniqueForm,
  withdrawnTechnique,
  techniqueWithoutTactic,
  noTactics,
];
