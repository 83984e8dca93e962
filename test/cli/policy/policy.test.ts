import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-policy-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

describe('mailhunt policy', () => {
  before(async () => {
    assert.equal((await ran(['lab', 'build', file('lab')])).code, 0);
  });

  const explain = (name: string, ...more: readonly string[]) =>
    ran(['policy', 'explain', file(`lab/${name}.eml`), '--dns', file(`lab/${name}.zone`), ...more], { width: 80 });

  it('writes the default policy once, in Audit, and reads it', async () => {
    const policy = file('policy.yaml');
    assert.equal((await ran(['policy', 'init', policy])).code, 0);
    assert.match(readFileSync(policy, 'utf8'), /^mode: Audit$/m);
    const again = await ran(['policy', 'init', policy]);
    assert.equal(again.code, 2);
    assert.match(again.err, /it is there already/);
    assert.match((await ran(['policy', 'check', policy])).out, /Audit, 3 rules/);
  });

  it('tells the place of a mistake', async () => {
    writeFileSync(
      file('wrong.yaml'),
      'name: x\nmode: Audit\nrules:\n  - name: a\n    when: [{ DMRC: fail }]\n    do: [Reject]\n',
    );
    const { code, err } = await ran(['policy', 'check', file('wrong.yaml')]);
    assert.equal(code, 1);
    assert.match(err, /POLICY0001: .*wrong\.yaml, line 5, column 14: .*"DMRC"; did you mean DMARC\?/);
  });

  it('looks a policy over', async () => {
    writeFileSync(
      file('open.yaml'),
      'name: x\nmode: Audit\nrules:\n  - name: a\n    when: [{ DMARC: fail }]\n    unless: [{ SPF: pass }]\n    do: [Reject]\n',
    );
    const { code, out } = await ran(['policy', 'check', file('open.yaml')], { width: 80 });
    assert.equal(code, 1);
    assert.match(
      out,
      /open\.yaml:6:14 {2}error PL001 forgeable-exception\n {2}“a”: the exception “SPF: pass” holds for/,
    );
    for (const id of ['PL003', 'PL007']) assert.match(out, new RegExp(id));
    for (const line of out.split('\n')) assert.ok(line.length <= 80 || line.includes(folder), line);
    assert.equal((await ran(['policy', 'check', file('policy.yaml')])).code, 0);
  });

  it('explains why a forgery would be refused, and that it is not in Audit', async () => {
    const { code, out } = await explain('exact-domain-spoof-reject');
    assert.equal(code, 1);
    assert.match(
      out,
      /^Deliver {3}\(“Honour the owner's policy”, Audit\)\nIn Enforce it would be refused \(Reject: 550 5\.7\.26 /,
    );
    assert.match(out, /✓ DMARC: fail – DMARC is fail/);
    assert.match(out, /✗ except ARCSealer: trusted – nobody sealed it/);
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
  });

  it('explains by which exception a list goes through, and what its forged twin lacks', async () => {
    const settings = ['--config', file('lab/receiver.yaml')];
    const list = await explain('mailing-list', ...settings);
    assert.match(
      list.out,
      /an exception holds[\s\S]*✓ except ARCSealer: trusted – the trusted sealer “lists\.example” vouches/,
    );
    assert.equal(list.code, 0);
    const forged = await explain('untrusted-arc-sealer', ...settings);
    assert.match(forged.out, /✗ except ARCSealer: trusted – “throwaway\.example” sealed it/);
    assert.equal(forged.code, 1);
  });

  it('gives programs all of it', async () => {
    const { out } = await explain('temperror-policy', '--json');
    const found = JSON.parse(out) as { inEnforce: { kind: string }; rules: readonly { outcome: string }[] };
    assert.equal(found.inEnforce.kind, 'Defer');
    assert.deepEqual(
      found.rules.map(({ outcome }) => outcome),
      ['matched', 'not reached', 'not reached'],
    );
  });
});
