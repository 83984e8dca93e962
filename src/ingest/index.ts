/** Exports (JSON, JSON lines, CSV) to rows, in batches, with progress. */
export { type Format, formats } from './format.ts';
export type { IngestStore } from './identity.ts';
export { type IngestOptions, ingest } from './ingest.ts';
export { type Rejected, type RejectSink, rejectsFolder } from './rejects.ts';
export type { FileReport, IngestReport, Progress } from './report.ts';
export type { Repair } from './tally.ts';
