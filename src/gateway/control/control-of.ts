import { MailhuntError } from '../../errors/index.ts';
import { decodedText, readMessage, unfolded } from '../../mail/index.ts';
import { resultsField } from '../edits/index.ts';
import type { HandOver, Quarantine } from '../quarantine/index.ts';
import type { Control, GateStatus, HeldMessage } from './control.ts';

/** What stands behind the control of a gate. */
export interface ControlParts {
  readonly quarantine: Quarantine;
  /** The gate's own name, with which it stamps. */
  readonly authservId: string;
  /** Undefined where there is no next hop. */
  readonly handOver: HandOver | undefined;
  readonly status: () => Promise<GateStatus>;
}

/** Messages of a page. */
const PAGE = 500;
/** Bytes of a header that are shown. */
const HEADER = 256 * 1024;

/** The control of a gate, in its own process. */
export function controlOf({ quarantine, authservId, handOver, status }: ControlParts): Control {
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
  };
}

function headerOf(bytes: Buffer): string {
  const { bodyStart } = readMessage(bytes);
  return decodedText(bytes.toString('latin1', 0, Math.min(bodyStart, HEADER)));
}
