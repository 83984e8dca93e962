import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquaintanceOf, sceneOf } from '../../../src/evidence/index.ts';
import { toldMessage } from '../told-message.ts';
import { mail, minute, other } from '../told-store.ts';
import { forgery } from './made-evidence.ts';

const house = { acceptedDomains: ['contoso.com'], trustedSealers: [] };
const own = { SenderFromAddress: 'scanner@contoso.com', SenderFromDomain: 'contoso.com', Connectors: 'Scan-to-mail' };
const before = (n: number, more: object) => other(n, { ...own, Timestamp: minute(-60 * n), ...more });

/** What the store knows around a message by the connector, where it holds these as well. */
async function around(...rows: readonly object[]) {
  const { message, means } = await toldMessage({ EmailEvents: [mail(own), ...(rows as ReturnType<typeof mail>[])] });
  return acquaintanceOf(sceneOf({ ...forgery(), message }, house), means);
}

test('what a connector brought before: for whom, and from this network or others', async () => {
  const { handling } = await around(
    before(1, { SenderIPv4: '203.0.113.99' }),
    before(2, { SenderIPv4: '198.51.100.1' }),
    before(3, { SenderIPv4: '198.51.100.1', SenderFromDomain: 'other.test' }),
    before(4, { Connectors: 'Another' }),
    before(5, { Timestamp: minute(60) }),
  );
  assert.deepEqual(
    [handling?.connectorForOthers, handling?.connectorFromHere, handling?.connectorFromElsewhere],
    [1, 1, 2],
  );
});

test('what an own address sent from inside before; of others it is not asked', async () => {
  const inside = before(1, { EmailDirection: 'Intra-org', Connectors: '' });
  assert.equal((await around(inside, before(2, {}))).fromInside, 1);
  const { message, means } = await toldMessage({ EmailEvents: [mail(), other(1, { EmailDirection: 'Outbound' })] });
  assert.equal((await acquaintanceOf(sceneOf({ ...forgery(), message }, house), means)).fromInside, 0);
});
