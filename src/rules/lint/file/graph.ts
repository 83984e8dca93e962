import { tactics } from '../../attack/techniques.ts';
import { type Fields, isFields } from '../../document-fields.ts';
import { milliseconds } from '../../read/durations.ts';
import type { Finding, Lint } from '../lint.ts';
import { nearest } from '../nearest.ts';
import { defenderLint, graphDetections, listOf, quoted } from './document.ts';

const detection = (changes: {
  readonly schedule?: object;
  readonly template?: object;
  readonly action?: object;
}): string =>
  JSON.stringify(
    {
      displayName: 'Own domain fails DMARC',
      isEnabled: true,
      queryCondition: {
        queryText:
          'EmailEvents\n| where EmailDirection == "Inbound"\n| project Timestamp, ReportId, RecipientEmailAddress, NetworkMessageId',
      },
      schedule: changes.schedule ?? { frequency: 'PT1H' },
      detectionAction: {
        alertTemplate: {
          title: 'Spoofed mail',
          description: 'Mail that claims to come from us and is not.',
          severity: 'medium',
          category: 'InitialAccess',
          mitreTechniques: ['T1566.002'],
          impactedAssets: [
            { '@odata.type': '#microsoft.graph.security.impactedMailboxAsset', identifier: 'recipientEmailAddress' },
          ],
          ...changes.template,
        },
        ...changes.action,
      },
    },
    undefined,
    2,
  );

const at = (value: unknown, name: string): Fields => {
  const member = isFields(value) ? value[name] : undefined;
  return isFields(member) ? member : {};
};
const TEMPLATE = ['detectionAction', 'alertTemplate'];
const templateOf = (document: Fields): Fields => at(at(document, 'detectionAction'), 'alertTemplate');

/** `schedule.period` as it was, in the form of `schedule.frequency`. */
const frequencies: Readonly<Record<string, string>> = {
  '0': 'PT0S',
  '1H': 'PT1H',
  '3H': 'PT3H',
  '12H': 'PT12H',
  '24H': 'PT24H',
};

const removedField = defenderLint(
  {
    id: 'MH430',
    name: 'removed-graph-field',
    severity: 'error',
    summary: 'A field of the custom detection was removed from Microsoft Graph on 2026-10-01.',
    why: '`schedule.period` became `schedule.frequency` in ISO 8601 (`PT0S` for continuous), `nextRunDateTime` is worked out by the service, and `responseActions` became `automatedActions` with the columns that name message and recipient. A file with the old fields is refused, or loses its schedule and its actions.',
    source: graphDetections,
    examples: [
      { wrong: detection({ schedule: { period: '1H' } }), right: detection({}) },
      {
        wrong: detection({ schedule: { frequency: 'PT1H', nextRunDateTime: '2026-11-01T00:00:00Z' } }),
        right: detection({ schedule: { frequency: 'PT1H' } }),
      },
      {
        wrong: detection({
          action: {
            responseActions: [
              {
                '@odata.type': '#microsoft.graph.security.moveToJunkResponseAction',
                identifier: 'networkMessageId,recipientEmailAddress',
              },
            ],
          },
        }),
        right: detection({}),
      },
    ],
  },
  function* (document): Iterable<Finding> {
    const schedule = at(document, 'schedule');
    if (schedule.period !== undefined) {
      const frequency = frequencies[String(schedule.period).toUpperCase()];
      const now = frequency === undefined ? 'a duration such as "PT1H"' : `"${frequency}"`;
      yield {
        field: ['schedule', 'period'],
        message: `schedule.period was removed on 2026-10-01: write "frequency": ${now}.`,
      };
    }
    if (schedule.nextRunDateTime !== undefined)
      yield {
        field: ['schedule', 'nextRunDateTime'],
        message: 'schedule.nextRunDateTime was removed on 2026-10-01: leave it out.',
      };
    if (at(document, 'detectionAction').responseActions !== undefined)
      yield {
        field: ['detectionAction', 'responseActions'],
        message:
          'responseActions was removed on 2026-10-01: write automatedActions, whose actions on mail name networkMessageIdColumn and recipientColumn.',
      };
  },
);

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const REGULAR = ['PT0S', 'PT1H', 'PT3H', 'PT12H', 'PT24H', 'P1D'];

