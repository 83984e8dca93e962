import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { Acquaintances } from '../../../src/gateway/judging/index.ts';
import type { Resolver } from '../../../src/mail/index.ts';
import { defaultPolicy, readPolicy } from '../../../src/policy/index.ts';
import { isWithin } from '../../in-time.ts';
import { AT, fieldsAfter, never, offered, ok, silentDns, textZone, told, triedGate } from '../gate-rig.ts';

const zone = textZone({
  'bank.example': 'v=spf1 ip4:192.0.2.7 -all',
  '_dmarc.bank.example': 'v=DMARC1; p=reject',
});
const letter = 'From: Jane <jane@bank.example>\nSubject: Hi\n\nHello\n';
const strange = { client: { ip: '203.0.113.9', helo: 'x.example', name: undefined, isAuthenticated: false } };
const cellOf = (entry: ReturnType<typeof triedGate>['entries'][number], column: string): unknown => {
  const { columns, rows } = entry.tables.find(({ table }) => table === 'EmailEvents')!;
  return JSON.parse(rows[0]!)[columns.indexOf(column)];
};
const policyOf = (rules: string) => readPolicy(`name: Test\nmode: Enforce\nrules:\n${rules}\n`, 'test');
const under = (rules: string) => {
  const policy = policyOf(rules);
  return { policy: () => policy };
};

test('what passes goes on and is delivered, what its owner wants refused is refused, and both are recorded', async () => {
  const { gate, entries } = triedGate({ resolver: zone });
  const good = await gate.rule(offered(letter), never);
  await good.record(ok);
  const bad = await gate.rule(offered(letter, strange), never);
  await bad.record(bad.reply!);
  assert.deepEqual([told(good), told(bad)], ['250', '550 5.7.26']);
  assert.deepEqual(
    entries.map((entry) =>
      [
        'DeliveryAction',
        'DeliveryLocation',
        'EmailActionPolicy',
        'OrgLevelPolicy',
        'ExchangeTransportRule',
        'SenderIPv4',
      ].map((name) => cellOf(entry, name)),
    ),
    [
      ['Delivered', 'Inbox/folder', '', '', '', '192.0.2.7'],
      [
        'Blocked',
        'Failed',
        'Enterprise Transport Rules (ETR)',
        'Exchange transport rule',
        'Refuse what its owner wants refused',
        '203.0.113.9',
      ],
    ],
  );
  assert.equal(bad.edits.insert.length, 0);
});

test('a message that the next hop refuses is recorded as failed, by no rule of the policy', async () => {
  const { gate, entries } = triedGate({ resolver: zone });
  const ruling = await gate.rule(offered(letter), never);
  await ruling.record({ code: 550, enhanced: '5.1.1', text: 'No such user' });
  assert.deepEqual(
    [cellOf(entries[0]!, 'DeliveryAction'), cellOf(entries[0]!, 'ExchangeTransportRule')],
    ['Blocked', ''],
  );
});

const actions = [
  ['DeleteMessage', 'Blocked', 'Dropped', 'Delete message'],
  ['{ Quarantine: { days: 2 } }', 'Blocked', 'Quarantine', 'Send to quarantine'],
] as const;
for (const [action, delivery, location, emailAction] of actions) {
  test(`${action}: the client is told that it was taken, the next hop gets nothing`, async () => {
    const { gate, entries } = triedGate({ resolver: zone, ...under(`  - name: All\n    do: [${action}]`) });
    const ruling = await gate.rule(offered(letter), never);
    assert.deepEqual([ruling.course, told(ruling)], ['answer', '250']);
    await ruling.record(ruling.reply!);
    const [entry] = entries;
    assert.deepEqual(
      ['DeliveryAction', 'DeliveryLocation', 'EmailAction'].map((name) => cellOf(entry!, name)),
      [delivery, location, emailAction],
    );
    assert.equal(entry!.kept?.as, location === 'Quarantine' ? 'quarantined' : undefined);
    assert.equal(entry!.told?.until, location === 'Quarantine' ? AT + 2 * 86_400_000 : undefined);
  });
}

