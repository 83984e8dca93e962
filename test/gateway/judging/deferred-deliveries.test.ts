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

test('a delivery that an earlier run had put off goes on; one that is in quarantine, or has ended, is not taken for it', () => {
  const goesOn = new DeferredDeliveries();
  goesOn.recall(facts('1'), 451);
  assert.equal(goesOn.name(facts('2'), reply(250)).id, '1');
  const kept = new DeferredDeliveries((id) => id === '1');
  kept.recall(facts('1'), 451);
  assert.equal(named(kept, 451, 250, 451), '112');
  // The journal has its end, the store only its past.
  const ended = new DeferredDeliveries();
  ended.recall(facts('1'), 250);
  ended.recall(facts('1'), 451);
  assert.equal(ended.name(facts('2'), reply(451)).id, '2');
});

test('a run that knows nothing of the past names what is put off anew, and takes no name of an earlier run', () => {
  const attempts = [
    ['1', 451],
    ['2', 250],
    ['3', 451],
    ['4', 550],
  ] as const;
  const names = attempts.map(([id, code]) => new DeferredDeliveries().name(facts(id), reply(code)).id);
  assert.deepEqual(names, ['1', '2', '3', '4']);
});

test('what the store tells late, of a delivery that has come to its end meanwhile, does not begin it anew', () => {
  const deliveries = new DeferredDeliveries();
  assert.equal(deliveries.name(facts('1'), reply(451)).id, '1');
  assert.equal(deliveries.name(facts('2'), reply(250)).id, '1');
  deliveries.recall(facts('1'), 451);
  assert.equal(deliveries.name(facts('3'), reply(250)).id, '3');
});

test('what the store tells late, of an earlier run, does not rename what this one has put off', () => {
  const deliveries = new DeferredDeliveries();
  assert.equal(deliveries.name(facts('2'), reply(451)).id, '2');
  deliveries.recall(facts('1'), 451);
  assert.equal(deliveries.name(facts('3'), reply(250)).id, '2');
});

test('an end that could not be written down was none: the client comes again, and its delivery goes on', () => {
  const deliveries = new DeferredDeliveries();
  const attempt = (id: string, code: number) => deliveries.name(facts(id), reply(code));
  assert.equal(attempt('1', 451).id, '1');
  const failed = attempt('2', 250);
  assert.equal(failed.id, '1');
  // While it is written down, who comes beside is another: one of them would take the other's place.
  assert.equal(attempt('beside', 250).id, 'beside');
  failed.takeBack();
  assert.equal(attempt('3', 250).id, '1');
  assert.equal(attempt('4', 250).id, '4');
});

test('taking back the name of what was never put off, or was put off again, changes nothing', () => {
  const deliveries = new DeferredDeliveries();
  deliveries.name(facts('1'), reply(250)).takeBack();
  assert.equal(deliveries.name(facts('2'), reply(250)).id, '2');
  deliveries.name(facts('3'), reply(451)).takeBack();
  assert.equal(deliveries.name(facts('4'), reply(250)).id, '3');
});

test('of more than 100,000 deliveries under way the one that was put off longest ago is forgotten', () => {
  const deliveries = new DeferredDeliveries();
  const attempt = (delivery: number, id: string, code: number) =>
    deliveries.name({ id, attemptId: `a${delivery}` }, reply(code)).id;
  for (let delivery = 0; delivery < 100_000; delivery++) attempt(delivery, `first-${delivery}`, 451);
  assert.equal(attempt(0, 'second-0', 451), 'first-0');
  attempt(100_000, 'first-100000', 451);
  assert.deepEqual(
    [0, 1, 2].map((delivery) => attempt(delivery, `last-${delivery}`, 250)),
    ['first-0', 'last-1', 'first-2'],
  );
});
