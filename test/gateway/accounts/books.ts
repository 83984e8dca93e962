import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Quarantine } from '../../../src/gateway/quarantine/index.ts';
import { ran } from '../../cli/world.ts';
import type { CopyOfLetter, RowOfLetter } from './accounts.ts';
import { isFinal } from './ledger.ts';
import { bodyOfLetter, numberOf } from './letters.ts';
import type { Places } from './parts.ts';
import { copiesIn } from './sink-log.ts';

const QUERY = `EmailEvents
| extend Gate = parse_json(AdditionalFields).Gate
| project InternetMessageId, RecipientEmailAddress, NetworkMessageId, Action = tostring(Gate.Action), Answer = tostring(Gate.Answer)`;

/** The store's book, by KQL through the server. */
export async function rowsIn({ store }: Pick<Places, 'store'>): Promise<readonly RowOfLetter[]> {
  const { code, out, err } = await ran(['query', '--store', store, '-e', QUERY, '--format', 'jsonl']);
  if (code !== 0) throw new Error(err);
  return out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as Readonly<Record<string, string>>;
      return {
        letter: numberOf(row.InternetMessageId ?? ''),
        recipient: row.RecipientEmailAddress ?? '',
        id: row.NetworkMessageId ?? '',
        action: row.Action ?? '',
        code: Number(row.Answer?.slice(0, 3)),
      };
    });
}

/** Waits until the store has a final row of so many letters; gives up at the signal, for the comparison to say what is missing. */
export async function rowsOf(letters: number, places: Places, signal: AbortSignal): Promise<readonly RowOfLetter[]> {
  for (;;) {
    const rows = await rowsIn(places);
    const known = new Set(rows.filter(isFinal).map(({ letter }) => letter));
    if (known.size >= letters || signal.aborted) return rows;
    await sleep(500);
  }
}

/** The next hop's book. */
export const copiesOf = ({ sinkLog }: Pick<Places, 'sinkLog'>): readonly CopyOfLetter[] =>
  copiesIn(sinkLog).map(({ body, ...copy }) => ({
    ...copy,
    isWhole: Number.isInteger(copy.letter) && body === bodyOfLetter(copy.letter),
  }));

/** The book of the quarantine: the gate that owned it must have ended. */
export async function heldIn({ gate }: Pick<Places, 'gate'>): Promise<readonly number[]> {
  const journal = { hasRoom: true, record: async () => {} };
  await using quarantine = await Quarantine.open(join(gate, 'quarantine'), { now: Date.now, journal });
  if (quarantine.notices.length > 0) throw quarantine.notices[0];
  // Each can be read whole, not only listed.
  for (const { id, size } of quarantine.list()) {
    const { bytes } = await quarantine.read(id);
    if (bytes.length !== size) throw new Error(`${id} in quarantine is not whole`);
  }
  return quarantine.list().map(({ internetMessageId }) => numberOf(internetMessageId));
}

/** What is left in the gate's journal: nothing, where a gate that ended in good order had brought all of it into the store. */
export const journalOf = ({ gate }: Pick<Places, 'gate'>): Promise<readonly string[]> => readdir(join(gate, 'journal'));
