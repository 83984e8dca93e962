import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { defaultPolicyText, policySchema, readPolicy } from '../../src/policy/index.ts';
import { predicateTable } from '../../src/policy/predicates/index.ts';
import { actionTable } from '../../src/policy/read/read-actions.ts';

const fits = new Ajv2020({ strict: true, formats: { regex: true, email: true }, allowUnionTypes: true }).compile(
  policySchema(),
);
const ruleWith = (lines: string): string => `name: x\nmode: Audit\nrules:\n- name: a\n${lines}\n`;

const isRead = (text: string): boolean => {
  try {
    return readPolicy(text, 'x.yaml') !== undefined;
  } catch {
    return false;
  }
};

const right: readonly string[] = [
  defaultPolicyText(0),
  ...predicateTable.map(({ name, example }) => ruleWith(`  when: [{ ${name}: ${example} }]\n  do: [Reject]`)),
  ...Object.values(actionTable).map(({ example }) => ruleWith(`  do:\n  - ${example}`)),
  ruleWith('  when: { DMARC: fail }\n  unless: { SPF: pass, because: x, expires: 2027-01-01 }\n  do: Reject'),
];
for (const text of right) {
  test(`both schema and reader take ${JSON.stringify(text.slice(-70))}`, () => {
    assert.ok(isRead(text));
    assert.ok(fits(parse(text)), JSON.stringify(fits.errors));
  });
}

const wrong: readonly string[] = [
  'mode: Audit\n',
  'name: x\nmode: Aduit\n',
  ruleWith('  when: [{ DMRC: fail }]\n  do: [Reject]'),
  ruleWith('  when: [{ DMARC: fial }]\n  do: [Reject]'),
  ruleWith('  when: [{}]\n  do: [Reject]'),
  ruleWith('  when: [{ DMARC: fail }]'),
  ruleWith('  do: [Rejetc]'),
  ruleWith('  do: [{ Reject: { code: 450 } }]'),
  ruleWith('  do: [RemoveHeader]'),
  ruleWith('  do: [{ SetHeader: { name: X-A } }]'),
  ruleWith('  unless: [{ SPF: pass, expires: soon }]\n  do: [Reject]'),
  ruleWith('  then: [Reject]\n  do: [Reject]'),
];
for (const text of wrong) {
  test(`both refuse ${JSON.stringify(text.slice(-60))}`, () => {
    assert.ok(!isRead(text));
    assert.ok(!fits(parse(text)));
  });
}
