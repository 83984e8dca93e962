/**
 * The victim of the kill test: a gate that rules over messages, records what became of them, and drains its journal into
 * the store of the same folder. Prints the subject of each message that it would have answered 250 or 550. Ends only by
 * being killed.
 *
 *     node test/gateway/journal/gate-child.ts FOLDER SEED
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { DecisionJournal, startDrain } from '../../../src/gateway/journal/index.ts';
import { openStore } from '../../../src/store/index.ts';
import { never, offered, ok, triedGate } from '../gate-rig.ts';

const [folder, seed] = [process.argv[2]!, Number(process.argv[3])];
const journal = await DecisionJournal.open(join(folder, 'gate'), { run: randomUUID() });
const connect = async () => {
  const store = await openStore(join(folder, 'store'), { idle: 0 });
  return {
    append: store.append.bind(store),
    flush: store.flush.bind(store),
    position: store.position.bind(store),
    keep: store.messages.keep.bind(store.messages),
    close: store.close.bind(store),
  };
};
startDrain(journal, {
  connect,
  quarantine: async () => {},
  onTrouble: (error) => {
    if (error !== undefined) writeSync(2, `${error instanceof Error ? error.stack : error}\n`);
  },
  // Opened and closed again and again, so that kills meet that too.
  idle: 20,
});
const { gate } = triedGate({ journal, keepMessages: true });
writeSync(1, 'open\n');

let count = 0;
const client = async (name: string): Promise<never> => {
  for (;;) {
    const subject = `${seed}-${name}-${++count}`;
    const message = `From: Jane <jane@bank.example>\r\nSubject: ${subject}\r\nMessage-ID: <${subject}@bank.example>\r\n\r\nSee https://shop.example/${subject}\r\n`;
    const ruling = await gate.rule(offered(message), never);
    await ruling.record(ruling.reply ?? ok);
    writeSync(1, `${subject}\n`);
    if (count % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
  }
};
await Promise.all(['a', 'b', 'c', 'd'].map(client));
