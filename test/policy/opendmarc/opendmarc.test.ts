import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { defaultPolicyText, readPolicy, translations } from '../../../src/policy/index.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const filesOf = (rules: string, mode = 'Enforce', trustedSealers: readonly string[] = ['lists.example']) =>
  translations.opendmarc(readPolicy(`name: test\nmode: ${mode}\nrules:\n${rules}`, 'test.yaml'), {
    now: NOW,
    trustedSealers,
  });
/** Lines that OpenDMARC reads, of all files. */
const settingsOf = (...given: Parameters<typeof filesOf>): readonly string[] =>
  filesOf(...given).flatMap(({ text }) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
const textOf = (...given: Parameters<typeof filesOf>): string => filesOf(...given)[0]!.text;

const refuse = (more = '') => `- {name: refuse, when: [{DMARC: fail, DMARCPolicy: reject}], do: [Reject]${more}}\n`;
const keep = (more = '') => `- {name: keep, when: [{DMARC: fail, DMARCPolicy: quarantine}], do: [Quarantine]${more}}\n`;
const first = (rule: string) => `- {name: first, ${rule}}\n`;

/** A policy, whether OpenDMARC refuses and holds, and what else stands in its file. */
const rows: readonly [rules: string, rejects: boolean, holds: boolean, more: RegExp][] = [
  [refuse(), true, false, /refuse: said below/],
  [refuse() + keep(), true, true, /keep: said below/],
  [keep(), false, false, /keep: NOT SAID\n# - without RejectFailures/],
  [refuse(', mode: Audit'), false, false, /refuse: NOT SAID\n# - it is in Audit/],
  [refuse(', unless: [{ARCSealer: trusted}]'), true, false, /\nDomainWhitelist lists\.example\n/],
  [
    refuse(', unless: [{SenderIpRanges: [192.0.2.0/24]}]'),
    true,
    false,
    /\nIgnoreHosts \/etc\/opendmarc\/ignore\.hosts\n/,
  ],
  [
    refuse(', unless: [{SenderDomainIs: contoso.com}]'),
    true,
    false,
    /none below them\. Anybody can write one into\n# From\.\nIgnoreMailFrom contoso\.com\n/,
  ],
  [refuse(', unless: [{SenderIpRanges: 192.0.2.1, expires: 2026-01-01}]'), true, false, /refuse: said/],
  [
    refuse(', unless: [{ARCSealer: trusted}]') + keep(),
    true,
    false,
    /keep: NOT SAID\n# - its exceptions are not those of “refuse”/,
  ],
  [refuse(', unless: [{SenderIpRanges: 192.0.2.1-192.0.2.9}]'), false, false, /it takes addresses and CIDR/],
  [refuse(', unless: [{FirstContact: false}]'), false, false, /it has no exception for FirstContact/],
  [refuse(', unless: [{SPF: pass, SenderIpRanges: 192.0.2.1}]'), false, false, /one test each/],
  [first('when: [{SPF: pass}], do: [Deliver]') + refuse(), false, false, /“first” before it cannot be said/],
  [first('when: [{DMARC: pass}], do: [Deliver]') + refuse(), true, false, /first: NOT SAID/],
  [first('when: [{DMARC: temperror}], do: [Defer]') + refuse(), true, false, /first: said below/],
  [first('when: [{DMARC: fail}], do: [Reject]'), false, false, /nothing else/],
];
for (const [rules, rejects, holds, more] of rows) {
  test(`OpenDMARC: ${rules}`, () => {
    const settings = settingsOf(rules);
    assert.ok(settings.includes(`RejectFailures ${rejects}`));
    assert.ok(settings.includes(`HoldQuarantinedMessages ${holds}`));
    assert.match(textOf(rules), more);
  });
}

test('what is exempt is that of rules that are said', () => {
  assert.ok(!settingsOf(refuse(', mode: Audit, unless: [{SenderDomainIs: contoso.com}]')).join().includes('contoso'));
});

test('a policy in Audit refuses nothing, the default one in Enforce all that it can', () => {
  const audited = settingsOf(refuse() + keep(), 'Audit');
  assert.deepEqual(
    audited.filter((line) => /^(?:Reject|Hold)/.test(line)),
    ['RejectFailures false', 'HoldQuarantinedMessages false', 'RejectMultiValueFrom false'],
  );
  const policy = readPolicy(defaultPolicyText(NOW).replace('mode: Audit', 'mode: Enforce'), 'x');
  const [file] = translations.opendmarc(policy, { now: NOW, trustedSealers: ['lists.example'] });
  assert.match(
    file!.text,
    /^RejectFailures true\n[\s\S]*^HoldQuarantinedMessages true\n[\s\S]*^DomainWhitelist lists.example$/m,
  );
});

test('a name cannot begin a line of its own', () => {
  const lines = settingsOf(refuse().replace('name: refuse', 'name: "a\\u2028 \\x85 RejectFailures"'));
  assert.equal(lines.filter((line) => line.includes('RejectFailures')).length, 1);
});

const noOpenDmarc = existsSync('/usr/sbin/opendmarc') ? false : 'opendmarc is not installed: apt-get install opendmarc';

describe('the real OpenDMARC', { skip: noOpenDmarc }, () => {
  /** What `opendmarc -n` says of files. */
  function configTest(files: readonly { readonly path: string; readonly text: string }[]) {
    const folder = mkdtempSync(join(tmpdir(), 'policy-opendmarc-'));
    try {
      for (const { path, text } of files)
        writeFileSync(join(folder, path), text.replace('/etc/opendmarc/', `${folder}/`));
      const run = spawnSync('/usr/sbin/opendmarc', ['-n', '-c', join(folder, 'opendmarc.conf')], {
        encoding: 'utf8',
        timeout: 30_000,
      });
      return { code: run.status, said: `${run.stdout}${run.stderr}` };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  const all =
    ', unless: [{ARCSealer: trusted}, {SenderIpRanges: [192.0.2.0/24, 2001:db8::/32]}, {SenderDomainIs: contoso.com}]';

  it('reads the files', () => {
    assert.deepEqual(configTest(filesOf(refuse(all) + keep(all))), { code: 0, said: '' });
  });

  it('would say what is wrong with them', () => {
    const [file] = filesOf(refuse());
    const broken = [{ ...file!, text: `${file!.text}RejectFailuresOnly true\n` }];
    assert.notEqual(configTest(broken).code, 0);
  });
});
