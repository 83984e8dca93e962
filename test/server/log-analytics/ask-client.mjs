/** Asks a server through Microsoft's client and writes what it got: `ask-client.mjs ENDPOINT workspace|batch QUERY…`. */
import { LogsQueryClient } from '@azure/monitor-query-logs';

const [endpoint, kind, ...queries] = process.argv.slice(2);
const credential = { getToken: async () => ({ token: 'any', expiresOnTimestamp: Date.now() + 3_600_000 }) };
const client = new LogsQueryClient(credential, { endpoint: `${endpoint}/v1`, retryOptions: { maxRetries: 0 } });
const timespan = { startTime: new Date('1969-12-31'), endTime: new Date('2030-01-01') };

const asked =
  kind === 'batch'
    ? client.queryBatch(queries.map((query) => ({ workspaceId: 'any', query, timespan })))
    : client.queryWorkspace('any', queries[0], timespan, { includeQueryStatistics: true, includeVisualization: true });
const said = await asked.catch((error) => ({ code: error.code, message: error.message, status: error.statusCode }));
process.stdout.write(JSON.stringify(said));
