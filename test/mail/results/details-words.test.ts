import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wordsOfDetails } from '../../../src/mail/index.ts';

const cases: readonly [text: string, words: object][] = [
  [
    '{"SPF":"pass","DKIM":"none","DMARC":"fail","CompAuth":"softpass"}',
    { spf: 'pass', dkim: 'none', dmarc: 'fail', compauth: 'softpass' },
  ],
  ['{"spf":"Pass"}', { spf: 'pass' }],
  ['{"DMARC":"pass","AuthenticationResults":"dmarc=fail action=oreject"}', { dmarc: 'pass', action: 'oreject' }],
  [
    'spf=fail (sender IP is 192.0.2.1) smtp.mailfrom=a.test; dkim=none; dmarc=fail action=none; compauth=fail reason=001',
    { spf: 'fail', dkim: 'none', dmarc: 'fail', action: 'none', compauth: 'fail', reason: '001' },
  ],
  ['spf=pass smtp.mailfrom="x; dmarc=pass"; dmarc=fail', { spf: 'pass', dmarc: 'fail' }],
  ['{"DMARC":{"a":1}}', {}],
  ['{"DMARC":"<script>"}', {}],
  ['{', {}],
  ['[]', {}],
  ['', {}],
  [`dmarc=fail ${'x'.repeat(70_000)}`, {}],
];

for (const [text, words] of cases)
  test(`the words of ${text.slice(0, 80)}`, () => {
    assert.deepEqual(wordsOfDetails(text), words);
  });
