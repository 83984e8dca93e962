import { isIP } from 'node:net';
import { kqlText } from '../../evidence/index.ts';
import { formatDatetime } from '../../values/index.ts';
import type { StoredMeans } from '../items/stored-items.ts';
import type { AddressUse } from './our-mend.ts';

/** As long as anybody is remembered, see recall.ts. */
const REMEMBERED = 90n * 864_000_000_000n;
/** Author domains of an address that are told: more than one organization's is enough to know. */
const DOMAINS = 50;

/**
 * Whose mail came from addresses in the 90 days before a moment.
 *
 * @param until datetime ticks
 * @throws MailhuntError KQL…, and the signal's reason
 * @example (await addressUse(['192.0.2.7'], now, means)).get('192.0.2.7') // ['bank.example']
 */
export async function addressUse(
  addresses: readonly string[],
  until: bigint,
  { store, now, signal }: Pick<StoredMeans, 'store' | 'now' | 'signal'>,
): Promise<AddressUse> {
  const asked = [...new Set(addresses)].filter((address) => isIP(address) !== 0);
  if (asked.length === 0) return new Map();
  const query = `declare query_parameters(from:datetime, until:datetime);
EmailEvents
| where Timestamp >= from and Timestamp < until and EmailDirection == "Inbound"
| extend Ip = iff(isempty(SenderIPv4), SenderIPv6, SenderIPv4)
| where Ip in (${asked.map(kqlText).join(', ')})
| summarize Domains = make_set(SenderFromDomain, ${DOMAINS}) by Ip
| project Ip, Domains`;
  const parameters = {
    from: `datetime(${formatDatetime(until - REMEMBERED)})`,
    until: `datetime(${formatDatetime(until)})`,
  };
  const answer = await store.query(query, { now, parameters, signal });
  const found = new Map<string, readonly string[]>();
  for (const { blocks } of answer.tables) {
    for await (const block of blocks) {
      for (const text of block) {
        const [ip, domains] = JSON.parse(text) as readonly [string, readonly string[]];
        found.set(ip, domains);
      }
    }
  }
  return found;
}
