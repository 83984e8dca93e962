import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RuleCard } from '../../../src/server/workbench/rules/rule-card.ts';
import { noSieve, type Sieve, severitiesOf, sift, tacticsOf, techniquesOf } from '../../../web/src/rules/sift.ts';

const card = (part: Partial<RuleCard>): RuleCard => ({
  key: 'a',
  name: 'A',
  origin: 'pack',
  path: 'a.yaml',
  kind: 'hunting',
  tactics: [],
  techniques: [],
  tables: ['EmailEvents'],
  summary: '',
  standing: {},
  ...part,
});

const rules = [
  card({
    key: 'click',
    name: 'Clicked',
    kind: 'nrt',
    severity: 'High',
    tables: ['UrlClickEvents'],
    tactics: ['Execution'],
  }),
  card({
    key: 'spoof',
    name: 'Spoofed Partner',
    severity: 'Low',
    techniques: ['T1566.002'],
    standing: { verdict: 'proved' },
  }),
  card({ key: 'other', name: 'Other', summary: 'a partner again', techniques: ['T15660'], tactics: ['InitialAccess'] }),
];

/** A sieve, and the keys that it lets through. */
const rows: readonly (readonly [Partial<Sieve>, readonly string[]])[] = [
  [{}, ['click', 'spoof', 'other']],
  [{ words: 'PARTNER' }, ['spoof', 'other']],
  [{ words: 'partner spoofed' }, ['spoof']],
  [{ words: 'urlclick' }, ['click']],
  [{ kind: 'nrt' }, ['click']],
  [{ severity: 'Low' }, ['spoof']],
  [{ tactic: 'InitialAccess' }, ['other']],
  [{ technique: 'T1566' }, ['spoof']],
  [{ technique: 'T1566.002' }, ['spoof']],
  [{ verdict: 'proved' }, ['spoof']],
  [{ verdict: 'unknown' }, ['click', 'other']],
  [{ verdict: 'proved', kind: 'nrt' }, []],
];

for (const [part, keys] of rows)
  test(`${JSON.stringify(part)} lets ${keys.length} through`, () => {
    assert.deepEqual(
      sift(rules, { ...noSieve, ...part }).map(({ key }) => key),
      keys,
    );
  });

test('choices are those that some rule has, in their order', () => {
  assert.deepEqual(severitiesOf(rules), ['High', 'Low']);
  assert.deepEqual(tacticsOf(rules, ['Impact', 'InitialAccess', 'Execution']), ['InitialAccess', 'Execution']);
});

test('the techniques to choose from are those of the rules, and what they belong to', () => {
  assert.deepEqual(techniquesOf(rules), ['T1566', 'T1566.002', 'T15660']);
});
