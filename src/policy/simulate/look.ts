/** What an investigation found of one message, as far as a replay tells it. Texts may be hostile. */
export interface Look {
  readonly id: string;
  /** The verdict, as the investigation names it. */
  readonly word: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly summary: string;
  /** What spoke for the verdict, the weightiest first. */
  readonly reasons: readonly string[];
  /** What to do about it, in order. */
  readonly steps: readonly string[];
  /** What to write to the sender, where he can repair it. */
  readonly letter?: {
    readonly to: string;
    readonly subject: string;
    readonly body: string;
    /** The record to publish. */
    readonly record?: { readonly name: string; readonly type: string; readonly value: string };
  };
}

/** Looks at a message of the store. The caller lends it: investigations stand above policies. */
export type LookAt = (id: string) => Promise<Look>;

/** Verdicts whose mail its recipients want, and what the postmaster calls them. */
export const innocentWords: Readonly<Record<string, string>> = {
  'misconfigured-sender': 'misconfigured sender',
  'third-party-platform': 'third-party platform',
  'forwarder-or-list': 'forwarder or list',
  'temporary-failure': 'temporary failure',
  legitimate: 'legitimate',
};

export const isInnocentWord = (word: string): boolean => word in innocentWords;
