import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { GateHouseOptions } from '../../src/gateway/gate-house.ts';
import { defaultPolicy, defaultPolicyText, enforced, readPolicy } from '../../src/policy/index.ts';
import { connect } from '../../src/server/index.ts';
import { readOwner } from '../../src/store/index.ts';
import { AT, textZone } from './gate-rig.ts';

/** A policy as the gate is told it. */
export function policyInForce(text: string): GateHouseOptions['inForce'] {
  const inForce = { policy: readPolicy(text, 'test'), text };
  return () => inForce;
}

/** A policy that keeps every message. */
export const keepAll = 'name: Test\nmode: Enforce\nrules:\n  - name: Keep\n    do: [Quarantine]\n';

/** How a gate is opened, by the default policy in Enforce; its store is that of the server that runs in the folder. */
export function houseOptions(folder: string, changes: Partial<GateHouseOptions> = {}): GateHouseOptions {
  const inForce = { policy: enforced(defaultPolicy(AT)), text: defaultPolicyText(AT) };
  return {
    folder: join(folder, 'gate'),
    run: randomUUID(),
    connect: async () => {
      const owner = await readOwner(join(folder, 'store'));
      if (!owner?.address) throw new Error('no server runs');
      return connect(owner.address, owner.token);
    },
    now: () => AT,
    inForce: () => inForce,
    threads: 0,
    stamping: { authservId: 'mx.contoso.com' },
    judge: { acceptedDomains: ['contoso.com'], dmarcMode: 'rfc9989', rsaSha1: 'policy' },
    rows: { withHeaderForm: true },
    resolver: textZone({ 'bank.example': 'v=spf1 ip4:192.0.2.7 -all', '_dmarc.bank.example': 'v=DMARC1; p=reject' }),
    isDnsAlive: async () => true,
    onTrouble: 'closed',
    keepMessages: false,
    notice: () => {},
    ...changes,
  };
}
