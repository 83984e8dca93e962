import type { Resolver } from '../../mail/index.ts';
import { type Domain, keyBehind, zoneOf } from './domain.ts';
import { type KeyPair, type Keyring, keyringOf } from './keys.ts';
import { type FailingLookup, resolverOver, type ZoneRecord } from './zone.ts';

/** Domains that can look each other up, and the keys with which their owners sign. */
export interface Internet {
  readonly resolver: Resolver;
  /** All that DNS holds. */
  readonly records: readonly ZoneRecord[];
  readonly keys: Keyring;
  /** The key with which a domain signs under a selector. */
  signer(domain: string, selector: string): KeyPair;
}

export interface InternetOptions {
  /** The keys follow from it. */
  readonly seed: number;
  /** Look-ups without an answer, besides those that the domains name. */
  readonly failing?: readonly FailingLookup[];
}

/**
 * An internet of a few domains. What signs there verifies there: key records come from the same key ring.
 *
 * @example const internet = internetOf([{ name: 'bank.example', dkim: [{ selector: 's1' }] }], { seed: 1 });
 */
export function internetOf(domains: readonly Domain[], { seed, failing = [] }: InternetOptions): Internet {
  const keys = keyringOf(seed);
  const zones = domains.map((domain) => zoneOf(domain, keys));
  const records = zones.flatMap((zone) => zone.records);
  return {
    resolver: resolverOver({ records, failing: [...zones.flatMap((zone) => zone.failing), ...failing] }),
    records,
    keys,
    signer(name, selector) {
      const domain = domains.find((one) => one.name === name);
      const published = domain?.dkim?.find((one) => one.selector === selector);
      if (!domain || !published) throw new Error(`no selector ${selector} at ${name}: a mistake in its description`);
      return keys.pair(...keyBehind(domain, published));
    },
  };
}
