import { type Bytes, linesIn } from './bytes.ts';
import { CsvRecords, csvHeader } from './csv.ts';
import type { BlockParser, Feed } from './feed.ts';
import { type Format, formatOf } from './format.ts';
import type { Identity } from './identity.ts';
import { JsonDocument } from './json-document.ts';
import { JsonLines } from './json-lines.ts';

/** Blocks grow from this while something in them is not whole. */
const BLOCK = 1 << 20;
/** Nothing longer than this is held; see {@link ReadOptions.limit}. */
export const LIMIT = 16 << 20;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** What a source turned out to be none of. */
export class UnknownFormat extends Error {}

export interface ReadOptions {
  readonly format: Format | undefined;
  /** Bytes; a line or value longer than this is set aside without being held. */
  readonly limit?: number;
  readonly signal?: AbortSignal | undefined;
  /** After each block. */
  readonly onBlock?: (bytes: number) => void;
}

/** Reads one source into its feed, from where its identity says. Returns its format. */
export async function readSource(bytes: Bytes, feed: Feed, identity: Identity, options: ReadOptions): Promise<Format> {
  const limit = options.limit ?? LIMIT;
  const consume = (block: Buffer): void => {
    feed.line += linesIn(block);
    identity.consumed(block);
    bytes.skip(block.length);
    feed.offset = bytes.offset;
  };
  const head = await bytes.peek(BLOCK);
  const mark = head.subarray(0, 3).equals(BYTE_ORDER_MARK) ? 3 : 0;
  const format = options.format ?? formatOf(head.subarray(mark), feed.file);
  if (format === undefined) throw new UnknownFormat();
  consume(head.subarray(0, mark));
  const parser = parserOf(format, feed, head.subarray(mark), consume);
  feed.start = identity.start;
  // A document's envelope is read again: it says what the rows are.
  if (format !== 'json') feed.line += await bytes.skipTo(identity.start);
  feed.offset = bytes.offset;

  for (let size = BLOCK; options.signal?.aborted !== true; ) {
    const block = await bytes.peek(size);
    if (block.length === 0) break;
    const last = bytes.ended;
    const used = parser.take(block, last);
    if (used > 0 || last) consume(block.subarray(0, used));
    else if (size < limit) {
      size = Math.min(size * 4, limit);
      continue;
    } else await setLineAside(bytes, feed, parser, consume);
    size = Math.min(BLOCK, limit);
    await feed.batches.blockRead(bytes.offset);
    options.onBlock?.(bytes.offset);
    if (last) break;
  }
  return format;
}

function parserOf(format: Format, feed: Feed, head: Buffer, consume: (block: Buffer) => void): BlockParser {
  if (format === 'jsonl') return new JsonLines(feed);
  if (format === 'json') return new JsonDocument(feed);
  const header = csvHeader(head);
  if (header === undefined) throw new UnknownFormat();
  const parser = new CsvRecords(feed, header);
  consume(head.subarray(0, header.bytes));
  return parser;
}

/** Sets the line at hand aside, piece by piece. */
async function setLineAside(
  bytes: Bytes,
  feed: Feed,
  parser: BlockParser,
  consume: (block: Buffer) => void,
): Promise<void> {
  const { line } = feed;
  for (;;) {
    const block = await bytes.peek(BLOCK);
    const end = block.indexOf(10) + 1;
    const more = end === 0 && !bytes.ended;
    const piece = end === 0 ? block : block.subarray(0, end);
    feed.reject(line, parser.tooLong, piece, more);
    consume(piece);
    if (!more) break;
  }
  parser.lineSkipped();
}
