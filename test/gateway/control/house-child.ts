/**
 * A gate that keeps every message, in a process of its own, to be killed: it takes one message into quarantine unless one is
 * there, another one each time, and prints the id of what it keeps.
 *
 *     node test/gateway/control/house-child.ts FOLDER PORT-OF-THE-NEXT-HOP
 */
import { writeSync } from 'node:fs';
import { keepingHouse, kept, letter } from './held-house.ts';

const [folder, port] = [process.argv[2]!, Number(process.argv[3])];
const house = await keepingHouse(folder, port);
const id = house.quarantine.list()[0]?.id ?? (await kept(house, letter(`one-${process.pid}`)));
writeSync(1, `${id}\n`);
setInterval(() => {}, 60_000);
