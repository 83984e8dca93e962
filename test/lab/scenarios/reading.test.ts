import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { caseIn, loadScenarios } from '../../../src/lab/index.ts';
import { emptyCast } from '../../../src/lab/scenarios/cast.ts';
import { readScenario } from '../../../src/lab/scenarios/read-scenario.ts';
import { inTime } from '../../in-time.ts';

const good = `theme: a theme
mail:
  from: Bank <a@bank.example>
  to: anna@receiver.example
  subject: Hello
  text: "See https://bank.example/x"
domains:
  bank.example:
    hosts: { mail.bank.example: 192.0.2.1 }
    dkim: { s1: rsa-2048 }
harmless:
  name: good-mail
  story: Good.
  sent_by: mail.bank.example
  steps:
    - sign: bank.example
  verdict: { spf: none, dkim: pass, dmarc: none, disposition: none, compauth: pass, reason: 109 }
  smtp: 250
attack:
  name: bad-mail
  technique: T1672
  story: Bad.
  sent_by: 203.0.113.9
  verdict: { spf: none, dkim: none, dmarc: none, disposition: none, compauth: fail, reason: 001 }
  smtp: 250
`;

const read = (text: string, own: readonly string[] = []) =>
  readScenario(text, { name: 'x', file: 'x.yaml' }, { cast: emptyCast, own });

/** What reading a text ends with: the code and the message. */
function refusal(text: string, own?: readonly string[]): string {
  try {
    read(text, own);
  } catch (error) {
    assert.ok(error instanceof MailhuntError, String(error));
    return `${error.code} ${error.message}`;
  }
  return 'read';
}

/** The good file with one line in another form. */
function changed(from: string, to: string): string {
  assert.ok(good.includes(from), from);
  return good.replace(from, to);
}

describe('a scenario file', () => {
  it('is read as it stands, reason codes with their zeros', () => {
    const { attack, harmless } = read(good);
    assert.equal(attack.letters[0]!.claim!.reason, '001');
    assert.deepEqual(attack.letters[0]!.letter.handOver, {
      ip: '203.0.113.9',
      helo: '[203.0.113.9]',
      mailFrom: 'a@bank.example',
    });
    assert.deepEqual(harmless.letters[0]!.letter.journey, [{ do: 'sign', domain: 'bank.example', selector: 's1' }]);
    assert.equal(attack.twin, 'good-mail');
  });

  const mistakes: readonly (readonly [what: string, text: string, error: string])[] = [
    [
      'an unknown field',
      changed('  story: Good.', '  stroy: Good.'),
      'LAB0001 x.yaml, line 13, column 3: harmless: there is no field "stroy"; did you mean story?',
    ],
    [
      'an unknown step',
      changed('- sign: bank.example', '- sing: bank.example'),
      'LAB0001 x.yaml, line 16, column 7: harmless.steps[1]: there is no step "sing"; did you mean sign?',
    ],
    [
      'a signer without a key',
      changed('- sign: bank.example', '- sign: shop.example'),
      'LAB0001 x.yaml, line 16, column 13: harmless.steps[1].sign: shop.example publishes no DKIM key: give it one under domains',
    ],
    [
      'a selector that there is not',
      changed('- sign: bank.example', '- sign: { domain: bank.example, selector: s9 }'),
      'LAB0001 x.yaml, line 16, column 13: harmless.steps[1].sign: bank.example publishes no DKIM key with the selector s9: give it one under domains',
    ],
    [
      'a host that nobody has',
      changed('sent_by: mail.bank', 'sent_by: mali.bank'),
      'LAB0001 x.yaml, line 14, column 12: harmless.sent_by: no domain here has a host "mali.bank.example": name it under hosts',
    ],
    [
      'the key of a public domain',
      good.replaceAll('bank.example', 'bank.com'),
      "LAB0002 x.yaml, line 3, column 9: mail.from: bank.com is somebody's domain",
    ],
    [
      'a public domain under domains',
      changed('  bank.example:\n', '  microsoft.com:\n'),
      "LAB0002 x.yaml, line 8, column 3: domains: microsoft.com is somebody's domain",
    ],
    [
      'a public signer',
      changed('- sign: bank.example', '- sign: { domain: google.com, selector: s1, with_key: mine }'),
      "LAB0002 x.yaml, line 16, column 13: harmless.steps[1].sign: google.com is somebody's domain",
    ],
    [
      'a public address of a host',
      changed('192.0.2.1', '8.8.8.8'),
      "LAB0002 x.yaml, line 9, column 33: domains.bank.example.hosts.mail.bank.example: 8.8.8.8 is somebody's domain or address",
    ],
    [
      'a public client',
      changed('sent_by: 203.0.113.9', 'sent_by: 1.1.1.1'),
      "LAB0002 x.yaml, line 23, column 12: attack.sent_by: 1.1.1.1 is somebody's",
    ],
    [
      'a link to a public domain',
      changed('https://bank.example/x', 'https://contoso.com/x'),
      "LAB0002 x.yaml, line 6, column 9: mail.text: contoso.com is somebody's",
    ],
    [
      'a public recipient',
      changed('anna@receiver.example', 'anna@contoso.com'),
      "LAB0002 x.yaml, line 4, column 7: mail.to: anna@contoso.com is somebody's",
    ],
    [
      'no technique',
      changed('  technique: T1672\n', ''),
      'LAB0001 x.yaml, line 20, column 3: attack: says no technique',
    ],
    [
      'a verdict that says too little',
      changed(', reason: 001', ''),
      'LAB0001 x.yaml, line 24, column 12: attack.verdict: says nothing of reason',
    ],
    [
      'a word that no check says',
      changed('spf: none, dkim: none', 'spf: hardfail, dkim: none'),
      'LAB0001 x.yaml, line 24, column 19: attack.verdict.spf: "hardfail"; known are',
    ],
    [
      'a click on nothing',
      changed('  smtp: 250\nattack', '  smtp: 250\n  clicks: [{ link: "https://bank.example/y" }]\nattack'),
      'LAB0001 x.yaml, line 12, column 3: harmless: nobody can click on https://bank.example/y',
    ],
    [
      'two halves of one name',
      changed('name: bad-mail', 'name: good-mail'),
      'LAB0001 x.yaml, line 20, column 9: attack.name: both halves have one name',
    ],
    ['broken YAML', changed('  to: anna', '  to: "anna'), 'LAB0001 x.yaml, line '],
    ['a list instead of a scenario', '- a\n- b\n', 'LAB0001 x.yaml, line 1, column 1: is a list of lines'],
    ['nothing', '', 'LAB0001 x.yaml, line 1, column 1: is a list of lines'],
    ['a key twice', `theme: b\n${good}`, 'LAB0001 x.yaml, line 2, column 1: "theme" stands here twice'],
  ];
  for (const [what, text, error] of mistakes) {
    it(`with ${what} is refused with its place`, () => {
      const found = refusal(text);
      assert.ok(found.startsWith(error), found);
    });
  }

  it('may be about a domain that the caller has', () => {
    const text = good.replaceAll('bank.example', 'bank.com');
    assert.equal(refusal(text, ['bank.com']), 'read');
    assert.match(refusal(text, ['otherbank.com']), /^LAB0002/);
  });
});