test('a signature whose key is gone counts now: nobody may say at the gate that it was there before', async () => {
  const { gate } = triedGate({ resolver: zone });
  const signed = `DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=gone; h=from; bh=${hash('sha256', 'Hello\r\n', 'base64')}; b=AAAA\n${letter}`;
  const ruling = await gate.rule(offered(signed), never);
  const [stamp] = fieldsAfter(offered(signed), ruling, 'authentication-results');
  assert.match(stamp!, /dkim=neutral \(no key for signature\)/);
});

test('Received fields say nothing about the client: it is the one that brought the message', async () => {
  const { gate } = triedGate({ resolver: zone });
  const forged = `Received: from mail.bank.example ([192.0.2.7]) by mx.contoso.com; Sat, 18 Jul 2026 11:00:00 +0000\n${letter}`;
  assert.equal(told(await gate.rule(offered(forged, strange), never)), '550 5.7.26');
});

test('who has proved that he is one of ours is not checked', async () => {
  const { gate } = triedGate({ resolver: zone });
  const client = { ...strange.client, isAuthenticated: true };
  const ruling = await gate.rule(offered(letter, { client }), never);
  assert.equal(told(ruling), '250');
  assert.deepEqual(fieldsAfter(offered(letter), ruling, 'authentication-results'), ['mx.contoso.com; none']);
});

test('DNS that is slow has failed after its time, and its mail comes again', async () => {
  const slow: Resolver = { query: () => new Promise(() => {}) };
  const { gate } = triedGate({ resolver: slow, dnsTime: 50 });
  const began = performance.now();
  assert.equal(told(await gate.rule(offered(letter), never)), '451 4.7.0');
  const took = performance.now() - began;
  assert.ok(isWithin(took, 3000));
});

test('while all of DNS is dead, an open gate lets mail on, unjudged and told so; not where one zone alone is silent', async () => {
  const forged = `Authentication-Results: mx.contoso.com; dmarc=pass\n${letter}`;
  const dead = triedGate({ resolver: silentDns, isDnsAlive: async () => false, onTrouble: 'open' });
  const ruling = await dead.gate.rule(offered(forged), never);
  assert.equal(told(ruling), '250');
  assert.deepEqual(fieldsAfter(offered(forged), ruling, 'authentication-results'), ['mx.contoso.com; none']);
  assert.match(
    fieldsAfter(offered(forged), ruling, 'x-mailhunt-policy')[0]!,
    /^Undecided; because="DNS does not answer"/,
  );
  await ruling.record(ok);
  assert.equal(cellOf(dead.entries[0]!, 'DeliveryAction'), 'Delivered');
  const alive = triedGate({ resolver: silentDns, isDnsAlive: async () => true, onTrouble: 'open' });
  assert.equal(told(await alive.gate.rule(offered(letter), never)), '451 4.7.0');
  const closed = triedGate({ resolver: silentDns, isDnsAlive: async () => false });
  assert.equal(told(await closed.gate.rule(offered(letter), never)), '451 4.7.0');
});

test('where judging itself breaks, the setting decides, and somebody is told', async () => {
  const broken: Resolver = {
    query: () => {
      throw new Error('a defect');
    },
  };
  for (const [onTrouble, answer] of [
    ['open', '250'],
    ['closed', '451 4.3.0'],
  ] as const) {
    const { gate, notices, entries } = triedGate({ resolver: broken, onTrouble });
    const ruling = await gate.rule(offered(letter), never);
    assert.equal(told(ruling), answer);
    assert.match(notices[0]!.message, /a defect/);
    await ruling.record(ok);
    assert.equal(entries.length, onTrouble === 'open' ? 1 : 0);
  }
});

