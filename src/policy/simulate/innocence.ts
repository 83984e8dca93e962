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
 * can be done. Of each its oldest message is looked at too: of the same name and address one may be honest and another
 * forged, and what is known of a sender grows with his mail. A group is innocent only where both look so.
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
  const looks: (Looks | undefined)[] = [];
  for (const [at, { group }] of asked.entries()) {
    means.signal.throwIfAborted();
    looking.progress?.(at + 1, asked.length, group);
    looks.push(await looksAt(group, looking.look));
  }
  const clients = asked
    .filter((_, at) => isInnocentWord(looks[at]?.look.word ?? ''))
    .flatMap(({ group }) => group.clients);
  const use = await addressUse(clients, until, means);
  const now = unixMsFromTicks(means.now);
  return groups.map(({ group, items }, at) => {
    const found = looks[at];
    if (found === undefined) return group;
    const { word } = found.look;
    const looked = { ...group, ...found, isInnocent: isInnocentWord(word) && found.earlier === undefined };
    const rule = policy.rules.find(({ name }) => name === group.rule);
    if (!isInnocentWord(word) || rule === undefined) return looked;
    return { ...looked, mend: ourMend(group, { word, rule, items, use, now }) };
  });
}

/** What the newest message of a group looks like, and the oldest where it looks otherwise. */
type Looks = Required<Pick<HeldGroup, 'look'>> & Pick<HeldGroup, 'earlier'>;

async function looksAt({ examples, messages }: HeldGroup, lookAt: LookAt): Promise<Looks | undefined> {
  const [newest] = examples;
  const oldest = examples.at(-1);
  if (newest === undefined || oldest === undefined) return undefined;
  const look = await lookAt(newest);
  if (messages === 1) return { look };
  const earlier = await lookAt(oldest);
  return isInnocentWord(earlier.word) === isInnocentWord(look.word) ? { look } : { look, earlier };
}
