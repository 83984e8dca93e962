import { MailhuntError } from '../errors/index.ts';
import { tableNamed, tables } from '../schema/index.ts';
import { BATCH_ROWS, Batches } from './batches.ts';
import { Bytes, fileChunks, peeked, streamChunks, upTo } from './bytes.ts';
import { Feed } from './feed.ts';
import { filesOf, STDIN, unreadable } from './files.ts';
import type { Format } from './format.ts';
import { fileIdentity, type Identity, streamIdentity } from './identity.ts';
import { MailIntake } from './mail/ingest-mail.ts';
import { KIND_HEAD, type MailKind, mailKindOf, mailKinds } from './mail/kind.ts';
import type { IngestReport } from './report.ts';
import { failureOf, type IngestOptions, Run, untilAborted } from './run.ts';
import { readSource } from './source.ts';
import { Tally } from './tally.ts';

/**
 * Takes what there is into the store, files, folders and standard input (`-`), plain or gzipped: exports of Defender
 * advanced hunting (JSON lines, JSON documents, CSV), and raw mail (.eml, mbox, Maildir, tar and zip of them), which is
 * judged on the way. What cannot be read is set aside and the run goes on; each row comes in exactly once, also when the
 * run is killed and started again, when a file has another name, and when it has grown.
 *
 * @throws MailhuntError STORE0006 where `table` is none, MAIL0001 where verdicts need DNS and none answers, and whatever
 *   the store throws
 * @example await ingest(['exports', 'inbox.mbox'], { store, mail, reject: rejectsFolder(folder, Date.now()), now: Date.now })
 */
export async function ingest(paths: readonly string[], options: IngestOptions): Promise<IngestReport> {
  const table = options.table === undefined ? undefined : tableNamed(options.table);
  if (options.table !== undefined && table === undefined)
    throw new MailhuntError('STORE0006', { table: options.table });
  const run = new Run(options, table, new Tally());
  await using mail = options.mail === undefined ? undefined : new MailIntake(run, options.mail);
  const messages: string[] = [];
  for (const file of await filesOf(paths, (file, error) => run.failed(file, error))) {
    if (run.stopped) break;
    await takeFile(run, mail, file, messages);
  }
  if (!run.stopped) await mail?.messageFiles(messages);
  await options.store.flush();
  return run.report();
}

/** Takes in one file; one that is a message is put on the list, for messages come in together. */
async function takeFile(run: Run, mail: MailIntake | undefined, file: string, messages: string[]): Promise<void> {
  const { options } = run;
  if (file === STDIN) {
    const { head, chunks } = await peeked(
      streamChunks(options.stdin ?? (process.stdin as AsyncIterable<Buffer>)),
      KIND_HEAD,
    );
    const kind = kindOf(run, head, '');
    if (kind === undefined || mail === undefined) await ingestExport(run, file, chunks);
    else await mail.source(file, kind, chunks);
    return;
  }
  const kind = await kindOfFile(run, file);
  if (kind === undefined) await ingestExport(run, file);
  else if (mail === undefined) run.failed(file, new MailhuntError('INGEST0004', { file }));
  else if (kind === 'eml') messages.push(file);
  else await mail.source(file, kind);
}

function kindOf({ options: { format }, table }: Run, head: Buffer, name: string): MailKind | undefined {
  if (format !== undefined) return mailKinds.find((kind) => kind === format);
  return table === undefined ? mailKindOf(head, name) : undefined;
}

/** The kind of mail that a file is, undefined for exports. Its name alone tells where it can: folders hold many files. */
async function kindOfFile(run: Run, file: string): Promise<MailKind | undefined> {
  const { format } = run.options;
  if (format === undefined && run.table === undefined && /\.eml$/i.test(file)) return 'eml';
  try {
    const { head, chunks } = await peeked(fileChunks(file), KIND_HEAD);
    await chunks.return?.(undefined);
    return kindOf(run, head, file);
  } catch {
    // It cannot be opened; whoever reads it will say why.
    return undefined;
  }
}

/** @param stream the bytes of standard input */
async function ingestExport(run: Run, file: string, stream?: AsyncIterable<Buffer>): Promise<void> {
  const { options, tally } = run;
  const identity = await identify(run, file, stream);
  if (run.stopped) return;
  const bytes = new Bytes(stream ?? upTo(fileChunks(file), identity.size));
  const batches = new Batches(options.store, identity, options.batchRows ?? BATCH_ROWS);
  const onReject = run.rejected.bind(run);
  const feed = new Feed({ file, table: run.table, tally, batches, sink: options.reject, onReject });
  let format: Format = formatGiven(options) ?? 'jsonl';
  let failed = false;
  try {
    const { signal, lineLimit } = options;
    format = await readSource(bytes, feed, identity, {
      format: formatGiven(options),
      signal,
      onBlock: (read) => run.progress(file, read, identity.size, batches.added),
      ...(lineLimit === undefined ? {} : { limit: lineLimit }),
    });
    if (identity.problem !== undefined) run.failed(file, unreadable(file, identity.problem));
  } catch (cause) {
    failed = true;
    run.failed(file, failureOf(file, cause));
  } finally {
    await bytes.close();
    await batches.send();
    await batches.settled();
  }
  run.finished(batches.added);
  const rows = run.settled(batches);
  if (failed && rows === 0) return;
  const alreadyThere = identity.start;
  run.files.push({ file, format, bytes: bytes.offset, rows, alreadyThere, rejected: feed.rejectedCount });
}

const formatGiven = ({ format }: IngestOptions): Format | undefined =>
  mailKinds.some((kind) => kind === format) ? undefined : (format as Format | undefined);

async function identify({ options: { store, signal }, table }: Run, file: string, stream?: unknown): Promise<Identity> {
  const as = table === undefined ? '' : `${table.name}:`;
  if (stream !== undefined) return streamIdentity(as);
  return fileIdentity({ chunks: untilAborted(fileChunks(file), signal), store, markTable: tables[0]!.name, as });
}