test('a ruling has its time, and ends when its client is gone', async () => {
  const stuck = { query: () => new Promise<never>(() => {}) };
  const { gate } = triedGate({ resolver: stuck, dnsTime: 5000, rulingTime: 50 });
  assert.equal(told(await gate.rule(offered(letter), never)), '451 4.3.0');
  await assert.rejects(gate.rule(offered(letter), AbortSignal.abort(new Error('gone'))), /gone/);
});

test('what is late while DNS answers comes again, open or not; what is late while it is dead goes on where that is set', async () => {
  const stuck = { query: () => new Promise<never>(() => {}) };
  for (const [onTrouble, isAlive, answer] of [
    ['open', true, '451 4.3.0'],
    ['open', false, '250'],
    ['closed', true, '451 4.3.0'],
    ['closed', false, '451 4.3.0'],
  ] as const) {
    const isDnsAlive = async (): Promise<boolean> => isAlive;
    const { gate, notices } = triedGate({ resolver: stuck, dnsTime: 5000, rulingTime: 50, onTrouble, isDnsAlive });
    const ruling = await gate.rule(offered(letter), never);
    assert.equal(told(ruling), answer, `${onTrouble}, DNS ${isAlive ? 'alive' : 'dead'}`);
    assert.match(notices[0]!.message, /longer than 50 ms/);
    const [mark = ''] = fieldsAfter(offered(letter), ruling, 'x-mailhunt-policy');
    assert.equal(mark, answer === '250' ? 'Undecided; because="DNS does not answer"' : '');
  }
});

test('of what a front did not keep the body, the header goes on marked, without forged stamps; a row is left, and no message', async () => {
  const { gate, entries } = triedGate({ resolver: zone, keepMessages: true });
  const header = `Authentication-Results: mx.contoso.com; dmarc=pass\n${letter.split('\n\n')[0]}\n\n`;
  const ruling = gate.unread!(offered(header), 'too large');
  assert.equal(told(ruling), '250');
  assert.deepEqual(fieldsAfter(offered(header), ruling, 'authentication-results'), ['mx.contoso.com; none']);
  assert.deepEqual(fieldsAfter(offered(header), ruling, 'x-mailhunt-policy'), ['Undecided; because="too large"']);
  assert.equal(ruling.edits.body, undefined);
  await ruling.record(ok);
  assert.equal(cellOf(entries[0]!, 'DeliveryAction'), 'Delivered');
  assert.equal(entries[0]!.kept, undefined);
  const long = `${'X: 1\n'.repeat(2001)}${header}`;
  assert.equal(told(gate.unread!(offered(long), 'too large')), '554 5.6.0');
});

test('a full journal: closed, nothing is taken; open, mail goes on unrecorded, but nothing is kept that cannot be', async () => {
  const full = new MailhuntError('GATE0010', { path: 'x', limit: 1 });
  const journal = { hasRoom: false, record: () => Promise.reject(full) };
  const closed = triedGate({ resolver: zone, journal });
  assert.equal(told(await closed.gate.rule(offered(letter), never)), '451 4.3.0');
  const open = triedGate({ resolver: zone, journal, onTrouble: 'open' });
  const ruling = await open.gate.rule(offered(letter), never);
  await ruling.record(ok);
  assert.deepEqual(open.notices, [full]);
  for (const action of ['Quarantine', 'DeleteMessage']) {
    const here = triedGate({
      resolver: zone,
      journal,
      onTrouble: 'open',
      ...under(`  - name: All\n    do: [${action}]`),
    });
    const ended = await here.gate.rule(offered(letter), never);
    await assert.rejects(ended.record(ok), full, action);
  }
});