describe('a hostile scenario file', () => {
  const bombs: readonly (readonly [what: string, text: string, error: RegExp])[] = [
    ['10 MB', `theme: ${'x'.repeat(10 << 20)}`, /larger than 64 KB/],
    ['nesting', `theme: ${'['.repeat(60_000)}`, /LAB0001/],
    [
      'thousands of keys',
      Array.from({ length: 9000 }, (_, i) => `k${i}:`).join('\n'),
      /there is no field "k0"|more than/,
    ],
    ['a key without end', `mail:\n  ? "${'x'.repeat(60_000)}"\n  : 1\n`, /there is no field "x{80}"/],
    ['deep lists', '['.repeat(20_000), /nested too deeply/],
    ['UTF-16', Buffer.from('theme: x', 'utf16le').toString(), /not UTF-8/],
    ['nested maps', `mail: ${'{a: '.repeat(30)}1${'}'.repeat(30)}`, /LAB0001/],
    [
      'aliases that explode',
      `a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n`,
      /there is no field "a"/,
    ],
    [
      'aliases that explode where a list is wanted',
      `theme: t\npinned: [&p x]\nmail: { subject: [${'*p, '.repeat(19)}], text: [*p, *p] }\n`,
      /more than 20 aliases/,
    ],
    ['an alias of itself', 'mail: &m\n  subject: *m\n', /LAB0001/],
    ['an anchor that is not there', 'theme: *nowhere\n', /LAB0001/],
    [
      'many letters',
      good.replace('  smtp: 250\nattack', '  smtp: 250\n  times: 5000\nattack'),
      /whole number from 1 to 60/,
    ],
    ['many letters in a list', `${good}  letters: [${'{ times: 60 }, '.repeat(5)}]\n`, /300 letters; at most 60/],
    ['a prototype', `${good}__proto__: { a: 1 }\n`, /there is no field "__proto__"/],
    ['a prototype of domains', good.replace('  bank.example:\n', '  __proto__:\n'), /LAB000/],
    ['a tag', 'theme: !!js/function "x"\n', /LAB0001/],
    ['control characters in a name', good.replace('good-mail', '"\\e[2J"'), /kebab-case/],
  ];
  for (const [what, text, error] of bombs) {
    it(`with ${what} is refused, and soon`, async () => {
      assert.match(await inTime(5000, () => refusal(text)), error);
    });
  }
});

describe('a folder of scenarios', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-folder-'));
  after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a-good.yaml'), good);
  writeFileSync(join(folder, 'b-broken.yaml'), 'theme: [\n');
  writeFileSync(join(folder, 'c-again.yaml'), good);
  writeFileSync(
    join(folder, 'd-other.yaml'),
    good.replace('good-mail', 'other-mail').replace('bad-mail', 'other-attack'),
  );
  writeFileSync(join(folder, 'readme.md'), '# nothing\n');

  it('is read all the same where one file is broken, and no name is taken twice', async () => {
    const found = await loadScenarios(folder);
    assert.deepEqual(
      found.scenarios.map(({ name }) => name),
      ['a-good', 'd-other'],
    );
    assert.equal(found.problems.length, 2);
    assert.match(found.problems[0]!.message, /b-broken\.yaml, line \d+, column \d+/);
    assert.match(found.problems[1]!.message, /the name good-mail is taken by .*a-good\.yaml/);
  });

  it('says which names it has where one is asked for that it has not', async () => {
    const found = await loadScenarios(folder);
    assert.equal(caseIn(found, 'bad-mail').nature, 'attack');
    assert.throws(() => caseIn(found, 'bad'), { code: 'LAB0003' });
    assert.throws(() => caseIn(found, 'good-mai'), /did you mean good-mail/);
  });

  it('that is not there is refused by name', async () => {
    await assert.rejects(loadScenarios(join(folder, 'nowhere')), { code: 'LAB0005' });
  });
});
