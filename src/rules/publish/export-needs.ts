import { tableNamed } from '../../schema/index.ts';
import { isGuid } from '../guid.ts';
import { namedTables } from '../read/named-tables.ts';
import type { Rule } from '../rule.ts';

/** A thing that a format asks for, and whether a rule has it. */
export type Need = readonly [what: string, has: (rule: Rule) => boolean];

const analytics =
  (has: (rule: Rule) => boolean) =>
  (rule: Rule): boolean =>
    rule.kind === 'hunting' || has(rule);

const scheduled =
  (has: (schedule: NonNullable<Rule['schedule']>) => boolean) =>
  (rule: Rule): boolean =>
    rule.kind !== 'scheduled' || has(rule.schedule ?? {});

/** What each rule of Sentinel says, whether it goes there as YAML or as a template. */
const everywhere: readonly Need[] = [
  ['id, a GUID (--assign-ids gives one)', ({ id }) => id !== undefined && isGuid(id)],
  ['description', ({ description }) => (description ?? '').trim() !== ''],
  ['tactics', ({ tactics }) => tactics.length > 0],
  ['severity', analytics(({ severity }) => severity !== undefined)],
  ['queryFrequency', scheduled(({ frequency }) => frequency !== undefined)],
  ['queryPeriod', scheduled(({ period }) => period !== undefined)],
  ['triggerOperator', scheduled(({ triggerOperator }) => triggerOperator !== undefined)],
  ['triggerThreshold', scheduled(({ triggerThreshold }) => triggerThreshold !== undefined)],
];

/** What the repository of Azure-Sentinel asks for beyond it. */
const inRepository: readonly Need[] = [
  ['relevantTechniques', ({ techniques }) => techniques.length > 0],
  ['requiredDataConnectors', ({ connectors }) => connectors.length > 0],
  ['version (--assign-ids gives the first, 1.0.0)', analytics(({ version }) => /^\d+\.\d+\.\d+$/.test(version ?? ''))],
];

export const sentinelNeeds: readonly Need[] = [...everywhere, ...inRepository];
export const armNeeds: readonly Need[] = everywhere;

/** What Graph asks for; what Defender refuses beside it, the linter knows. */
export const graphNeeds: readonly Need[] = [
  ['id, a GUID (--assign-ids gives one)', ({ id }) => id !== undefined && isGuid(id)],
  ['description', ({ description }) => (description ?? '').trim() !== ''],
  ['tactics', ({ tactics }) => tactics.length > 0],
  ['severity', ({ severity }) => severity !== undefined],
  ['a schedule (it is a hunt)', ({ kind }) => kind !== 'hunting'],
  [
    'a trigger of more than 0 rows (Defender alerts on each row: put the threshold into the query)',
    ({ schedule }) => (schedule?.triggerOperator ?? 'gt') === 'gt' && (schedule?.triggerThreshold ?? 0) === 0,
  ],
  ['a frequency', ({ kind, schedule }) => kind !== 'scheduled' || schedule?.frequency !== undefined],
];

/** Why a rule cannot go to a format, in words, before it is written there; empty where nothing is known to be in the way. */
export function obstaclesFor(rule: Rule, needs: readonly Need[]): readonly string[] {
  const missing = needs.filter(([, has]) => !has(rule)).map(([what]) => what);
  const own = namedTables(rule.query).filter((name) => tableNamed(name)?.source.startsWith('https://') === false);
  return [
    ...(missing.length === 0 ? [] : [`it lacks ${missing.join(', ')}`]),
    ...(own.length === 0 ? [] : [`it reads ${own.join(', ')}, which only mailhunt has`]),
  ];
}

/** Tables that come through the connector of Defender XDR and through no other. */
const ofDefender =
  /^(?:Email(?:Events|UrlInfo|AttachmentInfo|PostDeliveryEvents)|UrlClickEvents|MessageEvents|Device\w{1,60}|CloudAppEvents|Identity(?:Logon|Query|Directory)Events|IdentityInfo|Alert(?:Info|Evidence))$/;

/** The connectors that a rule names; where it names none, the one that its tables come through, if all come through it. */
function connectorsOf(rule: Rule): Rule['connectors'] {
  if (rule.connectors.length > 0) return rule.connectors;
  const tables = namedTables(rule.query);
  const known = tables.length > 0 && tables.every((name) => ofDefender.test(name));
  return known ? [{ connectorId: 'MicrosoftThreatProtection', dataTypes: tables }] : [];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How far back Defender looks, by how often the rule runs, in milliseconds. */
const lookBacks: ReadonlyMap<number, number> = new Map([
  [HOUR, 4 * HOUR],
  [3 * HOUR, 12 * HOUR],
  [12 * HOUR, 2 * DAY],
  [DAY, 30 * DAY],
]);

/**
 * How far back Defender looks where a rule does not say it: 4 times a frequency below one day, else 30 days.
 *
 * @source https://learn.microsoft.com/defender-xdr/custom-detection-rules
 */
export const defaultLookBack = (frequency: number): number =>
  lookBacks.get(frequency) ?? (frequency < DAY ? 4 * frequency : 30 * DAY);

/** The longest that a rule of Sentinel may look back. */
const LONGEST_PERIOD = 14 * DAY;

/**
 * A custom detection in the words of Sentinel: each row is an alert there, and the look-back follows from the frequency.
 * Other rules stay as they are.
 */
export function inSentinelWords(rule: Rule): Rule {
  const { schedule, format, kind } = rule;
  const connectors = connectorsOf(rule);
  if (format !== 'defender' || kind !== 'scheduled' || schedule?.frequency === undefined)
    return { ...rule, connectors };
  const period = schedule.period ?? Math.min(defaultLookBack(schedule.frequency), LONGEST_PERIOD);
  return { ...rule, connectors, schedule: { triggerOperator: 'gt', triggerThreshold: 0, ...schedule, period } };
}