test('attempts of one delivery have one name; what comes again after its answer has another', async () => {
  const { gate, entries } = triedGate({ resolver: zone });
  const attempt = async (minutes: number, answer: { code: number; enhanced: string; text: string }) => {
    const ruling = await gate.rule(offered(letter, { at: AT + minutes * 60_000 }), never);
    await ruling.record(answer);
    return entries.at(-1)!.id;
  };
  const later = { code: 451, enhanced: '4.3.0', text: 'Later' };
  const ids = [
    await attempt(0, later),
    await attempt(5, later),
    await attempt(10, ok),
    await attempt(15, ok),
    await attempt(20, ok),
  ];
  assert.equal(new Set(ids.slice(0, 3)).size, 1);
  assert.equal(new Set(ids).size, 3);
});

test('an end that could not be written down does not end a delivery: the next attempt has its name', async () => {
  const written: string[] = [];
  let isFull = false;
  const record = async ({ id }: { readonly id: string }): Promise<void> => {
    if (isFull) throw new MailhuntError('GATE0010', { path: 'x', limit: 1 });
    written.push(id);
  };
  const { gate } = triedGate({ resolver: zone, journal: { hasRoom: true, record } });
  const attempt = async (minutes: number, answer: { code: number; enhanced: string; text: string }) =>
    (await gate.rule(offered(letter, { at: AT + minutes * 60_000 }), never)).record(answer);
  await attempt(0, { code: 451, enhanced: '4.3.0', text: 'Later' });
  isFull = true;
  await assert.rejects(attempt(5, ok), { code: 'GATE0010' });
  isFull = false;
  await attempt(10, ok);
  await attempt(15, ok);
  assert.equal(written[0], written[1]);
  assert.equal(new Set(written).size, 2);
});

test('copies of a message for different people are different deliveries, in one millisecond and after they were put off', async () => {
  const { gate, entries } = triedGate({ resolver: zone });
  const idFor = async (recipients: readonly string[], answer = ok, minutes = 0) => {
    const ruling = await gate.rule(offered(letter, { recipients, at: AT + minutes * 60_000 }), never);
    await ruling.record(answer);
    return entries.at(-1)!.id;
  };
  const [anna, ben] = [['anna@contoso.com'], ['ben@contoso.com']];
  assert.notEqual(await idFor(anna), await idFor(ben));
  assert.equal(await idFor([...anna, ...ben]), await idFor([...ben, ...anna]));
  const later = { code: 451, enhanced: '4.3.0', text: 'Later' };
  const ids: string[] = [];
  for (const to of [anna, ben]) {
    await idFor(to, later, 1);
    ids.push(await idFor(to, ok, 5));
  }
  assert.equal(new Set(ids).size, 2);
});

test('a first contact is one once, forgeries that were let in make nobody known, and nothing is said before the past is known', async () => {
  const acquaintances = new Acquaintances();
  const { gate, entries } = triedGate({ resolver: zone, acquaintances, policy: () => defaultPolicy(AT) });
  const contact = async (changes: object) => {
    const ruling = await gate.rule(offered(letter, changes), never);
    await ruling.record(ok);
    return cellOf(entries.at(-1)!, 'IsFirstContact');
  };
  assert.equal(await contact(strange), null);
  acquaintances.seeded();
  assert.equal(await contact(strange), 1);
  assert.equal(await contact({}), 1);
  assert.equal(await contact({}), 0);
  assert.equal(await contact({ recipients: ['anna@contoso.com', 'ben@contoso.com'] }), 1);
});

test('who proves nothing is remembered by nobody: his next message is a first contact, too', async () => {
  const acquaintances = new Acquaintances();
  acquaintances.seeded();
  const { gate, entries } = triedGate({ acquaintances });
  for (let n = 0; n < 2; n++) {
    const ruling = await gate.rule(offered(letter.replace('bank.example', 'unproved.example'), { at: AT + n }), never);
    await ruling.record(ok);
    const { columns, rows } = entries.at(-1)!.tables.find(({ table }) => table === 'EmailEvents')!;
    assert.match(String(JSON.parse(rows[0]!)[columns.indexOf('AuthenticationDetails')]), /"DMARC":"none"/);
    assert.equal(cellOf(entries.at(-1)!, 'IsFirstContact'), 1);
  }
});

