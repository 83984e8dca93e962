import { MailhuntError } from '../../errors/index.ts';
import { isHeldDecimal } from '../../values/index.ts';

/**
 * A decimal that the engine can hold as it is. Kusto has 34 digits with the point anywhere: what goes beyond DECIMAL(38,18)
 * is refused, because its digits would be lost.
 *
 * @throws MailhuntError KQL0005
 */
export function heldDecimal(digits: string): string {
  if (isHeldDecimal(digits)) return digits;
  const text = `${digits} has more than 20 digits before the point or 18 after it; use todouble() or round()`;
  throw new MailhuntError('KQL0005', { what: 'a decimal', text });
}
