import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible } from './accessible.ts';
import { scenes } from './scenes.ts';

const first = ['hunt', 'messages', 'message'];
const others = scenes.map(({ name }) => name).filter((name) => !first.includes(name));

test('no scene is left out', () => {
  assert.equal(others.length + first.length, scenes.length);
});

accessible(others);
