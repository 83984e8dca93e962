import { type ErrorCode, MailhuntError } from '../errors/index.ts';
import { type TableSchema, tableNamed, tables } from '../schema/index.ts';
import { BATCH_ROWS, Batches } from './batches.ts';
import { Bytes, fileChunks, streamChunks, upTo } from './bytes.ts';
import { Feed, UnknownTable } from './feed.ts';
import { filesOf, STDIN, unreadable } from './files.ts';
import type { Format } from './format.ts';
import { fileIdentity, type Identity, type IngestStore, streamIdentity } from './identity.ts';
import type { Rejected, RejectSink } from './rejects.ts';
import type { FileReport, IngestReport, Progress } from './report.ts';
import { readSource, UnknownFormat } from './source.ts';
import { Tally } from './tally.ts';

export interface IngestOptions {
  /** Where rows go: the store, or what stands for a server's. Batches are the only thing it is given. */
  readonly store: IngestStore;
  /** The table of all rows; otherwise they, or the file's name, tell. */
  readonly table?: string | undefined;
  readonly format?: Format | undefined;
  /** Sets aside what does not come in, see `rejectsFolder`. */
  readonly reject: RejectSink;
  /** The clock, milliseconds since 1970: for the rate that progress shows. */
  readonly now: () => number;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the run at the end of a batch; the same call goes on from there. */
  readonly signal?: AbortSignal | undefined;
  /** What the path `-` reads. */
  readonly stdin?: AsyncIterable<Buffer>;
  /** Bytes; a line longer than this is set aside without being held. Default 16 MB. */
  readonly lineLimit?: number;
  readonly batchRows?: number;
}

/** So many set-aside lines are listed in the report; all are counted and set aside. */
const LISTED = 1000;

interface Run {
  readonly options: IngestOptions;
  readonly table: TableSchema | undefined;
  readonly tally: Tally;
  readonly started: number;
  readonly files: FileReport[];
  readonly failures: { file: string; error: MailhuntError }[];
  readonly rejected: Rejected[];
  readonly tables: Map<string, number>;
  rejectedCount: number;
  rowsAlreadyThere: number;
  rows: number;
}

/**
 * Takes exports into the store: JSON lines, JSON documents and CSV of Defender advanced hunting, plain or gzipped, files,
 * folders and standard input (`-`). Bad lines are set aside and the run goes on; each row comes in exactly once, also
 * when the run is killed and started again, when a file has another name, and when it has grown.
 *
 * @throws MailhuntError STORE0006 where `table` is none, and whatever the store throws
 * @example await ingest(['exports'], { store, reject: rejectsFolder(folder, Date.now()), now: Date.now })
 */
export async function ingest(paths: readonly string[], options: IngestOptions): Promise<IngestReport> {
  const table = options.table === undefined ? undefined : tableNamed(options.table);
  if (options.table !== undefined && table === undefined)
    throw new MailhuntError('STORE0006', { table: options.table });
  const run: Run = {
    options,
    table,
    tally: new Tally(),
    started: options.now(),
    files: [],
    failures: [],
    rejected: [],
    tables: new Map(),
    rejectedCount: 0,
    rowsAlreadyThere: 0,
    rows: 0,
  };
  const files = await filesOf(paths, (file, error) => run.failures.push({ file, error }));
  for (const file of files) {
    if (options.signal?.aborted === true) break;
    await ingestFile(run, file);
  }
  await options.store.flush();
  return reportOf(run);
}

async function ingestFile(run: Run, file: string): Promise<void> {
  const { options, tally } = run;
  const stdin = options.stdin ?? (process.stdin as AsyncIterable<Buffer>);
  const identity = await identify(run, file);
  if (options.signal?.aborted === true) return;
  const bytes = new Bytes(file === STDIN ? streamChunks(stdin) : upTo(fileChunks(file), identity.size));
  const batches = new Batches(options.store, identity, options.batchRows ?? BATCH_ROWS);
  const onReject = (rejected: Rejected): void => {
    run.rejectedCount++;
    if (run.rejected.length < LISTED) run.rejected.push(rejected);
  };
  const feed = new Feed({ file, table: run.table, tally, batches, sink: options.reject, onReject });
  const before = run.rows;
  let format: Format = options.format ?? 'jsonl';
  let failed = false;
  try {
    const onBlock = (read: number): void => {
      run.rows = before + batches.added;
      options.onProgress?.(progressOf(run, file, read, identity.size));
    };
    const { signal, lineLimit } = options;
    format = await readSource(bytes, feed, identity, {
      format: options.format,
      signal,
      onBlock,
      ...(lineLimit === undefined ? {} : { limit: lineLimit }),
    });
    if (identity.problem !== undefined) run.failures.push({ file, error: unreadable(file, identity.problem) });
  } catch (cause) {
    failed = true;
    run.failures.push({ file, error: failureOf(file, cause) });
  } finally {
    await bytes.close();
    await batches.send();
    await batches.settled();
  }
  run.rows = before + batches.added;
  run.rowsAlreadyThere += batches.alreadyThere;
  let rows = 0;
  for (const [name, count] of batches.appended) {
    run.tables.set(name, (run.tables.get(name) ?? 0) + count);
    rows += count;
  }
  if (failed && rows === 0) return;
  const alreadyThere = identity.start;
  run.files.push({ file, format, bytes: bytes.offset, rows, alreadyThere, rejected: feed.rejectedCount });
}

async function identify({ options: { store, signal }, table }: Run, file: string): Promise<Identity> {
  const as = table === undefined ? '' : `${table.name}:`;
  if (file === STDIN) return streamIdentity(as);
  return fileIdentity({ chunks: untilAborted(fileChunks(file), signal), store, markTable: tables[0]!.name, as });
}

async function* untilAborted(chunks: AsyncIterable<Buffer>, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (signal?.aborted === true) return;
    yield chunk;
  }
}

/** What went wrong with one file, as an error of the catalogue; what is none of the file's making is thrown on. */
function failureOf(file: string, cause: unknown): MailhuntError {
  if (cause instanceof UnknownTable) return new MailhuntError('INGEST0003', { file });
  if (cause instanceof UnknownFormat) return new MailhuntError('INGEST0004', { file });
  if (cause instanceof MailhuntError) throw cause as MailhuntError<ErrorCode>;
  if (cause instanceof Error && 'code' in cause) return unreadable(file, cause);
  throw cause;
}

function progressOf(run: Run, file: string, bytes: number, size: number): Progress {
  const seconds = (run.options.now() - run.started) / 1000;
  return {
    file,
    bytes,
    size: Number.isFinite(size) ? size : null,
    rows: run.rows,
    rowsPerSecond: seconds > 0 ? run.rows / seconds : 0,
  };
}

const reportOf = (run: Run): IngestReport => ({
  files: run.files,
  rows: run.files.reduce((sum, { rows }) => sum + rows, 0),
  tables: Object.fromEntries(run.tables),
  repairs: run.tally.repairs(),
  unknownColumns: Object.fromEntries(run.tally.unknown),
  rejected: run.rejected,
  rejectedCount: run.rejectedCount,
  filesAlreadyThere: run.files.filter(
    ({ rows, bytes, alreadyThere }) => rows === 0 && alreadyThere > 0 && alreadyThere >= bytes,
  ).length,
  rowsAlreadyThere: run.rowsAlreadyThere,
  failures: run.failures,
  stopped: run.options.signal?.aborted === true,
});
