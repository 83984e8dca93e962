import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Drafts } from '../../../web/src/rules/drafts.ts';

const saved = { name: 'a.yaml', text: 'old', tests: '' };
const draft = { ...saved, text: 'new' };

test('what was written is found again, as long as what it was written over is what is saved', () => {
  const drafts = new Drafts();
  drafts.keep('a', saved, draft);
  assert.equal(drafts.of('a', { ...saved }), draft);
  assert.equal(drafts.of('b', saved), undefined);
  assert.equal(drafts.of('a', { ...saved, tests: 'changed elsewhere' }), undefined);
});

test('what is saved or thrown away is let go', () => {
  const drafts = new Drafts();
  drafts.keep('a', saved, draft);
  drafts.keep('a', saved, saved);
  assert.equal(drafts.of('a', saved), undefined);
  drafts.keep('a', saved, draft);
  drafts.forget('a');
  assert.equal(drafts.of('a', saved), undefined);
});

test('of very many the first go', () => {
  const drafts = new Drafts();
  for (let i = 0; i < 21; i++) drafts.keep(String(i), saved, draft);
  assert.equal(drafts.of('0', saved), undefined);
  assert.equal(drafts.of('1', saved), draft);
});
