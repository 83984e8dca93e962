import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { coverageOf, navigatorLayer, queryRule, type Rule } from '../../../src/rules/index.ts';

const rule = (name: string, tactics: readonly string[], techniques: readonly string[]): Rule =>
  queryRule('EmailEvents', name, { name, tactics, techniques });

describe('coverage', () => {
  const rules = [
    rule('b', ['InitialAccess'], ['T1566', 'T1078']),
    rule('a', ['InitialAccess', 'DefenseEvasion'], ['T1566', 'T1672']),
  ];

  it('counts each rule once under the tactics that it names and ATT&CK has', () => {
    const shown = coverageOf(rules).map(({ tactic, technique, name, rules: names }) => [
      tactic,
      technique,
      name,
      names,
    ]);
    assert.deepEqual(shown, [
      ['InitialAccess', 'T1078', 'Valid Accounts', ['b']],
      ['InitialAccess', 'T1566', 'Phishing', ['a', 'b']],
      ['DefenseEvasion', 'T1672', 'Email Spoofing', ['a']],
    ]);
  });

  it('puts a technique under all its tactics where the rule names none of them', () => {
    const tactics = coverageOf([rule('c', ['Impact'], ['T1078'])]).map(({ tactic }) => tactic);
    assert.ok(tactics.includes('InitialAccess') && tactics.includes('Persistence') && !tactics.includes('Impact'));
  });

  it('keeps an id that ATT&CK does not know under the tactics of the rule, without a name', () => {
    const [unknown] = coverageOf([rule('d', ['Impact'], ['T9999'])]);
    assert.deepEqual([unknown!.tactic, unknown!.name], ['Impact', '']);
  });

  it('says how many are proved where somebody looked', () => {
    const proved = coverageOf(rules, ({ name }) => name === 'a').map((covered) => covered.proved);
    assert.deepEqual(proved, [0, 1, 1]);
    assert.equal(coverageOf(rules)[0]!.proved, undefined);
  });
});

describe('the layer', () => {
  const layer = JSON.parse(
    navigatorLayer(
      coverageOf([rule('a "quoted"', ['InitialAccess', 'DefenseEvasion'], ['T1566.002', 'T1672'])]),
      'mine',
    ),
  );

  it('has the fields that the Navigator reads', () => {
    assert.equal(layer.domain, 'enterprise-attack');
    assert.equal(layer.versions.layer, '4.5');
    assert.match(layer.versions.attack, /^\d+$/);
    const [link] = layer.techniques;
    assert.deepEqual(
      [link.techniqueID, link.tactic, link.score, link.comment, link.links[0].url],
      ['T1566.002', 'initial-access', 1, 'a "quoted"', 'https://attack.mitre.org/techniques/T1566/002/'],
    );
  });

  it('leaves out a tactic that ATT&CK has taken apart', () => {
    assert.equal('tactic' in layer.techniques[1], false);
  });
});
