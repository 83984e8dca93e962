/** A thread for tests: it echoes, spins, fails, ends. */
import { MailhuntError } from '../../../src/errors/index.ts';
import { answerTasks } from '../../../src/server/threads/index.ts';

export interface OddTasks {
  readonly double: { readonly ask: number; readonly answer: number };
  readonly hand: { readonly ask: Uint8Array; readonly answer: Uint8Array };
  readonly spin: { readonly ask: null; readonly answer: never };
  readonly refuse: { readonly ask: string; readonly answer: never };
  readonly uncloneable: { readonly ask: null; readonly answer: unknown };
  readonly exit: { readonly ask: null; readonly answer: never };
}

answerTasks<OddTasks>({
  double: async (number, { tell }) => {
    tell(`doubling ${number}`);
    return number * 2;
  },
  hand: async (bytes, { hand }) => hand(bytes.subarray(1)),
  spin: async () => {
    for (;;);
  },
  refuse: async (text) => {
    throw new MailhuntError('MSG0004', { text });
  },
  uncloneable: async () => () => {},
  exit: async () => process.exit(3),
});
