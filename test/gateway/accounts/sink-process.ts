/**
 * The next hop, to be killed: writes each message down before its 250.
 *
 *     node test/gateway/accounts/sink-process.ts PORT LOG
 */
import { startSink } from '../proxy/sink.ts';
import { bodyOf } from './letters.ts';
import { type Copy, SinkLog } from './sink-log.ts';

const [port, path] = [Number(process.argv[2]), process.argv[3]!];
const log = new SinkLog(path);
const sink = await startSink({
  port,
  fault: (verb) => {
    if (verb !== 'DOT') return undefined;
    const copy = copyOf(sink.messages.splice(0).at(-1)!.replaceAll('\r\n..', '\r\n.'));
    log.take(copy);
    // The sink answers before it lets go of this thread.
    process.nextTick(() => log.answered(copy));
    return undefined;
  },
});
process.stdout.write('ready\n');

/** By the name that the client gave itself, in the gate's own Received. */
function copyOf(text: string): Copy {
  const [, letter, attempt] = /^Received: from (\d+)-(\d+)\.mta\.example /m.exec(text) ?? [];
  return { letter: Number(letter), attempt: Number(attempt), body: bodyOf(text), isAnswered: false };
}
