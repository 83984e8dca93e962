/** Exports (JSON, JSON lines, CSV) and raw mail to rows, in batches, with progress. */
export { type Format, formats } from './format.ts';
export type { IngestStore } from './identity.ts';
export { ingest } from './ingest.ts';
export { defaultJudgeOptions, type JudgeOptions, judge, type VerdictSource, verdictSources } from './mail/judge.ts';
export type { Delivery, JudgedMessage, Recipient, Verdict } from './mail/judged-message.ts';
export { type MailKind, mailKinds } from './mail/kind.ts';
export type { MailOptions } from './mail/mail-options.ts';
export { messageRows, type RowOptions, type TableRows } from './mail/rows/message-rows.ts';
export { type Rejected, type RejectSink, rejectsFolder } from './rejects.ts';
export type { FileReport, IngestReport, Progress } from './report.ts';
export type { IngestOptions } from './run.ts';
export type { Repair } from './tally.ts';
