import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JudgedMessage } from '../../../../src/ingest/index.ts';
import { isOpened, OpenedMessages } from '../../../../src/server/workbench/messages/opened.ts';

const judged = (bytes = 10) => ({ message: { bytes: { length: bytes } } }) as unknown as JudgedMessage;
const HOUR = 60 * 60_000;

test('an opened message is there for an hour, for who opened it', () => {
  const opened = new OpenedMessages();
  const { id } = opened.add(judged(), [], 'ada', 0);
  assert.ok(isOpened(id));
  assert.equal(isOpened('5c5ee007-5d17-4836-b181-7a73c216d10c'), false);
  assert.equal(opened.get(id, 'ada', HOUR - 1)?.id, id);
  assert.equal(opened.get(id, 'bob', 1), undefined);
  assert.equal(opened.get(id, 'ada', HOUR), undefined);
});

test('the oldest go where there are too many, or too large ones', () => {
  const opened = new OpenedMessages();
  const ids = Array.from({ length: 21 }, () => opened.add(judged(), [], 'ada', 0).id);
  assert.equal(opened.get(ids[0]!, 'ada', 1), undefined);
  assert.ok(opened.get(ids[1]!, 'ada', 1));
  const large = Array.from({ length: 5 }, () => opened.add(judged(64 << 20), [], 'ada', 0).id);
  assert.equal(opened.get(large[0]!, 'ada', 1), undefined);
  assert.ok(opened.get(large[4]!, 'ada', 1));
  assert.equal(new Set([...ids, ...large]).size, 26);
});
