/** Exports (JSON, JSON lines, CSV) and raw mail to rows, in batches, with progress. */

export { Batches } from './batches.ts';
export { fileChunks, streamChunks } from './bytes.ts';
export { type Format, formats } from './format.ts';
export { type IngestStore, packIdentity } from './identity.ts';
export { ingest } from './ingest.ts';
export { compactJson, parseJson } from './json-text.ts';
export type { FoundMessage, SeenTransaction } from './mail/found-message.ts';
export { defaultJudgeOptions, type JudgeOptions, judge, type VerdictSource, verdictSources } from './mail/judge.ts';
export type { Delivery, FileThreat, JudgedMessage, Recipient, Verdict } from './mail/judged-message.ts';
export { type MailKind, mailKinds } from './mail/kind.ts';
export type { MailOptions } from './mail/mail-options.ts';
export { contentHashOf, networkMessageIdOf } from './mail/message-key.ts';
export { messageRows, type RowOptions, type TableRows } from './mail/rows/message-rows.ts';
export { dynamic, type RowTable, rowTable, ticks } from './mail/rows/row-table.ts';
export { type Sole, soleMessage } from './mail/sole-message.ts';
export { type Rejected, type RejectSink, rejectsFolder } from './rejects.ts';
export type { FileReport, IngestReport, MessageCounts, Progress } from './report.ts';
export type { IngestOptions } from './run.ts';
export type { Repair } from './tally.ts';
