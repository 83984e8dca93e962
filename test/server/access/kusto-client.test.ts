import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, KustoConnectionStringBuilder } from 'azure-kusto-data';
import { long, numbers, rig, table } from '../rig.ts';
import { withAccounts, withToken } from './accounts-rig.ts';

test('Microsoft’s own client comes in with a token, and is told why without one', async () => {
  await using here = await rig({ run: async () => ({ tables: [table(long, numbers(3))], warnings: [] }) });
  const { address } = here.server;
  await withAccounts(here.store.path);
  const secret = await withToken(here.store.path, ['query']);
  const client = new Client(KustoConnectionStringBuilder.withAccessToken(address, secret));
  const { primaryResults } = await client.execute('mail', 'x');
  assert.deepEqual(
    [...(primaryResults[0]?.rows() ?? [])].map((row) => row.n),
    [0, 1, 2],
  );
  await assert.rejects(new Client(address).execute('mail', 'x'), /401/);
});
