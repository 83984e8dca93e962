import type { Edits } from '../gate.ts';
import { headerSpan } from './field-spans.ts';

/**
 * A message with its edits. What they do not name stays byte for byte, but for an envelope line of mbox on top (`From …`),
 * which behind inserted fields would end the header.
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
  for (const { name, start, end } of header.fields) {
    if (name === undefined) continue;
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    if (!gone.has(`${name} ${occurrence}`)) continue;
    parts.push(bytes.subarray(kept, start));
    kept = end;
  }
  if (body === undefined) return Buffer.concat([...parts, bytes.subarray(kept)]);
  return Buffer.concat([...parts, withLineEnd(bytes.subarray(kept, header.end)), Buffer.from('\r\n'), body]);
}

/** A field as it is written. Whatever its value holds, it stays one field. */
const fieldText = ({ name, value }: Edits['insert'][number]): string =>
  `${name}: ${value.replace(/\r\n(?![ \t])|\r(?!\n)|(?<!\r)\n|\0/g, ' ')}\r\n`;

const withLineEnd = (header: Buffer): Buffer =>
  header.length === 0 || header.at(-1) === 10 ? header : Buffer.concat([header, Buffer.from('\r\n')]);