const frequencyForm = defenderLint(
  {
    id: 'MH431',
    name: 'graph-frequency',
    severity: 'error',
    summary:
      'The frequency of a custom detection is missing, no ISO 8601 duration, or out of range; or its look-back is shorter.',
    why: 'Defender runs rules continuously (`PT0S`), every 1, 3, 12 or 24 hours, or, where all data is in Sentinel, every 5 minutes to 14 days. A look-back shorter than the frequency leaves gaps that nothing looks at.',
    source: graphDetections,
    examples: [
      { wrong: detection({ schedule: { frequency: '1h' } }), right: detection({ schedule: { frequency: 'PT1H' } }) },
      { wrong: detection({ schedule: { frequency: 'PT1M' } }), right: detection({ schedule: { frequency: 'PT0S' } }) },
      { wrong: detection({ schedule: {} }), right: detection({ schedule: { frequency: 'P1D' } }) },
      {
        wrong: detection({ schedule: { frequency: 'PT12H', lookback: 'PT1H' } }),
        right: detection({ schedule: { frequency: 'PT12H', lookback: 'P1D' } }),
      },
    ],
  },
  function* (document): Iterable<Finding> {
    const { frequency, period, lookback } = at(document, 'schedule');
    const field = ['schedule', 'frequency'];
    if (frequency === undefined && period === undefined)
      yield { field, message: 'The detection has no schedule.frequency: PT0S, PT1H, PT3H, PT12H or PT24H.' };
    if (frequency === undefined) return;
    const often = isoDuration(frequency);
    if (often === undefined)
      yield { field, message: `The frequency ${quoted(frequency)} is no ISO 8601 duration such as PT1H.` };
    else if (often !== 0 && (often < 5 * MINUTE || often > 14 * DAY))
      yield { field, message: `The frequency ${frequency} is none of ${REGULAR.join(', ')}, nor from PT5M to P14D.` };
    const far = isoDuration(lookback);
    if (often !== undefined && far !== undefined && far < often)
      yield {
        field: ['schedule', 'lookback'],
        message: `The rule runs every ${frequency} and looks back ${lookback}: what comes in between is never looked at.`,
      };
  },
);

const isoDuration = (value: unknown): number | undefined =>
  typeof value === 'string' && value.startsWith('P') ? milliseconds(value) : undefined;

const severities = ['informational', 'low', 'medium', 'high'];
const categories: readonly string[] = [...tactics, 'Malware', 'Ransomware', 'SuspiciousActivity', 'UnwantedSoftware'];

const alertWords = defenderLint(
  {
    id: 'MH432',
    name: 'graph-alert',
    severity: 'error',
    summary: 'Title, severity or category of the alert is missing or none that there is.',
    why: 'An alert has a title of its own, a severity in lower case (`medium`), and `tactics`, each in one word; until 2026-10 it had one `category` instead: a tactic, or `Malware`, `Ransomware`, `SuspiciousActivity`, `UnwantedSoftware`.',
    source: graphDetections,
    examples: [
      { wrong: detection({ template: { severity: 'Medium' } }), right: detection({}) },
      { wrong: detection({ template: { category: 'Initial Access' } }), right: detection({}) },
      {
        wrong: detection({ template: { title: '' } }),
        right: detection({ template: { category: undefined, tactics: [{ tactic: 'InitialAccess' }] } }),
      },
    ],
  },
  function* (document): Iterable<Finding> {
    const { title, severity, category, tactics: named } = templateOf(document);
    if (typeof title !== 'string' || title.trim() === '')
      yield { field: [...TEMPLATE, 'title'], message: 'The alert has no title.' };
    if (!severities.includes(String(severity)))
      yield {
        field: [...TEMPLATE, 'severity'],
        message: `There is no severity ${quoted(severity ?? '')}: ${severities.join(', ')}.`,
      };
    const hasTactics = category === undefined && listOf(named).length > 0;
    if (hasTactics || categories.includes(String(category))) return;
    const near = nearest(String(category), categories);
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    yield { field: [...TEMPLATE, 'category'], message: `There is no category ${quoted(category ?? '')}.${hint}` };
  },
);

