import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrivalOf, isPassedOn, type Proof } from '../../../src/policy/reputation/arrival-of.ts';
import type { Arrival } from '../../../src/policy/reputation/reputation.ts';

const proof = (changes: Partial<Proof>): Proof => ({
  at: 0,
  authorDomain: 'mail.bank.example',
  words: { spf: 'pass', dkim: 'none', dmarc: 'pass', compauth: 'pass', reason: '100' },
  passed: ['bounce.bank.example'],
  mailFromDomain: 'bounce.bank.example',
  clientIp: '192.0.2.7',
  isPassedOn: false,
  ...changes,
});

const signed = { spf: 'fail', dkim: 'pass', dmarc: 'pass', compauth: 'pass', reason: '100' };
const failed = (reason: string) => ({ spf: 'pass', dkim: 'none', dmarc: 'fail', compauth: 'fail', reason });

const rows: readonly [what: string, changes: Partial<Proof>, expected: Partial<Arrival>][] = [
  [
    'from a server that the author’s SPF names: straight, carried by nobody, whoever else signed it',
    { passed: ['bounce.bank.example', 'platform.example'] },
    { author: 'bank.example', isProved: true, carriers: [], network: '192.0.2.0/24' },
  ],
  [
    'from such a server, and not proved: carried by nobody, and the author does not stand by it',
    { words: failed('000') },
    { isProved: false, isUnwanted: true, carriers: [], network: undefined },
  ],
  [
    'signed by the author, in another’s envelope: carried by that other',
    { words: { ...signed, spf: 'pass' }, passed: ['alumni.example', 'bank.example'], mailFromDomain: 'alumni.example' },
    { isProved: true, carriers: ['alumni.example'], network: undefined },
  ],
  [
    'signed by the author, and the envelope proves nothing: carried by an address',
    { words: signed, passed: ['bank.example'] },
    { isProved: true, carriers: ['192.0.2.7'], network: undefined },
  ],
  ['where the client is not known: by nobody', { words: signed, passed: [], clientIp: '' }, { carriers: [] }],
  ['another’s SPF with the author’s own name below it', { mailFromDomain: 'bank.example.org' }, { network: undefined }],
  [
    'what its owner wants refused',
    { words: failed('000'), passed: ['lists.example'], mailFromDomain: 'lists.example' },
    { isProved: false, isUnwanted: true, carriers: ['lists.example'] },
  ],
  ['a forgery of an own domain', { words: failed('010'), mailFromDomain: 'x.example' }, { isUnwanted: true }],
  ['what fails, and its owner asks for nothing', { words: failed('001'), mailFromDomain: '' }, { isUnwanted: false }],
  [
    'what fails, and a trusted sealer saw pass',
    { words: { dmarc: 'fail', compauth: 'pass', reason: '130' }, mailFromDomain: '' },
    { isProved: true, isUnwanted: false },
  ],
];
for (const [what, changes, expected] of rows) {
  test(`an arrival: ${what}`, () => {
    const arrival = arrivalOf(proof(changes));
    assert.deepEqual({ ...arrival, ...expected }, arrival);
  });
}

const passedOn: readonly [what: string, recipients: string[], addressed: string[] | undefined, is: boolean][] = [
  ['to the mailbox that sends on', ['anna@contoso.com'], ['anna@alumni.example'], true],
  [
    'to the list and to a recipient',
    ['anna@contoso.com', 'ben@contoso.com'],
    ['l@x.example', 'BEN@contoso.com'],
    false,
  ],
  ['to the recipient', ['Anna@contoso.com'], ['anna@contoso.com'], false],
  ['to nobody', ['anna@contoso.com'], [], false],
  ['to whom is not known', ['anna@contoso.com'], undefined, false],
];
for (const [what, recipients, addressed, is] of passedOn)
  test(`passed on, written ${what}: ${is}`, () => assert.equal(isPassedOn(recipients, addressed), is));
