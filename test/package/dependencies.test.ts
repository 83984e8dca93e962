import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

test('docs/dependencies.md names every dependency with its reason, and no other', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const named = read('docs/dependencies.md')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => {
      const [, names = '', reason = ''] = line.split('|');
      assert.notEqual(reason.trim(), '', names);
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => `${name}${names.includes('(dev)') ? ' (dev)' : ''}`);
    });
  const expected = [...Object.keys(dependencies), ...Object.keys(devDependencies).map((name) => `${name} (dev)`)];
  assert.deepEqual(named.sort(), expected.sort());
});
