import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rig, send } from '../rig.ts';

/** A request as a client sends it, taken from the client's own public source, and what it needs to find in the answer. */
interface Recorded {
  readonly client: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Columns of the first table that the client reads. */
  readonly needs: readonly string[];
}

const grafana = {
  'x-ms-app': 'Grafana-ADX',
  'x-ms-client-request-id': 'KGC.schema;4a8f3f2e-0000-4000-8000-000000000000',
};
const explorer = { 'x-ms-app': 'Kusto.Explorer', 'x-ms-client-version': 'Kusto.Explorer.Client:{1.0.0}' };

const recorded: readonly Recorded[] = [
  {
    client: 'Grafana, the test of a data source',
    path: '/v1/rest/query',
    headers: grafana,
    body: {
      csl: '.show databases schema',
      db: 'mail',
      properties: { Options: { norequesttimeout: true } },
      querySource: '',
    },
    needs: ['DatabaseName', 'TableName', 'ColumnName', 'ColumnType'],
  },
  {
    client: 'Grafana, the schema of its editor',
    path: '/v1/rest/mgmt',
    headers: grafana,
    body: { querySource: 'schema', csl: '.show databases schema as json' },
    needs: ['DatabaseSchema'],
  },
  {
    client: 'Grafana, a panel',
    path: '/v1/rest/query',
    headers: grafana,
    body: {
      csl: 'EmailEvents | where Timestamp >= datetime(1970-01-01) and Timestamp <= datetime(2027-01-01) | summarize n=count() by bin(Timestamp, 1d)',
      db: 'mail',
      properties: { Options: { servertimeout: '00:00:30', results_progressive_enabled: false } },
      querySource: 'raw',
    },
    needs: ['Timestamp', 'n'],
  },
  {
    client: 'Kusto.Explorer, first words',
    path: '/v1/rest/mgmt',
    headers: explorer,
    body: { csl: '.show version', db: '' },
    needs: ['BuildVersion', 'BuildTime', 'ServiceType', 'ProductVersion', 'ServiceOffering'],
  },
  {
    client: 'Kusto.Explorer, the tree',
    path: '/v1/rest/mgmt',
    headers: explorer,
    body: { csl: '.show databases', db: '' },
    needs: [
      'DatabaseName',
      'PersistentStorage',
      'Version',
      'IsCurrent',
      'DatabaseAccessMode',
      'PrettyName',
      'DatabaseId',
      'InTransitionTo',
    ],
  },
  {
    client: 'Kusto.Explorer, all schemas',
    path: '/v1/rest/mgmt',
    headers: explorer,
    body: { csl: '.show schema as json', db: '' },
    needs: ['DatabaseSchema'],
  },
  {
    client: 'Kusto.Explorer, all databases (two blanks)',
    path: '/v1/rest/mgmt',
    headers: explorer,
    body: { csl: '.show databases  schema as json', db: '' },
    needs: ['DatabaseSchema'],
  },
  {
    client: 'Kusto.Explorer, one database',
    path: '/v1/rest/mgmt',
    headers: explorer,
    body: { csl: ".show databases (['mail']) schema as json", db: '' },
    needs: ['DatabaseSchema'],
  },
  {
    client: 'Kusto.Explorer, monitoring',
    path: '/v1/rest/mgmt',
    headers: explorer,
    body: { csl: '.show cluster monitoring', db: '' },
    needs: ['KustoAccount', 'ClusterAlias', 'CloudName'],
  },
  {
    client: 'kusto for VS Code, databases',
    path: '/v1/rest/mgmt',
    body: { csl: '.show databases', db: '' },
    needs: ['DatabaseName'],
  },
  {
    client: 'kusto for VS Code, schema',
    path: '/v1/rest/mgmt',
    body: { csl: '.show database schema as json', db: 'mail' },
    needs: ['DatabaseSchema'],
  },
  {
    client: 'PyKusto',
    path: '/v1/rest/mgmt',
    body: {
      csl: '.show databases schema | project DatabaseName, TableName, ColumnName, ColumnType | limit 100000',
      db: '',
    },
    needs: ['DatabaseName', 'TableName', 'ColumnName', 'ColumnType'],
  },
];

for (const { client, path, headers, body, needs } of recorded)
  test(`${client}: ${String(body.csl).slice(0, 60)}`, async () => {
    await using here = await rig();
    const { status, json } = await send(here.server.address, path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    assert.equal(status, 200, JSON.stringify(json));
    const [table] = json.Tables as { Columns: { ColumnName: string; ColumnType: string }[]; Rows: unknown[][] }[];
    const names = table!.Columns.map(({ ColumnName }) => ColumnName);
    for (const name of needs) assert.ok(names.includes(name), `${name} is missing: ${names}`);
    assert.ok(table!.Columns.every(({ ColumnType }) => ColumnType !== ''));
    if (names[0] === 'DatabaseSchema')
      assert.ok(JSON.parse(String(table!.Rows[0]![0])).Databases.mail.Tables.EmailEvents);
  });
