import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailhunt-export-'));
  await writeFile(join(folder, 'hunt.kql'), '// Title: A hunt\n// T1566\nEmailEvents\n| where Subject has "invoice"\n');
});
after(() => rm(folder, { recursive: true }));

const exported = (...args: readonly string[]) => ran(['rules', 'export', ...args, '--store', folder]);

const packed = 'rules/spoofing/direct-send-spoof.yaml';

describe('mailhunt rules export', () => {
  it('writes a file for each rule, and says how many', async () => {
    const out = join(folder, 'sentinel');
    const { code, err } = await exported(packed, '--to', 'sentinel', '--plain', '--out', out);
    assert.deepEqual([code, await readdir(out)], [0, ['direct-send-spoof.yaml']]);
    assert.match(err, /^1 file written to /m);
    assert.doesNotMatch(await readFile(join(out, 'direct-send-spoof.yaml'), 'utf8'), /mailhunt:/);
  });

  it('makes one template of all where --out is a file', async () => {
    const out = join(folder, 'all.json');
    const { code } = await exported(packed, '--to', 'arm', '--out', out);
    assert.equal(code, 0);
    assert.equal(JSON.parse(await readFile(out, 'utf8')).resources.length, 1);
  });

  it('ends with 1 where a rule is refused, and writes the others', async () => {
    const out = join(folder, 'graph');
    const { code, err } = await exported(packed, join(folder, 'hunt.kql'), '--to', 'graph', '--out', out);
    assert.equal(code, 1);
    assert.match(err, /RULE0030: .*hunt\.kql: the rule A hunt cannot go to graph: it lacks id/);
    assert.deepEqual(await readdir(out), ['direct-send-spoof.json']);
  });

  it('makes a site', async () => {
    const out = join(folder, 'site');
    const { code } = await exported(
      packed,
      join(folder, 'hunt.kql'),
      '--to',
      'site',
      '--no-prove',
      '--title',
      'Ours',
      '--out',
      out,
    );
    assert.equal(code, 0);
    assert.match(await readFile(join(out, 'index.html'), 'utf8'), /<title>Ours<\/title>/);
    assert.match(
      await readFile(join(out, 'rules', 'direct-send-spoof.html'), 'utf8'),
      /Spoofing: own address by Direct Send/,
    );
    const hunt = await readFile(join(out, 'rules', 'hunt.html'), 'utf8');
    assert.ok(hunt.includes('hunt.kql') && !hunt.includes(folder), 'no folders of this machine');
  });

  it('says what it takes', async () => {
    for (const [args, why] of [
      [['--out', folder], /--to takes sentinel, arm, graph, site/],
      [['--to', 'sigma', '--out', folder], /--to takes/],
      [['--to', 'arm'], /say with --out where to write/],
      [['--to', 'site', '--out', folder, '--url', 'javascript:x'], /--url takes an address/],
    ] as const) {
      const { code, err } = await exported(packed, ...args);
      assert.equal(code, 2);
      assert.match(err, why);
    }
  });
});
