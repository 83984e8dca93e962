import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countedBy, Throttle } from '../../../src/server/access/throttle.ts';

const MINUTE = 60_000;

/** The seconds that somebody would have to wait now; 0 where he need not. */
function waitOf(throttle: Throttle, name: string, from: string, now: number): number {
  try {
    throttle.require(countedBy(name, from), now);
    return 0;
  } catch (error) {
    return (error as { facts: { seconds: number } }).facts.seconds;
  }
}

test('one who guesses a name waits up to a quarter of an hour; its owner comes in from elsewhere', () => {
  const throttle = new Throttle();
  for (let i = 0; i < 30; i++) throttle.begin(countedBy('ada', '192.0.2.1'), 0);
  assert.equal(waitOf(throttle, 'ada', '192.0.2.1', 0), 15 * 60);
  assert.equal(waitOf(throttle, 'ADA', '192.0.2.1', 0), 15 * 60, 'however the name is written');
  assert.equal(waitOf(throttle, 'ada', '192.0.2.2', 0), 0);
  assert.equal(waitOf(throttle, 'bob', '192.0.2.1', 0) > 0, true, 'the address guesses other names, too');
  assert.equal(waitOf(throttle, 'ada', '192.0.2.1', 15 * MINUTE), 0);
});

test('many addresses that guess one name make it wait a minute at most', () => {
  const throttle = new Throttle();
  for (let i = 0; i < 200; i++) throttle.begin(countedBy('ada', `192.0.2.${i}`), 0);
  assert.equal(waitOf(throttle, 'ada', '198.51.100.1', 0), 60);
  assert.equal(waitOf(throttle, 'bob', '198.51.100.1', 0), 0);
});

test('whoever has an IPv6 network has no more attempts than one address', () => {
  const throttle = new Throttle();
  for (let i = 0; i < 30; i++) throttle.begin(countedBy('ada', `2001:db8::${i.toString(16)}:1`), 0);
  assert.equal(waitOf(throttle, 'ada', '2001:db8::ffff', 0), 15 * 60);
  assert.equal(waitOf(throttle, 'ada', '2001:db8:0:1::1', 0), 0);
  for (let i = 0; i < 30; i++) throttle.begin(countedBy('bob', '::ffff:192.0.2.1'), 0);
  assert.equal(waitOf(throttle, 'bob', '192.0.2.1', 0), 15 * 60);
  assert.equal(waitOf(throttle, 'bob', '192.0.2.2', 0), 0);
});

test('one’s own account is no way to forget an address’s failures', () => {
  const throttle = new Throttle();
  const [from, own] = ['192.0.2.1', countedBy('mallory', '192.0.2.1')];
  let attempts = 0;
  for (; waitOf(throttle, `victim${attempts}`, from, 0) === 0 && attempts < 100; attempts++) {
    throttle.begin(countedBy(`victim${attempts}`, from), 0);
    if (waitOf(throttle, 'mallory', from, 0) > 0) continue;
    throttle.begin(own, 0);
    throttle.succeeded(own, 0);
  }
  assert.ok(attempts <= 21, String(attempts));
});
