import type { GateStore } from '../../src/gateway/journal/index.ts';
import type { Store } from '../../src/store/index.ts';
import { texts } from '../store/rig.ts';

/** A store of this process as the drain of a gate uses it; closing it leaves it open. */
export const storeOf = (store: Store): GateStore => ({
  append: (batch) => store.append(batch),
  flush: () => store.flush(),
  position: (source) => store.position(source),
  keep: (messages) => store.messages.keep(messages),
  close: async () => {},
});

/** The subjects of EmailEvents, every row that is stored. */
export async function subjectsIn(store: Store): Promise<readonly string[]> {
  await store.flush();
  return texts(store, 'SELECT "Subject" FROM "EmailEvents"');
}
