import type { Settings } from '../settings/index.ts';
import type { InvestigationMeans } from './investigate.ts';
import { weightsWith } from './verdict/own-weights.ts';

/**
 * What an investigation takes from the settings: whom the receiver is and trusts, and the table of weights with its own rows.
 *
 * @throws MailhuntError INV0001 for rows of `investigation_weights` that there are not
 * @example await investigate({ id }, { store, now, signal, ...judgedBy(settings) })
 */
export function judgedBy(
  settings: Pick<Settings, 'accepted_domains' | 'trusted_sealers' | 'investigation_weights'>,
): Required<Pick<InvestigationMeans, 'house' | 'weights'>> {
  const lower = (names: readonly string[]): readonly string[] => names.map((name) => name.toLowerCase());
  return {
    house: { acceptedDomains: lower(settings.accepted_domains), trustedSealers: lower(settings.trusted_sealers) },
    weights: weightsWith(settings.investigation_weights),
  };
}
