import type { Evidence } from '../evidence.ts';
import { aftermathRows } from './aftermath.ts';
import { authenticationRows } from './authentication.ts';
import { carrierRows } from './carriers.ts';
import { contentRows } from './content.ts';
import { historyRows } from './history.ts';
import { anyHouse, type House } from './house.ts';
import { relationRows } from './relation.ts';
import { type Scene, sceneOf } from './scene.ts';
import type { Signal, SignalRow } from './signal.ts';

/** All that can be seen of a message. */
export const signalTable: readonly SignalRow[] = [
  ...authenticationRows,
  ...relationRows,
  ...historyRows,
  ...carrierRows,
  ...contentRows,
  ...aftermathRows,
];

/**
 * What is seen of a message that speaks for or against its sender, in the order of {@link signalTable}.
 *
 * @param house what the receiver says of itself; without it the recipients' domains are its own
 * @example signalsOf(evidence).map(({ name }) => name) // ['dmarc-fail', 'spf-fail', 'nothing-passed', …]
 */
export function signalsOf(evidence: Evidence, house: House = anyHouse): readonly Signal[] {
  const scene = sceneOf(evidence, house);
  return signalTable.flatMap((row) => {
    const words = row.see(scene);
    if (words === undefined) return [];
    const query = row.query?.(scene);
    const signal = { name: row.name, words, isForgeable: isForgeable(row, scene) };
    return [query === undefined ? signal : { ...signal, query }];
  });
}

/** A signature that verifies needs no client: what rests on one of the author's is his, whoever handed it over. */
const isForgeable = ({ forgeable }: SignalRow, { isClientAssumed, aligned }: Scene): boolean =>
  forgeable === 'sender' || (forgeable === 'client' && isClientAssumed && !aligned.includes('DKIM'));
