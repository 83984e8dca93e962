import { type Resolver, readMessage } from '../../mail/index.ts';
import type { Change } from '../../policy/index.ts';
import { applyEdits, messageEdits, receivedField, releasedField, type Stamping } from '../edits/index.ts';
import type { Quarantined } from '../quarantine/index.ts';

/** With what a message is made ready. */
export interface Readying {
  readonly stamping: Stamping;
  /** For the seal, where the policy's changes break a proof. */
  readonly resolver: Resolver;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * A message as the next hop gets it on its release: as if it had gone on when it came. What claims to be the gate's own is
 * gone, the policy's changes are made, its stamp says what was found at that time and not what DNS says now, and its field
 * says that the message was held.
 */
export async function releasedBytes(message: Quarantined, { stamping, resolver, at }: Readying): Promise<Buffer> {
  const { held, bytes, particulars } = message;
  const { authentication, changes = [] } = particulars.told.onRelease ?? {};
  const telling = {
    authentication,
    fields: [releasedField({ policy: held.policy, rule: held.rule, held: held.at, released: at })],
    resolver,
    at,
  };
  const read = readMessage(bytes);
  const whole = await messageEdits(read, stamping, { ...telling, changes });
  // A body that can carry no banner is no reason to keep what a person wants delivered.
  const edited =
    'edits' in whole ? whole : await messageEdits(read, stamping, { ...telling, changes: changes.filter(isOfHeader) });
  if (!('edits' in edited)) throw new Error('a change of the header was refused');
  const { edits } = edited;
  return applyEdits(bytes, { ...edits, insert: [...edits.insert, traceOf(message, stamping)] });
}

const isOfHeader = ({ kind }: Change): boolean => kind !== 'ApplyBanner';

/** Who brought it, and when: the next hop sees the gate alone. */
const traceOf = ({ held, bytes }: Quarantined, { authservId }: Stamping) => {
  const { client, mailFrom, recipients, at, id } = held;
  const offered = { client: { ...client, name: undefined, isAuthenticated: false }, mailFrom, recipients, bytes, at };
  return receivedField({ ...offered, protocol: 'ESMTP' }, { by: authservId, id });
};