test('what passed is remembered, and asked by the policy', async () => {
  const { gate } = triedGate({
    resolver: zone,
    ...under(
      '  - name: Known\n    when:\n      - PassedBefore: 2\n    do: [{ SetHeader: { name: X-Known, value: yes } }]',
    ),
  });
  const known: boolean[] = [];
  for (let n = 0; n < 3; n++) {
    const ruling = await gate.rule(offered(letter, { at: AT + n }), never);
    await ruling.record(ok);
    known.push(ruling.edits.insert.some(({ name }) => name === 'X-Known'));
  }
  assert.deepEqual(known, [false, false, true]);
});

test('a header that is longer than what is checked is refused', async () => {
  const { gate } = triedGate({ resolver: zone });
  assert.equal(told(await gate.rule(offered(`${'X: 1\n'.repeat(2001)}${letter}`), never)), '554 5.6.0');
  // Unjudged, too: what claims to be the gate's word could stand behind the cut, and go on.
  const broken: Resolver = {
    query: () => {
      throw new Error('a defect');
    },
  };
  const open = triedGate({ resolver: broken, onTrouble: 'open' });
  const long = `${'X: 1\n'.repeat(2001)}Authentication-Results: mx.contoso.com; dmarc=pass\n${letter}`;
  assert.equal(told(await open.gate.rule(offered(long), never)), '554 5.6.0');
  assert.equal(told(await open.gate.rule(offered(letter), never)), '250');
});

test('behind more authors than are judged nobody else’s name gets through', async () => {
  const { gate } = triedGate({ resolver: zone });
  const many = (count: number, domain: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => `a${n}@${domain(n)}`).join(', ');
  const from = async (text: string) => told(await gate.rule(offered(`From: ${text}\n${letter}`, strange), never));
  assert.equal(await from(many(9, (n) => `d${n}.example`)), '550 5.7.26');
  assert.equal(await from(many(10, (n) => `d${n}.example`)), '554 5.6.0');
  assert.equal(await from(many(100, () => 'd.example')), '554 5.6.0');
  const disguised = (count: number, last: string): Buffer =>
    Buffer.from(
      `From: a@d.example\r\n${'Fr\x80om: a@d.example\r\n'.repeat(count)}${last}\r\nSubject: Hi\r\n\r\nHello\r\n`,
      'latin1',
    );
  const bank = '\xef\xbb\xbfFrom: jane@bank.example';
  assert.equal(told(await gate.rule(offered(disguised(8, bank), strange), never)), '550 5.7.26');
  assert.equal(told(await gate.rule(offered(disguised(10, bank), strange), never)), '554 5.6.0');
});

test('behind a relay of the organisation the client is the one that the relay saw, and nobody else is believed', async () => {
  const relays = ['relay.contoso.com', '198.51.100.1'];
  const { gate, entries } = triedGate({
    resolver: zone,
    judge: { acceptedDomains: ['contoso.com'], dmarcMode: 'rfc9989', rsaSha1: 'policy', relays },
  });
  const stamped = `Received: from mail.bank.example (mail.bank.example [192.0.2.7]) by relay.contoso.com with ESMTP; Sat, 18 Jul 2026 11:59:00 +0000\n${letter}`;
  const by = (ip: string) => ({ client: { ...strange.client, ip } });
  const relayed = await gate.rule(offered(stamped, by('198.51.100.1')), never);
  await relayed.record(ok);
  assert.equal(told(relayed), '250');
  assert.equal(cellOf(entries[0]!, 'SenderIPv4'), '192.0.2.7');
  for (const other of ['203.0.113.9', '10.0.0.5', '127.0.0.1'])
    assert.equal(told(await gate.rule(offered(stamped, by(other)), never)), '550 5.7.26', other);
  // A relay that says nothing of whom it had the message from is itself the client.
  assert.equal(told(await gate.rule(offered(letter, by('198.51.100.1')), never)), '550 5.7.26');
});
