import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadScenarios } from '../../src/lab/index.ts';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-lab-'));
after(() => rmSync(folder, { recursive: true }));

const { scenarios } = await loadScenarios();
const names = scenarios.flatMap(({ harmless, attack }) => [harmless.name, attack.name]);

describe('mailhunt lab list', () => {
  it('names every case whole on a terminal of 80 columns', async () => {
    const { code, out, err } = await ran(['lab', 'list'], { width: 80 });
    assert.deepEqual([code, err], [0, '']);
    const lines = out.split('\n');
    for (const line of lines) assert.ok(line.length <= 80, line);
    for (const name of names)
      assert.ok(
        lines.some((line) => line.startsWith(`${name} `)),
        name,
      );
  });

  it('tells more as JSON', async () => {
    const { out } = await ran(['lab', 'list', '--format', 'json']);
    const rows = JSON.parse(out) as readonly Record<string, unknown>[];
    assert.deepEqual(
      rows.map(({ Case }) => Case),
      names,
    );
    const attack = rows.find(({ Case }) => Case === 'direct-send')!;
    assert.equal(attack.Technique, 'T1672 T1656');
    assert.equal(attack.CompAuth, 'fail 010');
    assert.equal(attack.SMTP, '550 5.7.26');
    assert.equal(attack.Twin, 'own-domain-from-outside');
    assert.match((await ran(['lab', 'list', '--format', 'xml'])).err, /--format xml is unknown/);
  });

  it('reads a folder of one’s own, and names what is broken in it', async () => {
    writeFileSync(join(folder, 'broken.yaml'), 'theme: x\nstory: y\u001b[2J\n');
    const { code, out, err } = await ran(['lab', 'list', '--scenarios', folder]);
    assert.equal(code, 1);
    assert.match(err, /LAB0001.*broken\.yaml, line 2, column/s);
    assert.doesNotMatch(err, /\u001b/);
    assert.match(out, /0 rows/);
    assert.match((await ran(['lab', 'list', '--scenarios', join(folder, 'none')])).err, /LAB0005/);
  });
});

describe('mailhunt lab show', () => {
  it('shows story, verdict, SMTP answer, DNS and message', async () => {
    const { code, out } = await ran(['lab', 'show', 'direct-send'], { width: 80 });
    assert.equal(code, 0);
    for (const line of out.split('\n')) assert.ok(line.length <= 80, line);
    assert.match(out, /^direct-send \(attack\)$/m);
    assert.match(out, /^ {2}technique {2}T1672, T1656$/m);
    assert.match(out, /^ {2}checks {5}spf=fail dkim=none arc=none dmarc=fail$/m);
    assert.match(out, /^ {2}SMTP {7}550 5\.7\.26 where p=reject is honoured$/m);
    assert.match(out, /^ {2}_dmarc\.receiver\.example\. TXT "v=DMARC1; p=reject"$/m);
    assert.match(out, /^ {2}From: Erik Dahl <erik\.dahl@receiver\.example>$/m);
  });

  it('shows every case, and another message for a variation', async () => {
    for (const name of names) assert.equal((await ran(['lab', 'show', name], { width: 80 })).err, '', name);
    const plain = await ran(['lab', 'show', 'direct-send']);
    const varied = await ran(['lab', 'show', 'direct-send', '--variation', '4']);
    assert.notEqual(plain.out, varied.out);
  });

  it('refuses what there is not by name', async () => {
    const { code, err } = await ran(['lab', 'show', 'direct-sned\u001b']);
    assert.equal(code, 1);
    assert.match(err, /LAB0003/);
    assert.doesNotMatch(err, /\u001b/);
    assert.match((await ran(['lab', 'show'])).err, /give the name of a case/);
    assert.match((await ran(['lab', 'show', 'direct-send', '--variation', 'x'])).err, /--variation x is no number/);
  });
});
