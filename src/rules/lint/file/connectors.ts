import { isFields } from '../../document-fields.ts';
import type { Finding, Lint } from '../lint.ts';
import { nearest } from '../nearest.ts';
import { isAnalyticsRule, listOf, quoted, sentinelLint, sentinelTests } from './document.ts';

/** Connectors whose tables rules about mail read, from ValidConnectorIds.json of Azure-Sentinel; there are hundreds more. */
const connectors: readonly string[] = [
  'MicrosoftThreatProtection',
  'Office365',
  'OfficeATP',
  'AzureActiveDirectory',
  'AzureActiveDirectoryIdentityProtection',
  'MicrosoftCloudAppSecurity',
  'MicrosoftDefenderAdvancedThreatProtection',
  'AzureAdvancedThreatProtection',
  'ThreatIntelligence',
  'ThreatIntelligenceTaxii',
  'MicrosoftDefenderThreatIntelligence',
  'BehaviorAnalytics',
  'ProofpointTAP',
  'ProofpointPOD',
  'MimecastSIEMAPI',
  'MimecastTTPAPI',
  'SecurityEvents',
  'Syslog',
  'CEF',
];

/** Tables that come through the connector of Defender XDR and through no other. */
const ofDefender =
  /^(?:Email(?:Events|UrlInfo|AttachmentInfo|PostDeliveryEvents)|UrlClickEvents|Device\w+|CloudAppEvents)$/;

const rule = (connector: string) => `name: Own domain fails DMARC
requiredDataConnectors:
${connector}query: |
  EmailEvents
  | take 10
`;
const right = rule('  - connectorId: MicrosoftThreatProtection\n    dataTypes: [EmailEvents]\n');

const form = sentinelLint(
  {
    id: 'MH418',
    name: 'connector-form',
    severity: 'error',
    summary: 'A data connector is not written as Sentinel reads it, or its id is misspelt.',
    why: 'Sentinel shows a rule as ready where the connectors that it needs are connected. Each is a `connectorId` with its `dataTypes`, the tables that the query reads. For the tables of Defender it is `MicrosoftThreatProtection`. Ids that are not like one that is known are left alone: there are hundreds.',
    source: sentinelTests,
    examples: [
      { wrong: rule('  - connectorId: MicrosoftThreatProtecton\n    dataTypes: [EmailEvents]\n'), right },
      { wrong: rule('  - connectorId: microsoftthreatprotection\n    dataTypes: [EmailEvents]\n'), right },
      { wrong: rule('  - connectorId: MicrosoftThreatProtection\n'), right },
      { wrong: rule('  - dataTypes: [EmailEvents]\n'), right },
    ],
  },
  function* ({ requiredDataConnectors }): Iterable<Finding> {
    for (const [i, entry] of listOf(requiredDataConnectors).entries()) {
      const field = ['requiredDataConnectors', i];
      const { connectorId, dataTypes } = isFields(entry) ? entry : {};
      if (typeof connectorId !== 'string' || connectorId === '')
        yield { field, message: 'This data connector has no connectorId.' };
      else {
        const near = connectors.includes(connectorId) ? undefined : nearest(connectorId, connectors);
        if (near !== undefined)
          yield {
            field: [...field, 'connectorId'],
            message: `There is no connector ${quoted(connectorId)}: did you mean ${near}?`,
          };
      }
      if (listOf(dataTypes).length === 0)
        yield { field, message: 'This data connector names no dataTypes: the tables that the query reads.' };
    }
  },
);

const wrongConnector = sentinelLint(
  {
    id: 'MH419',
    name: 'table-of-another-connector',
    severity: 'warning',
    summary: 'A table of Defender is said to come through another connector.',
    why: 'The tables of Advanced Hunting come through `MicrosoftThreatProtection` alone. With another connector the rule shows as ready where its table is not there, and the other way round.',
    source: 'https://learn.microsoft.com/azure/sentinel/connect-microsoft-365-defender',
    examples: [{ wrong: rule('  - connectorId: OfficeATP\n    dataTypes: [EmailEvents]\n'), right }],
  },
  function* ({ requiredDataConnectors }): Iterable<Finding> {
    for (const [i, entry] of listOf(requiredDataConnectors).entries()) {
      const { connectorId, dataTypes } = isFields(entry) ? entry : {};
      const foreign = listOf(dataTypes)
        .map(String)
        .filter((table) => ofDefender.test(table.replace(/ \(.*$/, '')));
      if (foreign.length === 0 || typeof connectorId !== 'string' || !connectors.includes(connectorId)) continue;
      if (connectorId !== 'MicrosoftThreatProtection')
        yield {
          field: ['requiredDataConnectors', i, 'connectorId'],
          message: `${foreign.join(', ')} comes through MicrosoftThreatProtection, not through ${connectorId}.`,
        };
    }
  },
);

const missing = sentinelLint(
  {
    id: 'MH420',
    name: 'no-connectors',
    severity: 'warning',
    summary: 'An analytics rule names no data connectors.',
    why: 'The field must be there, be it empty: `requiredDataConnectors: []` for a rule that reads what every workspace has.',
    source: sentinelTests,
    examples: [{ wrong: 'name: A\nkind: NRT\nquery: |\n  EmailEvents\n  | take 10\n', right: `kind: NRT\n${right}` }],
  },
  function* ({ requiredDataConnectors }, { rule: read }): Iterable<Finding> {
    if (requiredDataConnectors === undefined && isAnalyticsRule(read))
      yield { field: ['name'], message: 'The rule has no requiredDataConnectors.' };
  },
);

export const connectorLints: readonly Lint[] = [form, wrongConnector, missing];
