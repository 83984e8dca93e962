import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { call, column, literal } from '../../../src/kql/index.ts';
import { KnownTexts, knownTexts } from '../../../src/rules/witness/known-texts.ts';
import { oddColumns } from '../../../src/rules/witness/witness.ts';

describe('known texts', () => {
  const words = new KnownTexts((cell) => (cell === '0.Direction' ? ['Inbound', 'Outbound'] : undefined));
  const is = (name: string) => call('==', 'bool', [column('0.Direction', 'string'), literal('string', name)]);

  it('are proposed where they make a condition come out as wanted', () => {
    assert.deepEqual(words.proposals(is('Outbound'), true, new Map()), [{ cell: '0.Direction', value: 'Outbound' }]);
    assert.deepEqual(words.proposals(is('Outbound'), false, new Map()), [{ cell: '0.Direction', value: 'Inbound' }]);
    assert.deepEqual(words.proposals(is('IntraOrg'), true, new Map()), []);
  });

  it('are those of the schema', () => {
    assert.ok(knownTexts('EmailEvents', 'EmailDirection')?.includes('Intra-org'));
    assert.equal(knownTexts('EmailEvents', 'Subject'), undefined);
    assert.equal(knownTexts('EmailEvents', 'constructor'), undefined);
    assert.equal(knownTexts('Mail', 'Subject'), undefined);
  });

  it('tell which cell of a witness no mail has', () => {
    const row = (EmailDirection: string, decisive: readonly string[]) => ({
      table: 'EmailEvents',
      cells: new Map([['EmailDirection', EmailDirection]]),
      decisive: new Set(decisive),
    });
    assert.deepEqual(oddColumns(row('IntraOrg', ['EmailDirection'])), ['EmailDirection']);
    assert.deepEqual(oddColumns(row('Intra-org', ['EmailDirection'])), []);
    assert.deepEqual(oddColumns(row('IntraOrg', [])), []);
  });
});
