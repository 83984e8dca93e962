import type { RawMessage } from '../message/raw-message.ts';
import type { Canonicalization } from './canonical-field.ts';
import { type BodyHash, type HashAlgorithm, HashSink } from './hash-sink.ts';

export type { BodyHash, HashAlgorithm } from './hash-sink.ts';

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

const known = new WeakMap<RawMessage, Map<string, BodyHash>>();

/**
 * The hash of a body as DKIM and ARC sign it (RFC 6376 section 3.4). Several signatures of a message share the work.
 *
 * A bare LF ends a line: mail that lay in a file on Unix has lost its CRs, and a signature that could not be verified there
 * would say nothing about who sent it. An attacker gains nothing: the line breaks stay where the signer put them.
 *
 * @param length `l=`: only so many bytes of the canonical body are hashed
 * @example bodyHash(message, 'relaxed', 'sha256').hash
 */
export function bodyHash(
  message: RawMessage,
  mode: Canonicalization,
  algorithm: HashAlgorithm,
  length = Number.POSITIVE_INFINITY,
): BodyHash {
  const hashes = known.get(message) ?? new Map<string, BodyHash>();
  known.set(message, hashes);
  const key = `${mode} ${algorithm} ${length}`;
  const done = hashes.get(key);
  if (done !== undefined) return done;
  const sink = new HashSink(algorithm, length);
  if (mode === 'relaxed') writeRelaxed(message.bytes, message.bodyStart, sink);
  else writeSimple(message.bytes, message.bodyStart, sink);
  const result = sink.finish();
  hashes.set(key, result);
  return result;
}

// Before a body stands the line end of the header: a line feed that begins a body has no CR before it.

function writeSimple(bytes: Buffer, start: number, sink: HashSink): void {
  const end = endOfContent(bytes, start, false);
  let clean = start;
  for (let at = bytes.indexOf(LF, start); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] === CR) continue;
    sink.write(bytes, clean, at);
    sink.writeLineEnd();
    clean = at + 1;
  }
  sink.write(bytes, clean, end);
  sink.writeLineEnd();
}

/** Stretches that need no change go to the sink as they are: most mail needs one change in some thousand bytes. */
function writeRelaxed(bytes: Buffer, start: number, sink: HashSink): void {
  const end = endOfContent(bytes, start, true);
  if (end === start) return;
  let clean = start;
  for (let at = nextBlank(bytes, start, end); at < end; at = nextBlank(bytes, at, end)) {
    const byte = bytes[at];
    if (byte === SPACE || byte === TAB) {
      const next = endOfBlanks(bytes, at);
      const trailing = isLineEnd(bytes, next);
      const kept = byte === SPACE && !trailing;
      if (!kept || next > at + 1) {
        sink.write(bytes, clean, kept ? at + 1 : at);
        if (!kept && !trailing) sink.writeBlank();
        clean = next;
      }
      at = next;
    } else {
      if (byte === LF && bytes[at - 1] !== CR) {
        sink.write(bytes, clean, at);
        sink.writeLineEnd();
        clean = at + 1;
      }
      at++;
    }
  }
  sink.write(bytes, clean, end);
  sink.writeLineEnd();
}

/** The next byte that is a blank, a line end or another control character. In steps of four, where the time goes. */
function nextBlank(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (
    at + 3 < end &&
    !(isBlank(bytes[at]) || isBlank(bytes[at + 1]) || isBlank(bytes[at + 2]) || isBlank(bytes[at + 3]))
  ) {
    at += 4;
  }
  while (at < end && !isBlank(bytes[at])) at++;
  return at;
}

const isBlank = (byte: number | undefined): boolean => (byte as number) <= SPACE;

/** The end of the run of blanks that begins here. The content ends with none, so the run ends before it does. */
function endOfBlanks(bytes: Buffer, from: number): number {
  let at = from + 1;
  while (bytes[at] === SPACE || bytes[at] === TAB) at++;
  return at;
}

const isLineEnd = (bytes: Buffer, at: number): boolean =>
  bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF);

/** Where the body ends once its last line end and the empty lines before it are gone; with `blanks` those of blanks too. */
function endOfContent(bytes: Buffer, start: number, blanks: boolean): number {
  let end = bytes.length;
  while (end > start) {
    const byte = bytes[end - 1];
    if (byte === LF) end -= bytes[end - 2] === CR ? 2 : 1;
    else if (blanks && (byte === SPACE || byte === TAB)) end--;
    else break;
  }
  return end;
}
