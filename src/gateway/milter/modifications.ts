import type { Edits } from '../gate.ts';
import { packet, uint32 } from './packet.ts';
import { CHUNK, replyLetters } from './protocol.ts';

const NAME = /^[!-9;-~]+$/;
/** Above everything, the MTA's own Received field included, as RFC 8601 section 4.1 wants results to stand. */
const TOP = uint32(0);

/**
 * Edits as requests to the MTA, which it carries out in this order. Fields are counted by the MTA as the filter saw them,
 * so what is removed goes first, and of one name the lowest first: what is left keeps its number. What is put on top goes
 * from the last to the first. The body comes last; Postfix takes nothing after it.
 *
 * @throws Error where a name is none
 */
export function modifications({ remove, insert, body }: Edits): Buffer[] {
  const removed = remove.toSorted((a, b) => b.occurrence - a.occurrence);
  return [
    ...removed.map(({ name, occurrence }) =>
      packet(replyLetters.changeHeader, uint32(occurrence), `${checked(name)}\0`, '\0'),
    ),
    ...insert.toReversed().map(({ name, value }) => {
      // The blank is ours: it was agreed that the MTA adds none.
      return packet(replyLetters.insertHeader, TOP, `${checked(name)}\0`, ` ${folded(value)}\0`);
    }),
    ...(body === undefined ? [] : chunksOf(body)),
  ];
}

function checked(name: string): string {
  if (!NAME.test(name)) throw new Error(`${JSON.stringify(name)} is no name of a header field`);
  return name;
}

/** With LF in its folds. Whatever the value holds, it stays one field. */
const folded = (value: string): string =>
  value.replace(/\r\n(?![ \t])|\r(?!\n)|(?<!\r)\n|\0/g, ' ').replaceAll('\r\n', '\n');

/** An empty body is one empty chunk. */
function chunksOf(body: Buffer): Buffer[] {
  const count = Math.max(1, Math.ceil(body.length / CHUNK));
  return Array.from({ length: count }, (_, i) =>
    packet(replyLetters.replaceBody, body.subarray(i * CHUNK, (i + 1) * CHUNK)),
  );
}
