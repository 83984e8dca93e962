import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DkimWord } from '../../../src/mail/dkim/result.ts';
import { dkimWord, speakingSignature } from '../../../src/mail/results/dkim-word.ts';

const signatures = (text: string) =>
  text.split(' ').flatMap((one) => {
    const [result = '', domain = ''] = one.split('@');
    return result === '' ? [] : [{ result: result as DkimWord, domain }];
  });
const aligned = (domain: string): boolean => domain === 'own.example';

/** `result@domain` of each signature, from the top; own.example is aligned. */
const rows: readonly (readonly [signatures: string, word: string, speaks: string | undefined])[] = [
  ['', 'none', undefined],
  ['none@own.example', 'none', 'none@own.example'],
  ['pass@own.example', 'pass', 'pass@own.example'],
  ['pass@other.example pass@own.example', 'pass', 'pass@own.example'],
  ['fail@own.example pass@other.example', 'pass', 'pass@other.example'],
  ['temperror@other.example pass@other.example', 'pass', 'pass@other.example'],
  ['fail@own.example temperror@other.example', 'temperror', 'temperror@other.example'],
  ['none@own.example fail@other.example', 'fail', 'fail@other.example'],
  ['policy@own.example', 'fail', 'policy@own.example'],
  ['neutral@own.example', 'fail', 'neutral@own.example'],
  ['permerror@own.example', 'fail', 'permerror@own.example'],
  ['fail@a.example fail@own.example', 'fail', 'fail@own.example'],
  ['fail@a.example neutral@b.example', 'fail', 'fail@a.example'],
];

for (const [given, word, speaks] of rows) {
  test(`DKIM in one word: ${given || 'no signature'} is ${word}`, () => {
    assert.equal(dkimWord(signatures(given), aligned), word);
    const signature = speakingSignature(signatures(given), aligned);
    assert.equal(signature && `${signature.result}@${signature.domain}`, speaks);
  });
}

test('DKIM in one word: words that only a receiver writes', () => {
  const speaks = (text: string): string | undefined => speakingSignature(signatures(text), aligned)?.result;
  assert.equal(speaks('fail@own.example timeout@own.example'), 'timeout');
  assert.equal(speaks('none@own.example ignore@own.example'), 'ignore');
  assert.equal(speaks('constructor@own.example pass@own.example'), 'pass');
});
