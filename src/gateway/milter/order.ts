import { MilterFault } from './fault.ts';
import type { CommandName } from './protocol.ts';

/** Where a conversation with the MTA stands. */
export type Stage =
  | 'begin'
  /** Agreed; the client is not told yet. */
  | 'ready'
  /** Between messages. */
  | 'greeted'
  /** A sender, and no recipient that was accepted. */
  | 'sender'
  | 'recipients'
  | 'header'
  | 'body'
  /** The message is whole and the gate is asked; the MTA waits. */
  | 'ruling';

const leaving: readonly CommandName[] = ['abort', 'quit', 'quit, new connection'];

/** What may come at each stage. A greeting within a message is passed on by Postfix before it aborts the message. */
const allowed: { readonly [stage in Stage]: readonly CommandName[] } = {
  begin: ['negotiate', 'quit'],
  ready: ['negotiate', 'macros', 'connect', ...leaving],
  greeted: ['macros', 'helo', 'mail', 'unknown', 'data', ...leaving],
  sender: ['macros', 'helo', 'mail', 'recipient', 'unknown', 'data', ...leaving],
  recipients: ['macros', 'helo', 'mail', 'recipient', 'unknown', 'data', 'header', 'end of header', ...leaving],
  header: ['macros', 'header', 'end of header', ...leaving],
  body: ['macros', 'body', 'end of body', ...leaving],
  ruling: leaving,
};

/** @throws MilterFault for a command out of its order */
export function checkOrder(stage: Stage, command: CommandName): void {
  if (!allowed[stage].includes(command)) throw new MilterFault(`${command} out of order (stage: ${stage})`);
}

/** True while the MTA holds a message of which nothing is decided. */
export const isInMessage = (stage: Stage): boolean => !['begin', 'ready', 'greeted'].includes(stage);
