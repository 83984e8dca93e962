import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chordParts, isSafeWhileWriting, isStep, type Pressed } from '../../../web/src/keys/chord.ts';

const pressed = (key: string, ...held: readonly ('ctrl' | 'meta' | 'shift' | 'alt')[]): Pressed => ({
  key,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  shiftKey: held.includes('shift'),
  altKey: held.includes('alt'),
});

describe('chords', () => {
  it('are steps of keys that are pressed together', () => {
    assert.deepEqual(chordParts('g h'), [['g'], ['h']]);
    assert.deepEqual(chordParts('Ctrl+Shift+K'), [['Ctrl', 'Shift', 'K']]);
    assert.deepEqual(chordParts('Ctrl++'), [['Ctrl', '+']]);
  });

  const rows: readonly [step: string, key: Pressed, fits: boolean][] = [
    ['Ctrl+K', pressed('k', 'ctrl'), true],
    ['Ctrl+K', pressed('k', 'meta'), true],
    ['Ctrl+K', pressed('k'), false],
    ['Ctrl+K', pressed('K', 'ctrl', 'shift'), false],
    ['Ctrl+K', pressed('k', 'ctrl', 'alt'), false],
    ['g', pressed('g'), true],
    ['g', pressed('G', 'shift'), false],
    ['g', pressed('g', 'ctrl'), false],
    ['?', pressed('?', 'shift'), true],
    ['?', pressed('?'), true],
    ['?', pressed('/'), false],
    ['Shift+Enter', pressed('Enter', 'shift'), true],
    ['Shift+Enter', pressed('Enter'), false],
    ['F6', pressed('F6'), true],
    ['F6', pressed('F6', 'shift'), false],
  ];
  for (const [step, key, fits] of rows) {
    it(`${JSON.stringify(key)} is ${fits ? '' : 'not '}${step}`, () => assert.equal(isStep(step, key), fits));
  }

  it('that type nothing may be used while somebody writes', () => {
    for (const chord of ['Ctrl+K', 'Alt+1', 'F6', 'Shift+F6', 'Escape']) assert.ok(isSafeWhileWriting(chord), chord);
    for (const chord of ['g h', '?', 'Shift+A', 'Enter']) assert.ok(!isSafeWhileWriting(chord), chord);
  });
});
