import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Evidence, type House, kqlText, signalsOf } from '../../src/evidence/index.ts';
import { letterOf, verdictOf } from '../../src/investigate/index.ts';
import { nextStepsOf, playbook } from '../../src/investigate/steps/playbook.ts';
import { situationOf } from '../../src/investigate/steps/situation.ts';
import { compile } from '../../src/kql/index.ts';
import { readSpoofEntry } from '../../src/settings/index.ts';
import { bareCatalog } from '../../src/store/index.ts';
import {
  acquaintance,
  byPlatform,
  carrier,
  check,
  click,
  forgery,
  header,
  honest,
} from '../evidence/signals/made-evidence.ts';

const house: House = { acceptedDomains: ['contoso.com'], trustedSealers: [] };
const now = Date.parse('2026-07-18T14:00:00Z');

function stepsOf(evidence: Evidence) {
  const verdict = verdictOf(evidence, { house });
  const letter = letterOf(evidence, verdict.word, house);
  return nextStepsOf(situationOf(evidence, verdict, { house, letter, now }));
}
const named = (evidence: Evidence): readonly string[] => stepsOf(evidence).map(({ name }) => name);

const lure = {
  urls: [{ url: 'https://bank.throwaway.example/a', domain: 'bank.throwaway.example', location: 'Body' }],
  attachments: [{ fileName: 'a.html', fileType: 'html', sha256: 'b'.repeat(64), size: 9, threatTypes: '' }],
};
const hostile = 'x\'; Remove-Mailbox "y"\n| take 5 //';

const full: Evidence = forgery(
  { ...lure, headers: header({ replyTo: 'bank.accounts@freemail.example', replyToDomain: 'freemail.example' }) },
  {
    clicks: [click],
    replies: [
      {
        at: '2026-07-18T15:00:00Z',
        kind: 'reply',
        networkMessageId: 'r',
        from: 'anna.berg@contoso.com',
        to: ['x@freemail.example'],
        reachesSender: true,
      },
    ],
    aftermath: [
      {
        at: '2026-07-18T15:30:00Z',
        account: 'anna.berg@contoso.com',
        table: 'EntraIdSignInEvents',
        kind: 'sign-in',
        words: 'Anna Berg signed in from another country.',
        isSuspicious: true,
      },
    ],
    acquaintance: acquaintance({
      handling: {
        connector: '',
        connectorForOthers: 0,
        transportRule: 'Skip filtering',
        orgAction: 'Allow',
        orgPolicy: 'Exchange transport rule',
        distributionList: '',
        bulkLevel: undefined,
      },
    }),
  },
);

test('a forgery that was delivered, clicked and answered: purge, reset, call, block the pair and never the name alone', () => {
  const steps = stepsOf(full);
  const names = steps.map(({ name }) => name);
  for (const name of [
    'purge',
    'reset-credentials',
    'call-who-answered',
    'look-for-clicks',
    'block-spoof-pair',
    'block-links',
    'block-files',
    'review-what-let-it-in',
  ])
    assert.ok(names.includes(name), `${name} in ${names}`);
  assert.ok(!names.includes('block-sender'));
  const pair = steps.find(({ name }) => name === 'block-spoof-pair')?.text ?? '';
  assert.match(pair, /-SpoofedUser 'bank\.example' -SendingInfrastructure '203\.0\.113\.0\/24' -SpoofType External/);
  assert.match(pair, /spoof_block: \['bank\.example via 203\.0\.113\.0\/24'\]/);
  assert.match(steps.find(({ name }) => name === 'reset-credentials')?.words ?? '', /reset the password now/);
});

test('steps that do not fit are not there', () => {
  assert.deepEqual(named(honest()), ['nothing-to-do']);
  const quarantined = forgery({
    recipients: forgery().message.recipients.map((one) => ({ ...one, deliveryAction: 'Blocked' })),
  });
  assert.ok(!named(quarantined).includes('purge'));
  assert.ok(!named(forgery()).includes('reset-credentials'));
});

