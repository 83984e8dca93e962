import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordType, Resolver } from '../../../src/mail/index.ts';
import { never, offered, textZone, told, triedGate } from '../gate-rig.ts';

/** Milliseconds for a message's questions, and what each of the forger's own servers takes for an answer. */
const [DNS_TIME, SLOW] = [1500, 400];

const INCLUDES = [1, 2, 3, 4, 5, 6];
const key = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'der' });
const zone = textZone({
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
  'slow.attacker.example': `v=spf1 ${INCLUDES.map((n) => `include:i${n}.attacker.example`).join(' ')} -all`,
  ...Object.fromEntries(INCLUDES.map((n) => [`i${n}.attacker.example`, 'v=spf1 -all'])),
  's._domainkey.list.example': `v=DKIM1; p=${key.toString('base64')}`,
});

/** The forger's own zone is slow, or never says a word; what others publish comes at once. */
const resolver: Resolver = {
  query: async <T extends RecordType>(name: string, type: T) => {
    if (name.endsWith('silent.example')) {
      await sleep(2 * DNS_TIME, undefined, { ref: false });
      return { status: 'failed', failure: 'timeout' } as const;
    }
    if (name.endsWith('attacker.example')) await sleep(SLOW);
    return zone.query(name, type);
  },
};

const letter = 'From: Jane <jane@bank.example>\nTo: anna@contoso.com\nSubject: Hi\n\nHello\n';
const bodyHash = createHash('sha256').update('Hello\r\n').digest('base64');
/** A chain in a trusted list's name that no key has signed; its message signature names whoever answers as the forger likes. */
const chainBy = (signer: string): string =>
  `ARC-Seal: i=1; a=rsa-sha256; cv=none; d=list.example; s=s; t=1; b=AAAA
ARC-Message-Signature: i=1; a=rsa-sha256; c=relaxed/relaxed; d=${signer}; s=s; h=from:subject; bh=${bodyHash}; b=AAAA
ARC-Authentication-Results: i=1; list.example; dmarc=pass header.from=bank.example
`;

const rows: readonly [what: string, text: string, mailFrom: string][] = [
  ['quick', letter, 'a@quick.example'],
  ['an SPF record that takes all the time there is', letter, 'a@slow.attacker.example'],
  ['a chain whose seal is nobody’s', `${chainBy('list.example')}${letter}`, 'a@quick.example'],
  ['the same, signed in a name that never answers', `${chainBy('silent.example')}${letter}`, 'a@quick.example'],
];

for (const [what, text, mailFrom] of rows) {
  test(`a forger’s own servers do not take the time in which the owner’s policy is asked for: ${what}`, async () => {
    const { gate } = triedGate({
      resolver,
      dnsTime: DNS_TIME,
      judge: {
        acceptedDomains: ['contoso.com'],
        dmarcMode: 'rfc9989',
        rsaSha1: 'policy',
        composite: { trustedSealers: ['list.example'] },
      },
    });
    const client = { ip: '203.0.113.9', helo: 'x.example', name: undefined, isAuthenticated: false };
    assert.match(told(await gate.rule(offered(text, { client, mailFrom }), never)), /^550 5\.7\.26/);
  });
}
