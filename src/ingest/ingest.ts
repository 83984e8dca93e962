import { MailhuntError } from '../errors/index.ts';
import { tableNamed, tables } from '../schema/index.ts';
import { BATCH_ROWS, Batches } from './batches.ts';
import { Bytes, fileChunks, peeked, streamChunks, upTo } from './bytes.ts';
import { Feed, UnknownTable } from './feed.ts';
import { type Candidate, filesOf, STDIN, shownName, unreadable } from './files.ts';
import type { Format } from './format.ts';
import { fileIdentity, type Identity, streamIdentity } from './identity.ts';
import { type Foreign, foreignMail } from './mail/foreign.ts';
import { MailIntake } from './mail/ingest-mail.ts';
import { KIND_HEAD, type MailKind, mailKindOf, mailKinds } from './mail/kind.ts';
import type { IngestReport } from './report.ts';
import { failureOf, type IngestOptions, Run, untilAborted } from './run.ts';
import { readSource, UnknownFormat } from './source.ts';
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
async function takeFile(
  run: Run,
  mail: MailIntake | undefined,
  { path: file, certain }: Candidate,
  messages: string[],
): Promise<void> {
  const { options } = run;
  if (file === STDIN) {
    const { head, chunks } = await peeked(
      streamChunks(options.stdin ?? (process.stdin as AsyncIterable<Buffer>)),
      KIND_HEAD,
    );
    const { kind, foreign } = kindOf(run, head, '');
    if (foreign !== undefined) run.failed(file, refusalOf(file, foreign));
    else if (kind === undefined || mail === undefined) await ingestExport(run, file, chunks);
    else await mail.source(file, kind, chunks);
    return;
  }
  const { kind, foreign } = await kindOfFile(run, file);
  if (foreign !== undefined) run.failed(file, refusalOf(file, foreign));
  else if (kind === undefined) await ingestExport(run, file, undefined, certain);
  else if (mail === undefined) run.failed(file, new MailhuntError('INGEST0004', { file }));
  else if (kind === 'eml') messages.push(file);
  else await mail.source(file, kind);
}

/** What a source holds: mail of a kind, something that is refused, or neither, which is an export. */
interface Holds {
  readonly kind?: MailKind | undefined;
  readonly foreign?: Foreign | undefined;
}

function kindOf({ options: { format }, table }: Run, head: Buffer, name: string): Holds {
  if (format !== undefined) return { kind: mailKinds.find((kind) => kind === format) };
  if (table !== undefined) return {};
  const foreign = foreignMail(head, name);
  return foreign === undefined ? { kind: mailKindOf(head, name) } : { foreign };
}

const refusalOf = (file: string, foreign: Foreign): MailhuntError =>
  new MailhuntError('INGEST0007', { file: shownName(file), ...foreign });

/** The kind of mail that a file is, undefined for exports. Its name alone tells where it can: folders hold many files. */
async function kindOfFile(run: Run, file: string): Promise<Holds> {
  const { format } = run.options;
  if (format === undefined && run.table === undefined && /\.eml$/i.test(file)) return { kind: 'eml' };
  try {
    const source = fileChunks(file);
    const { head } = await peeked(source, KIND_HEAD);
    await source.return(undefined);
    return kindOf(run, head, file);
  } catch {
    // It cannot be opened; whoever reads it will say why.
    return {};
  }
}

/**
 * @param stream the bytes of standard input
 * @param certain false where it may as well be something else, which is passed over
 */
async function ingestExport(
  run: Run,
  file: string,
  stream: AsyncIterable<Buffer> | undefined = undefined,
  certain = true,
): Promise<void> {
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
    const isNoExport = cause instanceof UnknownFormat || cause instanceof UnknownTable;
    if (identity.problem !== undefined) run.failed(file, unreadable(file, identity.problem));
    else if (isNoExport && !certain) run.passedOver(file);
    else run.failed(file, failureOf(file, cause));
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
