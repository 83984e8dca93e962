/** What a process that runs for long says of itself: its log in lines, its numbers for Prometheus. */
export { asciiJson, jsonLog, type Log, type LogFacts } from './log.ts';
export { type MetricsServer, serveMetrics } from './metrics-server.ts';
export { Numbers } from './numbers.ts';
