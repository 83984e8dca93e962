import type { Command } from '../command.ts';
import { eachMessage } from './each-message.ts';
import { gateHelp, gateOptions } from './gate-control.ts';
import { releasedLines } from './words.ts';

const NAME = 'quarantine release';

/** `mailhunt quarantine release`: messages to their recipients after all. */
export const release: Command = {
  usage: 'quarantine release ID… [--gateway FILE]',
  summary: 'Hands messages to the next hop after all, and says what it answered; 1 where it did not take one.',
  help: `  ID…                messages, by their ids or the beginnings of them
  What the gate found when they came is stamped on them, and that they were held. A message that the next hop does not
  take stays; one that it takes for some recipients stays for the others.
${gateHelp}`,
  example: 'quarantine release 3c7b1317',
  options: gateOptions,
  positionals: Number.POSITIVE_INFINITY,
  run: (call) => eachMessage(call, NAME, async (control, id, by) => releasedLines(await control.release(id, by))),
};