test('a platform that was not set up: the letter, and where its mail was junked an entry with an end', () => {
  const junked = byPlatform(
    { recipients: forgery().message.recipients.map((one) => ({ ...one, deliveryAction: 'Junked' })) },
    { acquaintance: acquaintance({ carrier }) },
  );
  const steps = stepsOf(junked);
  assert.match(steps.find(({ name }) => name === 'write-to-postmaster')?.text ?? '', /^To: postmaster@bank\.example\n/);
  assert.match(
    steps.find(({ name }) => name === 'allow-for-a-while')?.text ?? '',
    /'bank\.example via platform\.example until 2026-08-17'/,
  );
});

test('an address that is only assumed becomes no entry of a list', () => {
  const assumed = forgery({
    checks: [
      check('SPF', 'fail', { domain: 'bank.example', clientKnown: 'assumed' }),
      check('DMARC', 'fail', { domain: 'bank.example' }),
    ],
  });
  assert.ok(!named(assumed).includes('block-spoof-pair'));
});

/** Hosts of links, and the entries of the Tenant Allow/Block List that hold for the bare host and all of its pages. */
const hosts: readonly [host: string, entries: string | undefined][] = [
  ['login.throwaway.example', "-Entries 'login.throwaway.example' "],
  ['203.0.113.9', "-Entries '203.0.113.9','203.0.113.9/*' "],
  ['abc.de', "-Entries 'abc.de' "],
  ['bank.example', undefined],
];

for (const [domain, entries] of hosts)
  test(`a link to ${domain} is blocked by ${entries ?? 'no entry: it is the author’s own'}`, () => {
    const one = forgery({ urls: [{ url: `https://${domain}/a`, domain, location: 'Body' }] });
    const text = stepsOf(one).find(({ name }) => name === 'block-links')?.text;
    if (entries === undefined) assert.equal(text, undefined);
    else assert.ok(text?.includes(entries), text);
  });

test('a source of IPv6 is blocked by its /64 here, and by no entry that Microsoft does not document', () => {
  const text = stepsOf(forgery({ senderIp: '2001:db8:0:7::5' })).find(({ name }) => name === 'block-spoof-pair')?.text;
  assert.equal(text, "# mailhunt.yaml\nspoof_block: ['bank.example via 2001:db8:0:7::/64']");
  assert.notEqual(readSpoofEntry('bank.example via 2001:db8:0:7::/64'), undefined);
});

test('what the message holds never gets into a command, and in a query it stays a text', () => {
  const evil = forgery(
    {
      networkMessageId: hostile,
      senderFromAddress: `${hostile}@bank.example`,
      senderFromDomain: hostile,
      senderIp: hostile,
      subject: hostile,
      urls: [{ url: hostile, domain: hostile, location: 'Body' }],
      attachments: [{ fileName: `${hostile}.html`, fileType: '', sha256: hostile, size: 1, threatTypes: '' }],
    },
    { clicks: [{ ...click, account: hostile }] },
  );
  for (const { name, text = '', query } of stepsOf(evil)) {
    assert.doesNotMatch(text, /Remove-Mailbox/, name);
    if (query !== undefined)
      assert.doesNotMatch(
        query.replaceAll(kqlText(hostile), '""').replaceAll(kqlText(hostile.toLowerCase()), '""'),
        /Remove-Mailbox/i,
        name,
      );
  }
});

test('every query of a step and of a signal compiles', () => {
  const catalog = bareCatalog();
  const context = { catalog, now: 639199798800000000n };
  const evil = forgery({ ...lure, networkMessageId: hostile, senderIp: hostile, senderFromDomain: hostile });
  const steps = [
    full,
    evil,
    byPlatform(lure),
    forgery({
      checks: [check('DMARC', 'temperror', { domain: 'bank.example' })],
      words: { ...full.message.words, dmarc: 'temperror' },
    }),
  ].flatMap(stepsOf);
  const queries = [...steps, ...[full, evil].flatMap((one) => signalsOf(one, house))].flatMap(
    ({ query }) => query ?? [],
  );
  assert.ok(queries.length > 20);
  for (const query of new Set(queries)) assert.ok(compile(query, context).tables.length > 0, query);
});

test('each row of the playbook says when it applies', () => {
  const names = playbook.map(({ name }) => name);
  assert.deepEqual([...new Set(names)], names);
  for (const { about } of playbook) assert.match(about, /^[A-Z].{10,}\.$/);
});
