import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { foundActions, idOf, usedNow } from '../../../web/src/app/palette-search.ts';
import type { Action } from '../../../web/src/keys/index.ts';

const action = (name: string, group?: string): Action => ({ name, ...(group && { group }), run() {} });
const actions = [
  action('Go to Hunt'),
  action('Format the query', 'Hunt'),
  action('Run the query', 'Hunt'),
  action('Run the query', 'Hunt'),
  action('Rerun', 'Rules'),
];
const found = (typed: string, recent: string[] = []) => foundActions(actions, typed, recent).map(idOf);

describe('the palette', () => {
  it('shows what was used last first, then everything once', () => {
    assert.deepEqual(found('', ['Rules/Rerun', 'Gone/Old']), [
      'Rules/Rerun',
      '/Go to Hunt',
      'Hunt/Format the query',
      'Hunt/Run the query',
    ]);
  });

  it('puts names that begin with what was typed before those that hold it', () => {
    assert.deepEqual(found('run'), ['Hunt/Run the query', 'Rules/Rerun']);
    assert.deepEqual(found('query'), ['Hunt/Format the query', 'Hunt/Run the query']);
  });

  it('wants all words, in any order, also of the page’s name', () => {
    assert.deepEqual(found('hunt  RUN'), ['Hunt/Run the query']);
    assert.deepEqual(found('run rules'), ['Rules/Rerun']);
    assert.deepEqual(found('no such'), []);
  });

  it('remembers five', () => {
    assert.deepEqual(usedNow(['a', 'b', 'c', 'd', 'e'], 'c'), ['c', 'a', 'b', 'd', 'e']);
    assert.deepEqual(usedNow(['a', 'b', 'c', 'd', 'e'], 'f'), ['f', 'a', 'b', 'c', 'd']);
  });
});
