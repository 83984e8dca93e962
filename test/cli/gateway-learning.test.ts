import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learn } from '../../src/cli/gateway/learning.ts';

/** A store that is away for so many times, or breaks off while it tells. */
async function learned({ away = 0, breaks = false, stop = 100 }): Promise<Record<string, unknown>> {
  const said: string[] = [];
  const end = new AbortController();
  let [opened, seeded, tried] = [0, 0, 0];
  await learn({
    open: async () => {
      opened++;
      if (opened === stop) end.abort();
      return {
        query: async () => {
          if (opened <= away) throw new Error('nobody answers');
          return {} as never;
        },
        [Symbol.asyncDispose]: async () => {},
      };
    },
    seed: async () => {
      seeded++;
      if (breaks) throw new Error('it broke off');
    },
    say: (line) => said.push(line),
    tried: () => tried++,
    signal: end.signal,
    pause: 1,
  });
  return { opened, seeded, tried, said };
}

const known = 'Who has been seen is known from the store.';
const rows: readonly [string, Parameters<typeof learned>[0], Record<string, unknown>][] = [
  ['is there', {}, { opened: 1, seeded: 1, tried: 1, said: [known] }],
  [
    'is away at first: is asked again, and said once',
    { away: 3 },
    { opened: 4, seeded: 1, tried: 4, said: ['Who has been seen is not known yet: nobody answers', known] },
  ],
  [
    'breaks off: what it has told would count twice',
    { breaks: true },
    { opened: 1, seeded: 1, tried: 1, said: ['Who has been seen is not known: it broke off'] },
  ],
  [
    'is away until the gate ends',
    { away: 99, stop: 3 },
    { opened: 3, seeded: 0, tried: 3, said: ['Who has been seen is not known yet: nobody answers'] },
  ],
];

for (const [name, given, wanted] of rows)
  test(`the gate learns from a store that ${name}`, async () => assert.deepEqual(await learned(given), wanted));
