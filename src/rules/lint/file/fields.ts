import { type Fields, isFields } from '../../document-fields.ts';
import type { Finding, Lint } from '../lint.ts';
import { nearest } from '../nearest.ts';
import { listOf, quoted, sentinelLint, sentinelTests } from './document.ts';

/** What a map may hold, by the name of the field that it stands under; '' is the file itself. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  '': [
    'id',
    'name',
    'kind',
    'description',
    'description-detailed',
    'severity',
    'status',
    'requiredDataConnectors',
    'requiredDataConnectorsWatchList',
    'queryFrequency',
    'queryPeriod',
    'triggerOperator',
    'triggerThreshold',
    'tactics',
    'techniques',
    'relevantTechniques',
    'query',
    'entityMappings',
    'sentinelEntitiesMappings',
    'customDetails',
    'alertDetailsOverride',
    'eventGroupingSettings',
    'suppressionEnabled',
    'suppressionDuration',
    'incidentConfiguration',
    'version',
    'metadata',
    'tags',
    'tests',
    'mailhunt',
  ],
  alertDetailsOverride: [
    'alertDisplayNameFormat',
    'alertDescriptionFormat',
    'alertTacticsColumnName',
    'alertSeverityColumnName',
    'alertDynamicProperties',
  ],
  eventGroupingSettings: ['aggregationKind'],
  incidentConfiguration: ['createIncident', 'groupingConfiguration'],
  requiredDataConnectors: ['connectorId', 'dataTypes'],
  entityMappings: ['entityType', 'fieldMappings'],
};

const rule = (lines: string) =>
  `name: Own domain fails DMARC\n${lines}query: |\n  EmailEvents\n  | project Timestamp, ReportId, RecipientEmailAddress\n`;

const unknownField = sentinelLint(
  {
    id: 'MH425',
    name: 'unknown-field',
    severity: 'warning',
    summary: 'A field is none that rules have: it is read by nothing.',
    why: 'A slip in a field’s name leaves the rule without what it says, and nothing complains: fields are written in camel case, in these letters. Notes of your own belong under `metadata` or `tags`.',
    source: sentinelTests,
    examples: [
      { wrong: rule('relevantTecniques: [T1566]\n'), right: rule('relevantTechniques: [T1566]\n') },
      { wrong: rule('Severity: Low\n'), right: rule('severity: Low\n') },
      {
        wrong: rule('alertDetailsOverride:\n  alertDisplayName: Spoofed mail\n'),
        right: rule('alertDetailsOverride:\n  alertDisplayNameFormat: Spoofed mail\n'),
      },
    ],
  },
  function* (document): Iterable<Finding> {
    yield* strangers(document, '', []);
    for (const [name, value] of Object.entries(document)) {
      if (!Object.hasOwn(fieldsOf, name)) continue;
      if (isFields(value)) yield* strangers(value, name, [name]);
      for (const [i, entry] of listOf(value).entries()) if (isFields(entry)) yield* strangers(entry, name, [name, i]);
    }
  },
);

function* strangers(map: Fields, above: string, path: readonly (string | number)[]): Iterable<Finding> {
  const known = fieldsOf[above] ?? [];
  for (const name of Object.keys(map).filter((key) => !known.includes(key))) {
    const near = nearest(name, known);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    const where = above === '' ? 'Rules have' : `${above} has`;
    yield { field: [...path, name], message: `${where} no field ${quoted(name)}.${hint}` };
  }
}

const grouping = sentinelLint(
  {
    id: 'MH426',
    name: 'event-grouping',
    severity: 'error',
    summary: 'The event grouping is none that there is.',
    why: '`aggregationKind` is `SingleAlert`, one alert for all rows of a run, or `AlertPerResult`, one for each row. Rules that name entities per row mostly want the second.',
    source: sentinelTests,
    examples: [
      {
        wrong: rule('eventGroupingSettings:\n  aggregationKind: AlertPerRow\n'),
        right: rule('eventGroupingSettings:\n  aggregationKind: AlertPerResult\n'),
      },
    ],
  },
  function* ({ eventGroupingSettings: settings }): Iterable<Finding> {
    if (!isFields(settings) || settings.aggregationKind === undefined) return;
    const { aggregationKind: kind } = settings;
    if (kind !== 'SingleAlert' && kind !== 'AlertPerResult')
      yield {
        field: ['eventGroupingSettings', 'aggregationKind'],
        message: `There is no aggregationKind ${quoted(kind)}: SingleAlert or AlertPerResult.`,
      };
  },
);

export const fieldLints: readonly Lint[] = [unknownField, grouping];
