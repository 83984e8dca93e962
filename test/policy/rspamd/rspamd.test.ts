import assert from 'node:assert/strict';
import { after, before, describe, it, test } from 'node:test';
import { type Case, loadScenarios, receive } from '../../../src/lab/index.ts';
import { defaultPolicyText, readPolicy, translations } from '../../../src/policy/index.ts';
import { type NameServer, nameServer, RCODE } from '../../mail/dns/name-server.ts';
import { configTest, noRspamd, type Rspamd, rspamdWith } from './rspamd-process.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const filesOf = (rules: string, mode = 'Enforce', trustedSealers: readonly string[] = ['lists.example']) =>
  translations.rspamd(readPolicy(`name: "it's ${'$'}{x} {= y =}"\nmode: ${mode}\nrules:\n${rules}`, 'test.yaml'), {
    now: NOW,
    trustedSealers,
  });
const textOf = (...given: Parameters<typeof filesOf>): string =>
  filesOf(...given)
    .map(({ path, text }) => `== ${path}\n${text}`)
    .join('');

/** A rule, and what its files have. */
const rows: readonly [rule: string, found: RegExp][] = [
  [
    '{name: a b, when: [{DMARC: fail, DMARCPolicy: reject}], do: [Reject: {text: No}]}',
    /^ {2}MAILHUNT_1_A_B {\n {4}expression = "DMARC_POLICY_REJECT";\n {4}action = "reject";\n {4}message = "No";/m,
  ],
  [
    '{name: a, when: [{DMARC: fail}], do: [Quarantine]}',
    /"\(DMARC_POLICY_REJECT \| DMARC_POLICY_QUARANTINE \| DMARC_POLICY_SOFTFAIL\)";\n {4}action = "quarantine"/,
  ],
  ['{name: a, when: [{DMARC: temperror}], do: [Defer]}', /"DMARC_DNSFAIL";\n {4}action = "soft reject"/],
  [
    '{name: a, when: [{SPF: [fail, softfail]}, {DKIM: none}], do: [DeleteMessage]}',
    /"\(R_SPF_FAIL \| R_SPF_SOFTFAIL\) & R_DKIM_NA";\n {4}action = "discard"/,
  ],
  [
    '{name: a, when: [{SPF: fail}], unless: [{ARCSealer: trusted}], do: [Reject]}',
    /& !\(ARC_ALLOW_TRUSTED > 1\)"[\s\S]*whitelisted_signers_map = \["lists.example"\]/,
  ],
  [
    '{name: a, when: [{SPF: fail}], unless: [{ARCSealer: a.example}], do: [Reject]}',
    /& !ARC_ALLOW_TRUSTED"[\s\S]*whitelisted_signers_map = \["a.example"\]/,
  ],
  [
    '{name: a, when: [{SPF: fail}], unless: [{SenderIpRanges: 192.0.2.0/24, SPF: fail}], do: [Reject]}',
    /& !\(R_SPF_FAIL & MAILHUNT_MAP_1\)"[\s\S]*type = "ip";\n {2}map = \["192.0.2.0\/24"\]/,
  ],
  [
    '{name: a, when: [{SPF: fail}], do: [Reject]}\n- {name: b, do: [Quarantine]}',
    /MAILHUNT_2_B {\n {4}expression = "!R_SPF_FAIL"/,
  ],
  [
    '{name: a, mode: Audit, when: [{SPF: fail}], do: [Reject]}',
    /composites.conf[\s\S]*MAILHUNT_1_A {\n {2}expression = "R_SPF_FAIL";\n {2}score = 0.0/,
  ],
  ['{name: a, enabled: false, when: [{SPF: fail}], do: [Reject]}', /not in force now/],
  ['{name: a, when: [{CompAuth: fail}], do: [Reject]}', /NOT SAID:\n {2}# {3}CompAuth/],
  [
    '{name: a, when: [{HeaderContains: {MessageHeader: Authentication-Results, Words: x}}], do: [Reject]}',
    /are those of others/,
  ],
  ['{name: a, when: [{SenderIpRanges: 192.0.2.1-192.0.2.9}], do: [Reject]}', /addresses and CIDR/],
  [
    '{name: a, when: [{SPF: fail}], unless: [{ARCSealer: a.example}, {ARCSealer: trusted}], do: [Reject]}',
    /one list of sealers/,
  ],
  [
    '{name: a, when: [{FirstContact: true}], do: [Deliver]}\n- {name: b, when: [{SPF: fail}], do: [Reject]}',
    /Only recorded: “a”/,
  ],
];
for (const [rule, found] of rows) test(`rspamd: ${rule}`, () => assert.match(textOf(`- ${rule}`), found));

test('without a list of sealers nobody is trusted', () => {
  assert.match(
    textOf('- {name: a, when: [{SPF: fail}], unless: [{ARCSealer: trusted}], do: [Reject]}', 'Enforce', []),
    /NOT SAID[\s\S]*names no trusted_sealers/,
  );
});

/** All that can be said, with what a template or a variable would be made of. */
const everything = `- {name: "a \${b} {% c %}", when: [{SPF: fail}], unless: [{SenderDomainIs: contoso.com}, {HeaderContains: {MessageHeader: X-A, Words: ["a \${x} {= y =} \\"b\\""]}}], do: [Reject: {text: 'No \${x} {{ y }} "z"'}]}
- {name: b, when: [{From: a.b@contoso.com}, {SentTo: c@d.example}, {RecipientDomainIs: d.example}, {SubjectMatchesPatterns: ['a/b\\d+$']}], senderAddressLocation: HeaderOrEnvelope, do: [Quarantine]}
- {name: c, mode: Audit, when: [{DMARC: fail}], unless: [{ARCSealer: trusted}], do: [Reject]}
- {name: d, when: [{HeaderMatches: {MessageHeader: X-B, Patterns: ['^\\{a\\}$']}}], do: [Deliver]}`;

describe('the real rspamd', { skip: noRspamd }, () => {
  it('reads the files', () => {
    assert.deepEqual(configTest(filesOf(everything)), { isFine: true, said: 'syntax OK\n' });
  });

  it('would say what is wrong with them', () => {
    const [file] = filesOf(everything);
    const broken = { ...file!, text: file!.text.replace('R_SPF_FAIL', '(R_SPF_FAIL') };
    assert.equal(configTest([broken]).isFine, false);
  });

  let server: NameServer;
  let rspamd: Rspamd;
  const records: Readonly<Record<string, string>> = {
    '_dmarc.bank.example': 'v=DMARC1; p=reject',
    '_dmarc.shop.example': 'v=DMARC1; p=quarantine',
    '_dmarc.lax.example': 'v=DMARC1; p=none',
    'bank.example': 'v=spf1 ip4:198.51.100.1 -all',
    'shop.example': 'v=spf1 -all',
  };
  before(async () => {
    server = await nameServer(({ name, type }) => {
      if (name === '_dmarc.slow.example') return { rcode: RCODE.SERVFAIL };
      const text = type === 'TXT' ? records[name.toLowerCase()] : undefined;
      return text === undefined ? { rcode: RCODE.NXDOMAIN } : { answers: [{ type: 'TXT', name, data: text, ttl: 60 }] };
    });
    const files = filesOf(`
- {name: own, when: [{SenderDomainIs: bank.example}, {SubjectContainsWords: [let me]}], do: [Deliver]}
- {name: slow, when: [{DMARC: temperror}], do: [Defer]}
- {name: refuse, when: [{DMARC: fail, DMARCPolicy: reject}], unless: [{SenderIpRanges: 192.0.2.0/24}, {ARCSealer: trusted}], do: [Reject: {text: 'Not from \${bank} {here}'}]}
- {name: keep, when: [{DMARC: fail, DMARCPolicy: quarantine}], do: [Quarantine]}
- {name: watch, mode: Audit, when: [{DMARC: fail, DMARCPolicy: none}], unless: [{ARCSealer: trusted}], do: [Reject]}
- {name: drop, when: [{RecipientDomainIs: trap.example}], do: [DeleteMessage]}`);
    rspamd = await rspamdWith(files, server.address);
  });
  after(async () => {
    await rspamd?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  const checked = (domain: string, { ip = '203.0.113.7', subject = 'Hello', to = 'a@receiver.example' } = {}) =>
    rspamd.check({
      ip,
      from: `x@${domain}`,
      to,
      message: `From: A <a@${domain}>\r\nTo: <${to}>\r\nSubject: ${subject}\r\nMessage-ID: <1@${domain}>\r\nDate: Sat, 18 Jul 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nHello, this is a message.\r\n`,
    });

  it('refuses what its owner wants refused, with the text of the policy', async () => {
    const { action, messages } = await checked('bank.example');
    assert.equal(action, 'reject');
    assert.equal(messages?.smtp_message, 'Not from $ {bank} {here}');
  });
  it('does not refuse what passes', async () => {
    const { action, symbols } = await checked('bank.example', { ip: '198.51.100.1' });
    assert.ok('DMARC_POLICY_ALLOW' in symbols);
    assert.equal(action, 'no action');
  });
  it('knows the exception for a client, and no other client', async () => {
    assert.notEqual((await checked('bank.example', { ip: '192.0.2.7' })).action, 'reject');
    assert.equal((await checked('bank.example', { ip: '192.0.3.7' })).action, 'reject');
  });
  it('asks the rule before it first', async () => {
    assert.equal((await checked('bank.example', { subject: 'Please let me in' })).action, 'no action');
    assert.equal((await checked('bank.example', { subject: 'outlet mellow' })).action, 'reject');
  });
  it('keeps what its owner wants kept apart', async () => {
    assert.equal((await checked('shop.example')).action, 'quarantine');
  });
  it('asks the client to come again while DNS is silent', async () => {
    assert.equal((await checked('slow.example')).action, 'soft reject');
  });
  it('records what is in Audit, and does nothing', async () => {
    const { action, symbols } = await checked('lax.example');
    assert.ok('MAILHUNT_5_WATCH' in symbols, Object.keys(symbols).join());
    assert.equal(action, 'no action');
    assert.ok(!('MAILHUNT_5_WATCH' in (await checked('free.example')).symbols));
  });
  it('throws away what is for a trap', async () => {
    assert.equal((await checked('free.example', { to: 'a@sub.trap.example' })).action, 'discard');
    assert.notEqual((await checked('free.example', { to: 'a@mytrap.example' })).action, 'discard');
  });
});

describe('the real rspamd and ARC', { skip: noRspamd }, () => {
  /** The letter of a case of the lab, with a word of its description changed. */
  async function letterOf(name: string, from = '', to = '') {
    const { scenarios } = await loadScenarios();
    const one = scenarios.flatMap(({ harmless, attack }) => [harmless, attack]).find((each) => each.name === name)!;
    const changed = JSON.parse(JSON.stringify(one).replace(from, to)) as Case;
    const { letters, records } = await receive(changed, { seed: 1, now: NOW });
    return { letter: letters.find(({ isHistory }) => !isHistory)!, records };
  }

  it('believes a trusted sealer that saw the message pass, and none that saw it fail', async () => {
    const [passed, failed] = [
      await letterOf('trusted-sealer-abused'),
      await letterOf('trusted-sealer-abused', 'dmarc=pass', 'dmarc=fail'),
    ];
    await using server = await nameServer(({ name, type }) => {
      const found = passed.records.filter(
        (one) => one.name === name.toLowerCase() && one.type === type && type === 'TXT',
      );
      if (found.length === 0) return { rcode: RCODE.NXDOMAIN };
      const answers = found.map(({ value }) => ({
        type: 'TXT' as const,
        name,
        data: String(value).match(/.{1,255}/g)!,
        ttl: 60,
      }));
      return { answers };
    });
    const rule =
      '- {name: refuse, when: [{DMARC: fail, DMARCPolicy: reject}], unless: [{ARCSealer: trusted}], do: [Reject]}';
    await using rspamd = await rspamdWith(filesOf(rule, 'Enforce', ['clubs.example']), server.address);
    const answered = async ({ letter }: typeof passed) => {
      const { ip = '', mailFrom = '', recipients } = letter.transaction;
      return rspamd.check({ ip, from: mailFrom, to: recipients[0]!, message: letter.bytes.toString('latin1') });
    };
    const [believed, refused] = [await answered(passed), await answered(failed)];
    for (const { symbols } of [believed, refused])
      assert.ok('ARC_ALLOW_TRUSTED' in symbols && 'DMARC_POLICY_REJECT' in symbols, Object.keys(symbols).join());
    assert.deepEqual([believed.action, refused.action], ['no action', 'reject']);
  });
});

test('the default policy comes out as what it means', () => {
  const policy = readPolicy(defaultPolicyText(NOW).replace('mode: Audit', 'mode: Enforce'), 'x');
  const [file] = translations.rspamd(policy, { now: NOW, trustedSealers: ['lists.example'] });
  assert.match(
    file!.text,
    /MAILHUNT_2_REFUSE_WHAT_ITS_OWNER_WANTS_REFUSED {\n {4}expression = "DMARC_POLICY_REJECT & !\(ARC_ALLOW_TRUSTED > 1\)"/,
  );
});
