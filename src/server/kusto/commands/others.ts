import { ticksFromUnixMs } from '../../../values/index.ts';
import { type Command, columns, type Row } from './command.ts';

const none = (): readonly Row[] => [];

const requestColumns = columns(
  'ClientActivityId Text Database StartedOn:datetime LastUpdatedOn:datetime Duration:timespan State RootActivityId:guid ' +
    'User FailureReason TotalCpu:timespan CacheStatistics:dynamic Application MemoryPeak:long ' +
    'ScannedExtentsStatistics:dynamic Principal ClientRequestProperties:dynamic ResultSetStatistics:dynamic WorkloadGroup',
);
const externalColumns = columns('TableName TableType Folder DocString Properties');
const principalColumns = columns('Scope DisplayName AADObjectID Role');

/** The server itself, and what Kusto has and we have none of: an empty table keeps its clients going. */
export const otherCommands: readonly Command[] = [
  {
    syntax: '.show version',
    columns: columns('BuildVersion BuildTime:datetime ServiceType ProductVersion ServiceOffering'),
    rows: ({ version, startedAt }) => [
      [version, ticksFromUnixMs(startedAt), 'Engine', `mailhunt ${version}`, '{"Type":"Azure Data Explorer"}'],
    ],
  },
  {
    syntax: '.show cluster',
    columns: columns('NodeId Address Name StartTime:datetime IsAdmin:bool EnvironmentDescription'),
    rows: ({ address, startedAt }) => [['mailhunt', address, 'mailhunt', ticksFromUnixMs(startedAt), true, 'mailhunt']],
  },
  {
    syntax: '.show cluster monitoring',
    columns: columns(
      'KustoAccount ClusterAlias GenevaMonitoringAccount DataCenter CloudName CloudResourceId VirtualClusterName',
    ),
    rows: none,
  },
  { syntax: '.show external tables', columns: externalColumns, rows: none },
  {
    syntax: '.show materialized-views',
    columns: columns('Name SourceTable Query IsHealthy:bool IsEnabled:bool Folder DocString'),
    rows: none,
  },
  { syntax: '.show entity_groups', columns: columns('Name Entities'), rows: none },
  { syntax: '.show graph_models *', columns: columns('Name CreationTime:datetime Id:guid'), rows: none },
  {
    syntax: '.show graph_snapshots *',
    columns: columns(
      'DatabaseName SnapshotName SnapshotTime:datetime ModelName ModelId:guid ModelCreationTime:datetime',
    ),
    rows: none,
  },
  { syntax: '.show queries', columns: requestColumns, rows: none },
  { syntax: '.show running queries *', columns: requestColumns, rows: none },
  { syntax: '.show commands', columns: requestColumns, rows: none },
  { syntax: '.show principal *', columns: principalColumns, rows: none },
  { syntax: '.show current principal *', columns: principalColumns, rows: none },
  {
    syntax: '.show database principals',
    columns: columns('Role PrincipalType PrincipalDisplayName PrincipalObjectId PrincipalFQN Notes'),
    rows: none,
  },
];
