import type { AddressSet } from '../../mail/index.ts';
import type { Memory } from '../memory.ts';
import type { Certificate } from './certificate.ts';
import type { MailHandler } from './handler.ts';
import type { SmtpLimits, SmtpTimeouts } from './limits.ts';
import type { Visitors } from './visitors.ts';

/** Where a server listens: `port` 0 takes any that is free. */
export type ListenAddress = { readonly host: string; readonly port: number } | { readonly path: string };

/** Who is trusted with what. An address may be in several. */
export interface SmtpNetworks {
  /** Their connections begin with a PROXY header, always; whom it names is the client. */
  readonly balancers: AddressSet;
  /** May say XCLIENT and XFORWARD; not counted as clients. */
  readonly attributes: AddressSet;
  /** May send to any domain. */
  readonly relay: AddressSet;
  /** Whose mail is the administrator's own, as that of clients that logged in; of whomever XCLIENT, XFORWARD or PROXY names. */
  readonly own: AddressSet;
  /** Old devices whose bare LF and CR are mended. */
  readonly normalise: AddressSet;
}

/** Where in a conversation something was refused: `message` is the answer to one that came whole, `data` to one that did not. */
export type RefusalStage = 'connection' | 'command' | 'data' | 'message';

/** What happened that an operator may want to know. Texts are for logs, no data of theirs is secret. */
export interface Notice {
  readonly about: 'refusal' | 'next hop' | 'certificate' | 'defect';
  /** Of a refusal. */
  readonly stage?: RefusalStage;
  /** Of a refusal: what the client was told, `550`; none where it was told nothing. */
  readonly code?: number;
  /** The client's. */
  readonly ip: string;
  readonly text: string;
}

/** What the sessions of one server share. */
export interface ServerState {
  readonly listen: ListenAddress;
  /** What it calls itself. */
  readonly hostname: string;
  readonly limits: SmtpLimits;
  readonly timeouts: SmtpTimeouts;
  readonly networks: SmtpNetworks;
  readonly memory: Memory;
  readonly visitors: Visitors;
  readonly certificate: Certificate | undefined;
  readonly isStopping: boolean;
  /** Nearly all connections are taken. */
  isStressed(): boolean;
  /** For one session. */
  open(): MailHandler;
  report(notice: Notice): void;
}
