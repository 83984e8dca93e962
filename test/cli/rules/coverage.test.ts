import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

describe('mailhunt rules coverage', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailhunt-rules-coverage-'));
    const rule = (name: string, techniques: string) =>
      `name: ${name}\ntactics: [InitialAccess]\nrelevantTechniques: [${techniques}]\nquery: |\n  EmailEvents\n  | where parse_json(AuthenticationDetails).DMARC == "fail"\n`;
    await writeFile(join(folder, 'a.yaml'), rule('Proved', 'T1566'));
    await writeFile(
      join(folder, 'a.test.yaml'),
      'fires: [exact-domain-spoof-reject]\nquiet: [exact-domain-p-reject]\n',
    );
    await writeFile(join(folder, 'b.yaml'), rule('Unproved', 'T1566, T1566.002'));
  });
  after(() => rm(folder, { recursive: true }));

  const coverage = (...argv: readonly string[]) => ran(['rules', 'coverage', folder, ...argv]);

  it('counts the rules of each technique', async () => {
    const { code, out, err } = await coverage('--format', 'json');
    assert.equal(code, 0, err);
    const rows = JSON.parse(out).map((row: Record<string, unknown>) => [
      row.Tactic,
      row.Technique,
      row.Count,
      row.Rules,
    ]);
    assert.deepEqual(rows, [
      ['InitialAccess', 'T1566', '2', ['Proved', 'Unproved']],
      ['InitialAccess', 'T1566.002', '1', ['Unproved']],
    ]);
  });

  it('counts those that are proved, where that is wanted', async () => {
    const { code, out } = await coverage('--prove');
    assert.equal(code, 0);
    assert.match(out, /^InitialAccess +T1566 +Phishing +2 +1 +Proved; Unproved$/m);
    assert.match(out, /^InitialAccess +T1566\.002 +Spearphishing Link +1 +0 +Unproved$/m);
  });

  it('is a layer that the Navigator opens', async () => {
    const layer = JSON.parse((await coverage('--format', 'navigator')).out);
    assert.equal(layer.domain, 'enterprise-attack');
    assert.equal(layer.versions.layer, '4.5');
    const shown = layer.techniques.map(({ techniqueID, tactic, score }: Record<string, unknown>) => [
      techniqueID,
      tactic,
      score,
    ]);
    assert.deepEqual(shown, [
      ['T1566', 'initial-access', 2],
      ['T1566.002', 'initial-access', 1],
    ]);
  });

  it('refuses a format that it does not know, and tells of files that it could not read', async () => {
    assert.equal((await coverage('--format', 'constructor')).code, 2);
    await writeFile(join(folder, 'broken.yaml'), 'name: [\n');
    const { code, out, err } = await coverage();
    assert.equal(code, 1);
    assert.match(err, /broken\.yaml line/);
    assert.match(out, /T1566/);
    await rm(join(folder, 'broken.yaml'));
  });
});
