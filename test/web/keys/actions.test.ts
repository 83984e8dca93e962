import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Action, ActionList } from '../../../web/src/keys/actions.ts';

const action = (name: string): Action => ({ name, run() {} });

it('what can be done follows what is on the screen, the last that came first', () => {
  const list = new ActionList();
  let calls = 0;
  const stop = list.subscribe(() => calls++);
  const [frame, page] = [{}, {}];
  list.put(frame, [action('go')]);
  list.put(page, [action('run'), action('stop')]);
  assert.deepEqual(
    list.all.map(({ name }) => name),
    ['run', 'stop', 'go'],
  );
  assert.equal(list.all, list.all, 'the same array until something changes');
  list.put(page, [action('run again')]);
  list.remove(frame);
  list.remove(frame);
  assert.deepEqual(
    list.all.map(({ name }) => name),
    ['run again'],
  );
  assert.equal(calls, 4, 'what was not there changes nothing when it goes');
  stop();
  list.remove(page);
  assert.equal(calls, 4);
});