/** What an impacted asset may be told by, by its type. */
const assets: Readonly<Record<string, readonly string[]>> = {
  impactedMailboxAsset: [
    'accountUpn',
    'fileOwnerUpn',
    'initiatingProcessAccountUpn',
    'lastModifyingAccountUpn',
    'targetAccountUpn',
    'senderFromAddress',
    'senderDisplayName',
    'recipientEmailAddress',
    'senderMailFromAddress',
  ],
  impactedDeviceAsset: ['deviceId', 'deviceName', 'remoteDeviceName', 'targetDeviceName', 'destinationDeviceName'],
};

const assetForm = defenderLint(
  {
    id: 'MH433',
    name: 'graph-assets',
    severity: 'error',
    summary: 'The alert names no impacted asset, or one by an identifier that there is not.',
    why: 'Graph answers 400 where `impactedAssets` is empty. A mailbox is told by `recipientEmailAddress`, `senderFromAddress` and others, in camel case, where the query’s columns begin with a capital.',
    source: 'https://learn.microsoft.com/graph/api/resources/security-impactedasset',
    examples: [
      { wrong: detection({ template: { impactedAssets: [] } }), right: detection({}) },
      {
        wrong: detection({
          template: {
            impactedAssets: [
              { '@odata.type': '#microsoft.graph.security.impactedMailboxAsset', identifier: 'RecipientEmailAddress' },
            ],
          },
        }),
        right: detection({}),
      },
    ],
  },
  function* (document): Iterable<Finding> {
    const { impactedAssets, entityMappings } = templateOf(document);
    const field = [...TEMPLATE, 'impactedAssets'];
    const named = listOf(impactedAssets);
    if (named.length === 0 && !isFields(entityMappings))
      yield { field, message: 'The alert names no impacted asset, such as a mailbox.' };
    for (const [i, asset] of named.entries()) {
      const { '@odata.type': type, identifier } = isFields(asset) ? asset : {};
      const known = assets[/\.?(\w{1,60})$/.exec(String(type))?.[1] ?? ''];
      if (known === undefined || known.includes(String(identifier))) continue;
      const near = nearest(String(identifier), known);
      const hint = near === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${near}?`;
      yield {
        field: [...field, i, 'identifier'],
        message: `This asset has no identifier ${quoted(identifier ?? '')}. ${hint}`,
      };
    }
  },
);

const MAX_DETAILS = 20;
const MAX_BYTES = 4096;

const details = defenderLint(
  {
    id: 'MH434',
    name: 'graph-custom-details',
    severity: 'error',
    summary: 'The alert has more custom details than Defender takes.',
    why: 'At most 20 pairs of key and column, 4 KB together: what is beyond is cut from the alert.',
    source: 'https://learn.microsoft.com/defender-xdr/custom-detection-rules',
    examples: [
      {
        wrong: detection({
          template: {
            customDetails: Array.from({ length: 21 }, (_, i) => ({
              key: `Detail${i}`,
              value: 'RecipientEmailAddress',
            })),
          },
        }),
        right: detection({ template: { customDetails: [{ key: 'Recipient', value: 'RecipientEmailAddress' }] } }),
      },
    ],
  },
  function* (_, { rule: { customDetails } }): Iterable<Finding> {
    const pairs = Object.entries(customDetails);
    const field = [...TEMPLATE, 'customDetails'];
    const bytes = Buffer.byteLength(pairs.flat().join(''));
    if (pairs.length > MAX_DETAILS)
      yield { field, message: `The alert has ${pairs.length} custom details; Defender takes ${MAX_DETAILS}.` };
    else if (bytes > MAX_BYTES)
      yield { field, message: `The custom details have ${bytes} bytes; Defender takes ${MAX_BYTES}.` };
  },
);

export const graphLints: readonly Lint[] = [removedField, frequencyForm, alertWords, assetForm, details];
