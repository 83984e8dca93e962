import { unixMsFromTicks } from '../../values/index.ts';
import type { Policy } from '../policy.ts';
import { addressUse } from './address-use.ts';
import type { GroupWithItems } from './held-groups.ts';
import { isInnocentWord, type Look, type LookAt } from './look.ts';
import { ourMend } from './our-mend.ts';
import type { SimulationMeans } from './simulate.ts';
import type { HeldGroup } from './simulation.ts';

/** With what messages that would be held are looked at. */
export interface Looking {
  readonly look: LookAt;
  /** Groups that are looked at, the largest. */
  readonly most: number;
  /** Told before each group: which, from 1, and of how many. */
  readonly progress?: (at: number, of: number, group: HeldGroup) => void;
}

/** Each message is looked at once, whichever policy holds it. */
export const lookingOnce = (looking: Looking): Looking => {
  const found = new Map<string, Promise<Look>>();
  return {
    ...looking,
    look: (id) => {
      const one = found.get(id) ?? looking.look(id);
      found.set(id, one);
      return one;
    },
  };
};

/**
 * The groups of a policy with what an investigation of their newest message found, and for those that look innocent what
 * can be done. A group is innocent only where its oldest message looks so too: one of the same name and address may be
 * forged, and an exception would let it in.
 *
 * @param until datetime ticks: up to when other mail of the same clients is asked for
 * @throws as `look` does, and the signal's reason
 */
export async function withLooks(
  policy: Policy,
  groups: readonly GroupWithItems[],
  until: bigint,
  means: SimulationMeans,
  looking: Looking,
): Promise<readonly HeldGroup[]> {
  const asked = groups.slice(0, looking.most);
  const looks: (Look | undefined)[] = [];
  for (const [at, { group }] of asked.entries()) {
    means.signal.throwIfAborted();
    looking.progress?.(at + 1, asked.length, group);
    looks.push(await lookAt(group, looking.look));
  }
  const clients = asked.filter((_, at) => isInnocentWord(looks[at]?.word ?? '')).flatMap(({ group }) => group.clients);
  const use = await addressUse(clients, until, means);
  const now = unixMsFromTicks(means.now);
  return groups.map(({ group, items }, at) => {
    const look = looks[at];
    if (look === undefined) return group;
    const rule = policy.rules.find(({ name }) => name === group.rule);
    const isInnocent = isInnocentWord(look.word);
    if (!isInnocent || rule === undefined) return { ...group, look, isInnocent };
    return { ...group, look, isInnocent, mend: ourMend(group, { word: look.word, rule, items, use, now }) };
  });
}

async function lookAt({ examples, messages }: HeldGroup, look: LookAt): Promise<Look | undefined> {
  const [newest] = examples;
  const oldest = examples.at(-1);
  if (newest === undefined || oldest === undefined) return undefined;
  const found = await look(newest);
  if (messages === 1 || !isInnocentWord(found.word)) return found;
  const earlier = await look(oldest);
  return isInnocentWord(earlier.word) ? found : earlier;
}
