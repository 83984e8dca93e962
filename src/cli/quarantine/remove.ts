import type { Command } from '../command.ts';
import { eachMessage } from './each-message.ts';
import { gateHelp, gateOptions } from './gate-control.ts';

const NAME = 'quarantine remove';

/** `mailhunt quarantine remove`: messages that nobody gets. */
export const remove: Command = {
  usage: 'quarantine remove ID… [--gateway FILE]',
  summary: 'Removes messages from quarantine for good, before their time is over.',
  help: `  ID…                messages, by their ids or the beginnings of them
${gateHelp}`,
  example: 'quarantine remove 3c7b1317',
  options: gateOptions,
  positionals: Number.POSITIVE_INFINITY,
  run: (call) =>
    eachMessage(call, NAME, async (control, id, by) => {
      const { subject } = await control.remove(id, by);
      return [`${id} is removed: ${subject}`];
    }),
};
