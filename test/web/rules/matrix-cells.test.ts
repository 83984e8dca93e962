import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleCard } from '../../../src/server/workbench/rules/rule-card.ts';
import { matrixOf, proofWords, tacticName } from '../../../web/src/rules/matrix-cells.ts';

const rule = (techniques: readonly string[], tactics: readonly string[], verdict?: 'proved' | 'failing'): RuleCard => ({
  key: techniques.join(),
  name: '',
  origin: 'pack',
  path: '',
  kind: 'hunting',
  tactics,
  techniques,
  tables: [],
  summary: '',
  standing: verdict ? { verdict } : {},
});

const attack = {
  tactics: ['InitialAccess', 'DefenseEvasion', 'Impact'],
  techniques: [
    { id: 'T1', name: 'One', tactics: ['InitialAccess', 'DefenseEvasion'] },
    { id: 'T2', name: 'Two', tactics: ['DefenseEvasion'] },
    { id: 'T9', name: '', tactics: [] },
  ],
};

const cells = (rules: readonly RuleCard[]) =>
  matrixOf(rules, attack).map(({ tactic, cells: own }) => [
    tactic,
    ...own.map(({ id, rules: n, proved }) => `${id} ${n}/${proved}`),
  ]);

test('a rule counts under the tactics that it names, not under all of its techniques', () => {
  assert.deepEqual(cells([rule(['T1'], ['InitialAccess'], 'proved'), rule(['T1', 'T2'], ['DefenseEvasion'])]), [
    ['InitialAccess', 'T1 1/1'],
    ['DefenseEvasion', 'T1 1/0', 'T2 1/0'],
    ['Impact'],
  ]);
});

test('a rule without tactics counts under those of its techniques', () => {
  assert.deepEqual(cells([rule(['T1'], [])]), [['InitialAccess', 'T1 1/0'], ['DefenseEvasion', 'T1 1/0'], ['Impact']]);
});

test('a technique stands under no tactic that ATT&CK does not give it; one that ATT&CK does not know where its rule says', () => {
  assert.deepEqual(cells([rule(['T2', 'T9'], ['Impact'])]), [
    ['InitialAccess'],
    ['DefenseEvasion'],
    ['Impact', 'T9 1/0'],
  ]);
});

test('tactics read as words', () => {
  assert.equal(tacticName('InitialAccess'), 'Initial Access');
  assert.equal(tacticName('Impact'), 'Impact');
});

test('how many are proved is said shortly', () => {
  assert.deepEqual(
    [proofWords(1, 1), proofWords(3, 3), proofWords(3, 2), proofWords(1, 0)],
    ['proved', 'all proved', '2 proved', '0 proved'],
  );
});
