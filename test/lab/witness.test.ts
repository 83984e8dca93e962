import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { demoMessages } from '../../src/lab/demo-messages.ts';
import type { NamedMessage } from '../../src/lab/message.ts';
import { type WitnessedMessage, witnessOf } from '../../src/lab/witness.ts';
import { transactionOf } from '../../src/mail/index.ts';
import { unixMsFromTicks } from '../../src/values/index.ts';
import { WEDNESDAY } from './demo-tables.ts';

/** `spf dkim dmarc action compauth reason` */
const wordsOf = ({ authentication }: WitnessedMessage): string => {
  const { spf, dkim, dmarc, action, compauth, reason } = authentication!.words;
  return [spf, dkim, dmarc, action, compauth, reason].join(' ');
};

/** What each story and each kind of everyday mail comes to: the setups of the domains decide it, and mail/ finds it out. */
const verdicts: Readonly<Record<string, readonly string[]>> = {
  'payroll-direct-send': ['fail none fail oreject fail 010'],
  'supplier-switch': ['none none none none fail 001'],
  'temperror-forgery': ['fail none temperror none fail 601', 'softfail none temperror none fail 601'],
  'temperror-scanner': ['temperror pass pass none pass 100'],
  'temperror-partner': ['temperror none temperror none fail 001'],
  'voicemail-lure': ['softfail none fail none fail 001'],
  'qr-code-lure': ['pass pass pass none pass 100'],
  'parcel-wave': ['softfail fail fail none fail 001'],
  'rejected-invoice': ['fail none fail oreject fail 000'],
  'crm-unaligned': ['pass pass fail none fail 601'],
  'from-partners': [
    'pass pass pass none pass 100',
    'pass none pass none pass 100',
    'pass pass bestguesspass none pass 109',
    'neutral none none none softpass 201',
    'pass fail pass none pass 100',
    'pass pass permerror none pass 111',
  ],
  newsletters: [
    'pass pass pass none pass 100',
    'pass pass fail none fail 001',
    'pass pass bestguesspass none pass 109',
  ],
  notices: ['pass pass pass none pass 100', 'fail pass pass none pass 100'],
  junk: ['pass pass pass none pass 100', 'none none none none fail 001'],
  'mailing-lists': [
    'pass fail fail none pass 130',
    'pass fail fail quarantine pass 130',
    'pass fail fail oreject pass 130',
    'pass none fail none pass 130',
  ],
  forwarded: [
    'softfail fail fail none fail 001',
    'fail fail fail quarantine fail 000',
    'fail fail fail oreject fail 000',
    'softfail none fail none fail 001',
  ],
  bounces: [
    'pass pass pass none pass 100',
    'pass none pass none pass 100',
    'pass pass bestguesspass none pass 109',
    'none none none none softpass 201',
    'pass pass permerror none pass 111',
  ],
};

/** The first messages of each kind. */
function sample(messages: readonly NamedMessage[], most: number): NamedMessage[] {
  const seen = new Map<string, number>();
  return messages.filter((message) => {
    const count = (seen.get(kindOf(message)) ?? 0) + 1;
    seen.set(kindOf(message), count);
    return count <= most;
  });
}

const kindOf = ({ name }: NamedMessage): string => name.slice(0, name.indexOf('/'));

describe('every verdict of the demo comes out of mail/', () => {
  let messages: readonly WitnessedMessage[];
  before(async () => {
    messages = await Promise.all(sample(demoMessages(1, unixMsFromTicks(WEDNESDAY), 20_000), 100).map(witnessOf(1)));
  });

  it('mail from outside is authenticated, and no other', () => {
    for (const { message, authentication } of messages)
      assert.equal(authentication !== undefined, message.direction === 'Inbound');
  });

  it('each kind of mail comes to its verdicts, and to no other', () => {
    const authenticated = messages.filter(({ authentication }) => authentication);
    const found = Object.fromEntries(
      [...new Set(authenticated.map(kindOf))].map((kind) => [
        kind,
        new Set(authenticated.filter((one) => kindOf(one) === kind).map(wordsOf)),
      ]),
    );
    assert.deepEqual(Object.keys(found).toSorted(), Object.keys(verdicts).toSorted());
    for (const [kind, words] of Object.entries(found))
      assert.deepEqual(
        [...words].filter((word) => !verdicts[kind]!.includes(word)),
        [],
        kind,
      );
    // Rare kinds may lack a verdict in a small demo; together they have them all.
    const all = new Set(Object.values(found).flatMap((words) => [...words]));
    assert.deepEqual(
      [...new Set(Object.values(verdicts).flat())].filter((word) => !all.has(word)),
      [],
    );
  });

  it('so does another seed', async () => {
    const written = sample(demoMessages(77, unixMsFromTicks(WEDNESDAY), 20_000), 5);
    for (const one of await Promise.all(written.map(witnessOf(77))))
      if (one.authentication) assert.ok(verdicts[kindOf(one)]!.includes(wordsOf(one)), `${one.name}: ${wordsOf(one)}`);
  });

  it('nothing about their form is odd, and the header tells the transaction', () => {
    for (const { raw, message } of messages) {
      assert.deepEqual(raw.defects, []);
      if (message.direction !== 'Inbound') continue;
      const { ip, mailFrom } = transactionOf(raw, { trusted: ['mx.contoso.com'], acceptedDomains: [] });
      assert.deepEqual([ip, mailFrom], [message.ip, message.mailFrom]);
    }
  });

  it('the same seed gives the same bytes, another seed other keys', async () => {
    const [one] = messages.filter((message) => kindOf(message) === 'mailing-lists');
    assert.ok((await witnessOf(1)(one!)).raw.bytes.equals(one!.raw.bytes));
    assert.ok(!(await witnessOf(2)(one!)).raw.bytes.equals(one!.raw.bytes));
  });
});
