import { MailhuntError } from '../../../errors/index.ts';
import {
  type Evidence,
  type EvidenceMeans,
  evidenceOf,
  evidenceOfMessage,
  givenMessageFacts,
  type MessageFacts,
  messageFacts,
} from '../../../evidence/index.ts';
import { ticksFromUnixMs } from '../../../values/index.ts';
import type { Visit } from '../../http/route.ts';
import { isOpened, type OpenedMessage } from './opened.ts';

/** The message that a visit is about, of the store or opened from a file. */
export interface Subject {
  readonly id: string;
  /** Undefined for a message of the store. */
  readonly opened: OpenedMessage | undefined;
  facts(signal: AbortSignal): Promise<MessageFacts>;
  evidence(signal: AbortSignal): Promise<Evidence>;
  /** The message itself. Throws MSG0003 where it was not kept. */
  bytes(): Promise<Buffer>;
}

/** The message that `:id` names. Throws MSG0002 where there is none; for one of the store later, when it is looked up. */
export function subjectOf(visit: Visit): Subject {
  const { site, params, principal } = visit;
  const { id = '' } = params;
  if (!isOpened(id)) return stored(visit, id);
  const opened = site.opened.get(id, principal.name, site.now());
  if (!opened) throw new MailhuntError('MSG0002', { id });
  const { judged } = opened;
  return {
    id,
    opened,
    facts: async () => givenMessageFacts(judged),
    evidence: (signal) => evidenceOfMessage({ judged }, meansOf(visit, signal)),
    bytes: async () => judged.message.bytes,
  };
}

function stored(visit: Visit, id: string): Subject {
  const shortId = id.slice(0, 100);
  return {
    id,
    opened: undefined,
    facts: async (signal) => {
      const facts = await messageFacts(id, meansOf(visit, signal), async (one) =>
        (await visit.site.session.kept([one])).has(one),
      );
      if (!facts) throw new MailhuntError('MSG0002', { id: shortId });
      return facts;
    },
    evidence: (signal) => evidenceOf(id, meansOf(visit, signal)),
    bytes: async () => {
      const bytes = await visit.site.session.message(id);
      if (!bytes) throw new MailhuntError('MSG0003', { id: shortId });
      return bytes;
    },
  };
}

/** With what evidence is looked up for a visit; what people wrote is read only for those who may. */
export const meansOf = ({ site, principal }: Visit, signal: AbortSignal): EvidenceMeans => ({
  store: site.session,
  now: ticksFromUnixMs(site.now()),
  signal,
  ...(principal.rights.has('bodies') && { keptMessage: (id: string) => site.session.message(id) }),
});
