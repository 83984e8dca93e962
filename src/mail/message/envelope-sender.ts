import type { Border } from './border.ts';
import { isSameOrBelow } from './domain-name.ts';
import { decodedText, fieldText } from './encoded-words.ts';
import { fieldsNamed, type HeaderField, type RawMessage, unfolded } from './raw-message.ts';
import { microsoftHosts } from './trusted-hosts.ts';

/**
 * The envelope sender (RFC 5321 MAIL FROM), without angle brackets; empty for the null sender. From the border hop, else
 * from the Return-Path or Received-SPF above it. With a trusted border, what stands below is not believed: a sender writes
 * a Return-Path too, and one for which SPF passes. Without, the topmost Return-Path is taken.
 *
 * Microsoft 365 writes Return-Path below what the sender wrote. There the last one counts, if it agrees with
 * `smtp.mailfrom` in the stamp above the border.
 *
 * @example mailFromOf(message, border) // 'bounces@example.com'
 */
export function mailFromOf(message: RawMessage, border: Border | undefined): string | undefined {
  if (border === undefined || !border.trusted)
    return border?.hop?.envelopeFrom ?? pathOf(fieldsNamed(message, 'return-path')[0]);
  const above = message.fields.slice(0, border.index);
  return (
    border.hop?.envelopeFrom ??
    pathOf(above.findLast(({ name }) => name === 'return-path')) ??
    senderInReceivedSpf(above) ??
    (isMicrosoft(border) ? stampedPath(message, above) : undefined)
  );
}

/** `<a@example.com>` without its brackets. */
function pathOf(field: HeaderField | undefined): string | undefined {
  if (field === undefined) return undefined;
  const text = decodedText(unfolded(field.value));
  return /<([^<>]*)>/.exec(text)?.[1]?.trim() ?? text;
}

/** `envelope-from="a@example.com"` of RFC 7208 section 9.1. */
const senderInReceivedSpf = (fields: readonly HeaderField[]): string | undefined => {
  const field = fields.findLast(({ name }) => name === 'received-spf');
  const match = /\benvelope-from=(?:"([^"]*)"|<([^<>]*)>|([^\s;]+))/.exec(unfolded(field?.value ?? ''));
  return match?.[1] ?? match?.[2] ?? match?.[3];
};

const isMicrosoft = ({ hop }: Border): boolean =>
  microsoftHosts.some((host) => hop?.by !== undefined && isSameOrBelow(hop.by, host));

function stampedPath(message: RawMessage, above: readonly HeaderField[]): string | undefined {
  const stamp = fieldText(above.findLast(({ name }) => name === 'authentication-results')?.value ?? '');
  const domain = /\bsmtp\.mailfrom=([^;\s]*)/.exec(stamp)?.[1]?.toLowerCase();
  // For the null sender the stamp names the HELO instead.
  const expected = domain ?? (/\bsmtp\.helo=/.test(stamp) ? '' : undefined);
  const path = pathOf(fieldsNamed(message, 'return-path').at(-1));
  return path !== undefined && path.slice(path.lastIndexOf('@') + 1).toLowerCase() === expected ? path : undefined;
}
