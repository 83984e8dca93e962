import { MailhuntError } from '../../errors/index.ts';
import { decodedText, readMessage, textsIn, unfolded } from '../../mail/index.ts';
import { isNamed, personPattern } from '../../store/index.ts';
import { resultsField } from '../edits/index.ts';
import type { HandOver, Held, Quarantine, Sighted, Unread } from '../quarantine/index.ts';
import type { Control, GateStatus, HeldMessage, QuarantinePurged } from './control.ts';

/** What stands behind the control of a gate. */
export interface ControlParts {
  readonly quarantine: Quarantine;
  /** The gate's own name, with which it stamps. */
  readonly authservId: string;
  /** Undefined where there is no next hop. */
  readonly handOver: HandOver | undefined;
  readonly status: () => Promise<GateStatus>;
  /** Brings all that waits in the journal into the store, and its files from the disk; false where that took too long. */
  readonly emptyJournal: () => Promise<boolean>;
}

/** Messages of a page. */
const PAGE = 500;
/** Bytes of a header that are shown. */
const HEADER = 256 * 1024;

/** The control of a gate, in its own process. */
export function controlOf({ quarantine, authservId, handOver, status, emptyJournal }: ControlParts): Control {
  return {
    status,
    list: async ({ limit = PAGE, ...page } = {}) => quarantine.page({ limit, ...page }),
    show: async (id): Promise<HeldMessage> => {
      const { held, bytes, particulars } = await quarantine.read(id);
      const { policy, mode, action, rule, trace, answer, onRelease } = particulars.told;
      return {
        held,
        decision: { policy, mode, action, rule, trace, answer },
        results: unfolded(resultsField(authservId, onRelease?.authentication).value),
        header: headerOf(bytes),
      };
    },
    bytes: async (id) => (await quarantine.read(id)).bytes,
    release: async (id, by) => {
      const held = quarantine.find(id);
      if (handOver === undefined) throw new MailhuntError('GATE0013', { id: held.id });
      const { answer, taken, refused } = await quarantine.release(id, by, handOver);
      return { held, answer, taken, refused };
    },
    remove: (id, by) => quarantine.remove(id, by),
    purge: async ({ persons, dryRun, by }) => {
      const { found, unread } = await quarantine.search(namesAny(persons));
      const told = { messages: found.length, shared: sharedOf(found, persons), left: unread.map(leftOf) };
      if (dryRun) return { ...told, isUnfinished: false };
      const messages = await quarantine.removeAll(found, by);
      const isEmptied = await emptyJournal();
      return { ...told, messages, isUnfinished: !(await quarantine.rewriteLedger()) || !isEmptied };
    },
  };
}

/** As the store looks through the messages that it keeps, and in the envelope. */
function namesAny(persons: readonly string[]): (message: Sighted) => boolean {
  const names = new RegExp(personPattern(persons), 'i');
  return ({ held, bytes, particulars = {} }) =>
    names.test(JSON.stringify(held)) ||
    names.test(JSON.stringify(particulars)) ||
    (bytes !== undefined && isNamed(bytes, names, textsIn));
}

/** A message that may name anybody. */
const leftOf = ({ id, failure }: Unread): QuarantinePurged['left'][number] => ({
  where: `message ${id} in quarantine`,
  why: `it cannot be read, so that nobody can tell whom it names; mailhunt quarantine remove ${id} removes it (${failure.message})`,
});

/** How many messages are for somebody else, too. */
function sharedOf(messages: readonly Held[], persons: readonly string[]): number {
  const own = new Set(persons.map((person) => person.toLowerCase()));
  return messages.filter(({ recipients }) => recipients.some((one) => !own.has(one.toLowerCase()))).length;
}

function headerOf(bytes: Buffer): string {
  const { bodyStart } = readMessage(bytes);
  return decodedText(bytes.toString('latin1', 0, Math.min(bodyStart, HEADER)));
}
