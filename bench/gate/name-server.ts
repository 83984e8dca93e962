/**
 * A name server in a process of its own, over UDP, that takes as little of the machine as it can: what it says is written
 * before anybody asks. It is told its records by its parent, and says when it listens.
 *
 *     fork('name-server.ts', ['192.0.2.53']).send(records)
 */
import { createSocket } from 'node:dgram';

/** Clients of the C library ask this port and no other. */
export const DNS_PORT = 53;

/** Names and texts of TXT records. */
export type TextRecords = readonly (readonly [name: string, text: string])[];

/** What stands before the question (RFC 1035 section 4.1.1). */
const HEAD = 12;
const TXT = 16;
const [OK, NO_SUCH_NAME] = [0, 3];

/** A record behind the question whose name it has. */
function answerOf(text: string): Buffer {
  const strings = text
    .match(/.{1,255}/g)!
    .map((part) => Buffer.from(`${String.fromCharCode(part.length)}${part}`, 'latin1'));
  const data = Buffer.concat(strings);
  // The question's name, TXT, IN, an hour.
  const head = Buffer.from([0xc0, HEAD, 0, TXT, 0, 1, 0, 0, 0x0e, 0x10, data.length >> 8, data.length & 0xff]);
  return Buffer.concat([head, data]);
}

/** A name as it stands in a question, in lower case. */
const keyOf = (name: string): string =>
  name
    .split('.')
    .map((label) => `${String.fromCharCode(label.length)}${label.toLowerCase()}`)
    .join('');

function reply(question: Buffer, known: ReadonlyMap<string, Buffer>): Buffer {
  const end = question.indexOf(0, HEAD);
  const answer = known.get(question.toString('latin1', HEAD, end).toLowerCase());
  const isFound = answer !== undefined && question.readUInt16BE(end + 1) === TXT;
  const said = Buffer.concat([question.subarray(0, end + 5), ...(isFound ? [answer] : [])]);
  said[2] = 0x81 | (said[2]! & 0x10);
  said[3] = 0x80 | (answer === undefined ? NO_SUCH_NAME : OK);
  said.set([0, 1, 0, isFound ? 1 : 0, 0, 0, 0, 0], 4);
  return said;
}

if (process.send !== undefined) {
  process.once('message', (records: TextRecords) => {
    const known = new Map(records.map(([name, text]) => [keyOf(name), answerOf(text)]));
    const socket = createSocket('udp4');
    socket.on('message', (question, { port, address }) => socket.send(reply(question, known), port, address));
    socket.bind(DNS_PORT, process.argv[2], () => process.send!('listening'));
  });
  process.once('disconnect', () => process.exit());
}
