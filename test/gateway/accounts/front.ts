import type { Books, Finding } from './accounts.ts';

/** Ports of a trial on loopback. */
export interface Ports {
  /** Where the gate listens. */
  readonly gate: number;
  readonly nextHop: number;
}

/** How letters come to the gate. */
export interface Front {
  /** What `gateway.yaml` says of it. */
  readonly setup: (ports: Ports) => string;
  /** Starts what stands before the gate. */
  readonly open: (ports: Ports) => Promise<OpenFront>;
}

export interface OpenFront extends AsyncDisposable {
  /** Where the sender's letters go. */
  readonly port: number;
  /** Resolves when all that it took has been handed on, or at the signal. */
  readonly handedOn: (signal: AbortSignal) => Promise<void>;
  /** The books as they are to be compared, and what is wrong already. */
  readonly read: (books: Told) => Told & { readonly findings: readonly Finding[] };
}

/** What sender and next hop have written down. */
export type Told = Pick<Books, 'attempts' | 'copies'>;

/** The gate's own SMTP server: the sender talks to it, and it to the next hop. */
export const smtpFront: Front = {
  setup: ({ gate, nextHop }) => `smtp:
  listen: 127.0.0.1:${gate}
  next_hop: { address: "127.0.0.1:${nextHop}", tls: none, tells: none }
  attributes: [127.0.0.0/8]
`,
  open: async ({ gate }) => ({
    port: gate,
    handedOn: async () => {},
    read: (books) => ({ ...books, findings: [] }),
    [Symbol.asyncDispose]: async () => {},
  }),
};
