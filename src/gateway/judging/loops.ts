import type { RawMessage } from '../../mail/index.ts';
import type { Reply } from '../../policy/index.ts';
import { isTraceOf } from '../edits/index.ts';

/** When a message goes in a circle. */
export interface LoopLimits {
  /** `Received` fields that it may have. */
  readonly received: number;
  /** Those of this very gate among them: a list or a forwarder may bring a message back a few times. */
  readonly passes: number;
}

/** RFC 5321 section 6.3: at least 100. */
export const loopLimits: LoopLimits = { received: 100, passes: 5 };

/** RFC 3463 section 3.5. */
export const loopReply: Reply = { code: 554, enhanced: '5.4.6', text: 'Too many hops: the message goes in a circle' };

/**
 * Whether a message goes in a circle: it has come through too many hosts, or through this one too often. Who forges such fields
 * has only his own message refused.
 *
 * @param hostname what the gate writes behind `by` in its own `Received`
 * @example isLooping(readMessage(bytes), 'mx.example.com', loopLimits)
 */
export function isLooping({ fields }: RawMessage, hostname: string, { received, passes }: LoopLimits): boolean {
  const traces = fields.filter(({ name }) => name === 'received');
  if (traces.length > received) return true;
  return traces.filter(({ value }) => isTraceOf(hostname, value)).length > passes;
}
