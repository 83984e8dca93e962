import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeferredDeliveries } from '../../../src/gateway/judging/index.ts';

const facts = (id: string) => ({ id, attemptId: 'a' });
const reply = (code: number) => ({ code, enhanced: '', text: '' });

/** The names of attempts, numbered in the order in which they are first seen. */
function named(deliveries: DeferredDeliveries, ...codes: readonly number[]): string {
  const names = codes.map((code, at) => deliveries.name(facts(`own-${at}`), reply(code)).id);
  const distinct = [...new Set(names)];
  return names.map((name) => distinct.indexOf(name) + 1).join('');
}

const rows: readonly (readonly [codes: readonly number[], names: string])[] = [
  [[451, 451, 250], '111'],
  [[250, 250, 550], '123'],
  [[451, 550, 550], '112'],
  // After its end it is another delivery, put off or not, whose attempts are one again.
  [[451, 250, 451, 451, 250], '11222'],
  [[451, 250, 250, 451, 250], '11233'],
];
for (const [codes, names] of rows)
  test(`attempts answered ${codes.join(' ')} are deliveries ${names}`, () =>
    assert.equal(named(new DeferredDeliveries(), ...codes), names));

test('a delivery that an earlier run had put off goes on; one that is in quarantine is not taken for it', () => {
  const goesOn = new DeferredDeliveries();
  goesOn.recall('a', 451);
  assert.equal(goesOn.name(facts('b'), reply(250)).id, 'a');
  const kept = new DeferredDeliveries((id) => id === 'a');
  const [first, second] = [kept.name(facts('b'), reply(451)).id, kept.name(facts('c'), reply(250)).id];
  assert.equal(first, second);
  assert.ok(!['a', 'b', 'c'].includes(first));
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  // The next run finds the same name in the store.
  const next = new DeferredDeliveries((id) => id === 'a');
  next.recall(first, 451);
  assert.equal(next.name(facts('d'), reply(250)).id, first);
});

test('what the store tells late, of a delivery that has come to its end meanwhile, does not begin it anew', () => {
  const deliveries = new DeferredDeliveries();
  assert.equal(deliveries.name(facts('1'), reply(451)).id, 'a');
  assert.equal(deliveries.name(facts('2'), reply(250)).id, 'a');
  deliveries.recall('a', 451);
  assert.equal(deliveries.name(facts('3'), reply(250)).id, '3');
});

test('an end that could not be written down was none: the client comes again, and its delivery goes on', () => {
  const deliveries = new DeferredDeliveries();
  const attempt = (id: string, code: number) => deliveries.name(facts(id), reply(code));
  assert.equal(attempt('1', 451).id, 'a');
  const failed = attempt('2', 250);
  assert.equal(failed.id, 'a');
  // While it is written down, who comes beside is another: one of them would take the other's place.
  assert.equal(attempt('beside', 250).id, 'beside');
  failed.takeBack();
  assert.equal(attempt('3', 250).id, 'a');
  assert.equal(attempt('4', 250).id, '4');
});

test('taking back the name of what was never put off, or was put off again, changes nothing', () => {
  const deliveries = new DeferredDeliveries();
  deliveries.name(facts('1'), reply(250)).takeBack();
  assert.equal(deliveries.name(facts('2'), reply(250)).id, '2');
  deliveries.name(facts('3'), reply(451)).takeBack();
  assert.equal(deliveries.name(facts('4'), reply(250)).id, 'a');
});
