import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ran } from '../world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-policy-translate-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);
const saved = (name: string, text: string): string => {
  writeFileSync(file(name), text);
  return file(name);
};

const policy = saved(
  'policy.yaml',
  'name: x\nmode: Enforce\nrules:\n- name: a\n  when: [{ DMARC: fail, DMARCPolicy: reject }]\n  do: [Reject]\n',
);

describe('mailhunt policy export', () => {
  it('prints New-TransportRule commands', async () => {
    const { code, out } = await ran(['policy', 'export', policy, '--exchange']);
    assert.equal(code, 0);
    assert.match(out, /^New-TransportRule -Name 'a' `$/m);
  });

  it('prints several files with their names, or writes them, never over one', async () => {
    const settings = saved('mailhunt.yaml', 'trusted_sealers: [lists.example]\n');
    const text = readFileSync(policy, 'utf8').replace('do:', 'unless: [{ ARCSealer: trusted }]\n  do:');
    const listed = saved('listed.yaml', text);
    const printed = await ran(['policy', 'export', listed, '--rspamd', '--config', settings]);
    assert.match(
      printed.out,
      /^# ===== local\.d\/force_actions\.conf\n[\s\S]*^# ===== local\.d\/arc\.conf\n[\s\S]*"lists\.example"/m,
    );
    const written = ['policy', 'export', listed, '--rspamd', '--config', settings, '--to', file('rspamd')];
    assert.equal((await ran(written)).code, 0);
    assert.match(readFileSync(file('rspamd/local.d/arc.conf'), 'utf8'), /"lists\.example"/);
    const again = await ran(written);
    assert.equal(again.code, 2);
    assert.match(again.err, /force_actions\.conf cannot be written: it is there already/);
  });

  it('prints opendmarc.conf', async () => {
    const { out } = await ran(['policy', 'export', policy, '--opendmarc']);
    assert.match(out, /^RejectFailures true$/m);
  });

  it('wants one of the three', async () => {
    for (const given of [[], ['--rspamd', '--exchange']]) {
      const { code, err } = await ran(['policy', 'export', policy, ...given]);
      assert.equal(code, 2);
      assert.match(err, /give one of --exchange, --rspamd and --opendmarc/);
    }
  });
});

describe('mailhunt policy import', () => {
  const rule = {
    Name: 'a',
    State: 'Enabled',
    Mode: 'Enforce',
    Conditions: ['x'],
    SenderDomainIs: ['contoso.com'],
    Quarantine: true,
  };

  it('prints a policy that can be checked and exported again', async () => {
    const { code, out, err } = await ran(['policy', 'import', saved('rules.json', JSON.stringify([rule]))]);
    assert.equal(code, 0);
    assert.match(err, /^1 rule, of which 0 switched off; the policy is in Audit\n$/);
    const again = saved('imported.yaml', out);
    assert.match((await ran(['policy', 'check', again])).out, /Audit, 1 rule\b/);
    assert.match((await ran(['policy', 'export', again, '--exchange'])).out, /-SenderDomainIs 'contoso\.com'/);
  });

  it('says what is switched off, and ends with 1', async () => {
    const rules = [{ ...rule, Name: 'first', SentToMemberOf: ['vip@contoso.com'], Conditions: ['x', 'y'] }, rule];
    const given = ['policy', 'import', saved('off.json', JSON.stringify(rules)), '--to', file('off.yaml')];
    const { code, out, err } = await ran(given);
    assert.deepEqual([code, out], [1, '']);
    assert.match(
      err,
      /“first” is switched off: SentToMemberOf is no condition that mailhunt has\n“a” is in Audit: it stands behind “first”/,
    );
    assert.match(readFileSync(file('off.yaml'), 'utf8'), /enabled: false/);
    assert.match((await ran(given)).err, /off\.yaml cannot be written: it is there already/);
  });

  it('names the property that was cut off, and what to do', async () => {
    const cut = saved('cut.json', JSON.stringify([{ ...rule, SenderDomainIs: 'System.Object[]' }]));
    const { code, err } = await ran(['policy', 'import', cut]);
    assert.equal(code, 1);
    assert.match(err, /POLICY0011: .*SenderDomainIs of the rule “a” was cut off[\s\S]*-Depth 5/);
  });
});
