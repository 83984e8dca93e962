import { tactics as allTactics, techniqueOf } from '../attack/techniques.ts';
import { type Fields, fieldsAt, isFields, saying } from '../document-fields.ts';
import { iso } from '../read/members.ts';
import type { Rule } from '../rule.ts';
import { graphEntities } from './entity-names.ts';
import { defaultLookBack } from './export-needs.ts';
import { alertTemplate } from './sentinel-yaml.ts';

/**
 * A rule as Graph's `detectionRules` takes it since 2026-10: `status`, `tactics` with their techniques and `entityMappings`
 * stand where `isEnabled`, `category`, `mitreTechniques` and `impactedAssets` were.
 *
 * @param columns those of the query's result
 * @source https://learn.microsoft.com/graph/api/security-rulesroot-post-detectionrules
 */
export function graphDetection(rule: Rule, columns: readonly string[]): string {
  const document = rule.format === 'defender' ? rule.document : {};
  const override = rule.alertDetailsOverride ?? {};
  const given = alertTemplate(document);
  const template = saying({
    title: text(override.alertDisplayNameFormat) ?? text(given.title) ?? rule.name,
    description: text(override.alertDescriptionFormat) ?? rule.description,
    severity: rule.severity?.toLowerCase(),
    tactics: tacticsOf(rule),
    recommendedActions: text(given.recommendedActions) ?? responseOf(rule),
    entityMappings: { ...graphEntities(rule, columns).mappings, ...fieldsAt(given, 'entityMappings') },
    customDetails: rule.customDetails,
  });
  const detection = saying({
    '@odata.type': '#microsoft.graph.security.detectionRule',
    id: rule.id,
    displayName: rule.name,
    description: rule.description,
    status: statusOf(document),
    queryCondition: { queryText: rule.query },
    schedule: scheduleOf(rule),
    detectionAction: saying({
      alertTemplate: template,
      automatedActions: automatedActions(document),
      organizationalScope: fieldsAt(document, 'detectionAction').organizationalScope,
    }),
  });
  return `${JSON.stringify(detection, null, 2)}\n`;
}

/** On, unless its file says otherwise. */
const statusOf = (document: unknown): string => {
  const { status, isEnabled } = fieldsAt({ document }, 'document');
  return text(status) ?? (isEnabled === false ? 'disabled' : 'enabled');
};

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** `lookback` stands only where it is another than the service's own: version 1.0 of Graph does not have it. */
function scheduleOf({ kind, schedule }: Rule): Fields {
  if (kind === 'nrt') return { frequency: 'PT0S' };
  const { frequency = 0, period } = schedule ?? {};
  const isUsual = period === undefined || period === defaultLookBack(frequency);
  return saying({ frequency: iso(frequency), lookback: isUsual ? undefined : iso(period) });
}

/** Each tactic with those of the techniques that ATT&CK has under it; what is under none goes with the first. */
function tacticsOf({ tactics, techniques }: Rule): readonly Fields[] {
  const first = (id: string): string | undefined =>
    tactics.find((tactic) => techniqueOf(id)?.tactics.some((own) => own === tactic)) ?? tactics[0];
  const known = tactics.filter((tactic) => (allTactics as readonly string[]).includes(tactic));
  return known.map((tactic) => {
    const own = techniques.filter((id) => first(id) === tactic);
    return saying({ tactic, techniques: own.map((technique) => ({ technique })) });
  });
}

const words: Readonly<Record<string, string>> = {
  purge: 'Purge',
  reset: 'Reset',
  block: 'Block',
  notify: 'Notify',
  investigate: 'Investigate',
};

const responseOf = ({ story }: Rule): string | undefined =>
  story.response?.map(({ action, when, how }) => `${words[action]} when ${when}: ${how}`).join('\n');

/** Actions on mail, by their names until 2026-10. */
const mailActions: Readonly<Record<string, string>> = {
  hardDeleteResponseAction: 'hardDeleteEmails',
  softDeleteResponseAction: 'softDeleteEmails',
  moveToDeletedItemsResponseAction: 'moveEmailsToDeletedItems',
  moveToInboxResponseAction: 'moveEmailsToInbox',
  moveToJunkResponseAction: 'moveEmailsToJunk',
};

const message = { networkMessageIdColumn: 'NetworkMessageId', recipientColumn: 'RecipientEmailAddress' } as const;

/** What the rule does by itself: only what its file says, in the words of today. */
function automatedActions(document: unknown): Fields {
  const action = fieldsAt(document, 'detectionAction');
  const converted = oldActions(document).flatMap((type) => {
    const name = mailActions[type];
    return name === undefined ? [] : [[name, [message]]];
  });
  return { ...Object.fromEntries(converted), ...(isFields(action.automatedActions) ? action.automatedActions : {}) };
}

function oldActions(document: unknown): readonly string[] {
  const { responseActions } = fieldsAt(document, 'detectionAction');
  const types = Array.isArray(responseActions) ? responseActions.map((one: unknown) => fieldsAt({ one }, 'one')) : [];
  return types.map((one) => String(one['@odata.type']).split('.').at(-1) ?? '');
}

/** Actions of the file that have another form since 2026-10, which cannot be worked out from the old one. */
export const lostActions = ({ format, document }: Rule): readonly string[] =>
  format === 'defender' ? oldActions(document).filter((type) => !Object.hasOwn(mailActions, type)) : [];
