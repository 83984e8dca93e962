import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enterprise, withdrawn } from '../../../src/rules/attack/enterprise.ts';
import { tactics, techniqueOf } from '../../../src/rules/attack/techniques.ts';

const ids = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0]!);

describe('Enterprise ATT&CK', () => {
  it('has the 222 techniques and 475 sub-techniques of version 19.2', () => {
    const all = ids(enterprise);
    assert.equal(new Set(all).size, 697);
    assert.equal(all.filter((id) => !id.includes('.')).length, 222);
    assert.equal(tactics.length, 14);
  });

  it('has a name and tactics for each, and the technique above each sub-technique', () => {
    for (const id of ids(enterprise)) {
      const technique = techniqueOf(id)!;
      assert.match(technique.name, /^\S.*\S$/, id);
      assert.ok(technique.tactics.length > 0 && technique.tactics.every((tactic) => tactics.includes(tactic)), id);
      assert.equal(technique.successor, undefined, id);
      assert.notEqual(techniqueOf(id.split('.')[0]!), undefined, id);
    }
  });

  it('says of a withdrawn id what took its place', () => {
    for (const id of ids(withdrawn)) assert.equal(techniqueOf(techniqueOf(id)!.successor!)?.successor, undefined, id);
    assert.equal(techniqueOf('T1672')?.successor, 'T1684.002');
  });

  it('knows the techniques of mail', () => {
    assert.deepEqual(techniqueOf('T1566.002'), {
      id: 'T1566.002',
      name: 'Spearphishing Link',
      tactics: ['InitialAccess'],
    });
    assert.deepEqual(techniqueOf('T1534')?.tactics, ['LateralMovement']);
    assert.deepEqual(techniqueOf('T1598')?.tactics, ['Reconnaissance']);
    assert.equal(techniqueOf('T9999'), undefined);
  });
});
