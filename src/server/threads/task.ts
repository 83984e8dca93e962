import type { PlainError } from './plain-error.ts';

/** What can be asked of a thread: by kind of task what is given and what comes back, plain data both. */
export type TaskTable<T> = { readonly [K in keyof T]: { readonly ask: unknown; readonly answer: unknown } };

/** What a task has at hand while it works. */
export interface TaskMeans {
  /** Says in words how far it is. */
  readonly tell: (words: string) => void;
  /** Bytes of an answer, in memory that goes over to who asked. */
  readonly hand: (bytes: Uint8Array) => Uint8Array;
}

/** What a thread does for each kind of task. */
export type TaskWork<T extends TaskTable<T>> = {
  readonly [K in keyof T]: (ask: T[K]['ask'], means: TaskMeans) => Promise<T[K]['answer']>;
};

export interface TaskQuestion {
  readonly id: number;
  readonly kind: string;
  readonly ask: unknown;
}

export type TaskReply =
  | { readonly id: number; readonly progress: string }
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly error: PlainError };

/**
 * Bytes in memory of their own, which can change hands: the same ones where nothing else lies in that memory, else a copy.
 */
export const ownBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength === bytes.buffer.byteLength ? bytes : new Uint8Array(bytes);
