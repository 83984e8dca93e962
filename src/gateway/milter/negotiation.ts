import type { Command } from './command.ts';
import { MilterFault } from './fault.ts';
import { packet, uint32 } from './packet.ts';
import { actions, replyLetters, steps, VERSION } from './protocol.ts';

type Offer = Extract<Command, { name: 'negotiate' }>;

/** What MTA and filter agreed on. */
export interface Agreement {
  /** Bits of {@link steps}: those that this filter wants and the MTA can do. */
  readonly steps: number;
  /** The packet that tells the MTA. */
  readonly reply: Buffer;
}

const neededActions = actions.addHeaders | actions.changeHeaders | actions.changeBody;
const neededSteps = steps.leadingSpace;

const spared =
  steps.noUnknown |
  steps.noData |
  steps.noReplyToConnect |
  steps.noReplyToHelo |
  steps.noReplyToHeader |
  steps.noReplyToEndOfHeader |
  steps.noReplyToBody;

/**
 * Macros that are asked for, by the number of the stage (`SMFIM_…`); the administrator's own lists count no more. The queue
 * id comes with the sender from Sendmail, and at the end from Postfix, which has none before.
 */
const macroLists: readonly (readonly [stage: number, names: string])[] = [
  [0, '{client_name}'],
  [1, '{tls_version}'],
  [2, 'i r {auth_authen} {tls_version}'],
  [5, 'i'],
];

/**
 * Answers the MTA's offer with what this filter needs of it.
 *
 * @throws MilterFault where the MTA cannot do what a true verdict or a safe edit needs; nothing is then judged by halves
 */
export function agree({ version, actions: offered, steps: possible }: Offer): Agreement {
  if (version < VERSION || (possible & neededSteps) !== neededSteps) {
    throw new MilterFault(
      `the MTA offers version ${version} of the protocol, which does not show header fields as they are; ` +
        `version ${VERSION} is needed (in Postfix: milter_protocol = ${VERSION})`,
    );
  }
  if ((offered & neededActions) !== neededActions) {
    throw new MilterFault('the MTA does not let a filter add and change header fields and replace the body');
  }
  const wanted = neededSteps | (spared & possible);
  const choice = offered & actions.chooseMacros;
  const lists = choice === 0 ? [] : macroLists.flatMap(([stage, names]) => [uint32(stage), `${names}\0`]);
  const numbers = [VERSION, neededActions | choice, wanted].map(uint32);
  return { steps: wanted, reply: packet(replyLetters.negotiate, ...numbers, ...lists) };
}
