/** How many questions may be under way at once. */
export interface QueueLimits {
  /** In all. */
  readonly concurrency: number;
  /** In one group, so that one slow name server cannot take every place. */
  readonly perGroup: number;
}

/** Starts tasks as places become free; groups take turns. */
export interface QuestionQueue {
  run<R>(group: string, task: () => Promise<R>): Promise<R>;
  readonly running: number;
  readonly waiting: number;
}

interface Waiter {
  readonly start: () => void;
  next: Waiter | undefined;
}

/** What waits is a chain: an array or a Set of a hundred thousand is slow to take the first from. */
interface Group {
  first: Waiter | undefined;
  last: Waiter | undefined;
  running: number;
}

/**
 * A queue of questions, fair between groups.
 *
 * @example const queue = questionQueue({ concurrency: 32, perGroup: 8 }); await queue.run('example.com', ask)
 */
export function questionQueue({ concurrency, perGroup }: QueueLimits): QuestionQueue {
  const groups = new Map<string, Group>();
  /** Groups with something waiting and a place free, each once; the first is next. */
  const ready = new Set<string>();
  let running = 0;
  let waiting = 0;

  const settle = (name: string, group: Group): void => {
    if (group.first && group.running < perGroup) ready.add(name);
    if (!group.first && group.running === 0) groups.delete(name);
  };
  const startNext = (): void => {
    for (const name of ready) {
      if (running >= concurrency) return;
      ready.delete(name);
      const group = groups.get(name)!;
      const { start, next } = group.first!;
      group.first = next;
      waiting--;
      running++;
      group.running++;
      settle(name, group);
      start();
    }
  };

  return {
    async run(name, task) {
      const group = groups.get(name) ?? { first: undefined, last: undefined, running: 0 };
      groups.set(name, group);
      await new Promise<void>((start) => {
        append(group, { start, next: undefined });
        waiting++;
        settle(name, group);
        startNext();
      });
      try {
        return await task();
      } finally {
        running--;
        group.running--;
        settle(name, group);
        startNext();
      }
    },
    get running() {
      return running;
    },
    get waiting() {
      return waiting;
    },
  };
}

function append(group: Group, waiter: Waiter): void {
  if (group.first && group.last) group.last.next = waiter;
  else group.first = waiter;
  group.last = waiter;
}
