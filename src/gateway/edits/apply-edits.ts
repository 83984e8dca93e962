import type { Edits } from '../gate.ts';
import { type FieldSpan, headerSpan } from './field-spans.ts';
import { hidesOwn, seemsOwn } from './own-names.ts';

/**
 * A message with its edits. What they do not name stays byte for byte, but for lines that are no field and would be read as
 * the gate's word: a first line that begins with a blank, which would continue the last field that is inserted; one that some
 * readers take for a stamp. And but for an envelope line of mbox on top (`From …`), which behind inserted fields would end
 * the header.
 *
 * @example applyEdits(offered.bytes, ruling.edits)
 */
export function applyEdits(bytes: Buffer, { remove, insert, body }: Edits): Buffer {
  if (remove.length === 0 && insert.length === 0 && body === undefined) return bytes;
  const header = headerSpan(bytes);
  const gone = new Set(remove.map(({ name, occurrence }) => `${name.toLowerCase()} ${occurrence}`));
  const seen = new Map<string, number>();
  const parts: Buffer[] = [Buffer.from(insert.map(fieldText).join(''))];
  let kept = header.start;
  const goes = ({ name, start, end }: FieldSpan): boolean => {
    if (name === undefined) return seemsGates(bytes.toString('latin1', start, end), start === header.start);
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    return gone.has(`${name} ${occurrence}`);
  };
  for (const span of header.fields) {
    if (!goes(span)) continue;
    const { start, end } = span;
    parts.push(bytes.subarray(kept, start));
    kept = end;
  }
  if (body === undefined) return Buffer.concat([...parts, bytes.subarray(kept)]);
  return Buffer.concat([...parts, withLineEnd(bytes.subarray(kept, header.end)), Buffer.from('\r\n'), body]);
}

const seemsGates = (line: string, isFirst: boolean): boolean =>
  (isFirst && /^[ \t]/.test(line)) || seemsOwn(line) || hidesOwn(line);

/** A field as it is written. Whatever its value holds, it stays one field. */
const fieldText = ({ name, value }: Edits['insert'][number]): string =>
  `${name}: ${value.replace(/\r\n(?![ \t])|\r(?!\n)|(?<!\r)\n|\0/g, ' ')}\r\n`;

const withLineEnd = (header: Buffer): Buffer =>
  header.length === 0 || header.at(-1) === 10 ? header : Buffer.concat([header, Buffer.from('\r\n')]);
