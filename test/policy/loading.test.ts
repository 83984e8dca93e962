import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicy } from '../../src/policy/index.ts';
import { ruleOf } from './made-item.ts';

const isDatabaseLoaded = (): boolean => {
  Object.assign(process.report, { excludeNetwork: true });
  const { sharedObjects } = process.report.getReport() as unknown as { readonly sharedObjects: readonly string[] };
  assert.ok(sharedObjects.length > 0);
  return sharedObjects.some((name) => /duckdb/i.test(name));
};

test('policies are read without the database, those with KQL too', () => {
  const { rules } = readPolicy(ruleOf(`when: [{ KQL: 'Subject has "a"' }]`), '');
  assert.equal(rules.length, 1);
  assert.equal(isDatabaseLoaded(), false);
});
