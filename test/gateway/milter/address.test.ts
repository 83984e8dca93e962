import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { printAddress, readMilterAddress } from '../../../src/gateway/milter/index.ts';

const rows: readonly (readonly [string, string])[] = [
  ['unix:/run/milter.sock', 'unix:/run/milter.sock'],
  ['local:/run/milter.sock', 'unix:/run/milter.sock'],
  ['inet:8892@127.0.0.2', 'inet:127.0.0.2:8892'],
  ['inet:127.0.0.2:8892', 'inet:127.0.0.2:8892'],
  ['inet:8892', 'inet:127.0.0.1:8892'],
  ['inet6:8892@::1', 'inet:[::1]:8892'],
  ['inet:[::1]:8892', 'inet:[::1]:8892'],
  ['inet:localhost:0', 'inet:localhost:0'],
];

for (const [text, printed] of rows) {
  test(`address: ${text}`, () => assert.equal(printAddress(readMilterAddress(text)), printed));
}

for (const text of [
  '',
  '/run/milter.sock',
  'unix:',
  'inet:',
  'inet:smtp@127.0.0.1',
  'inet:70000',
  'http://127.0.0.1:1',
]) {
  test(`no address: ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => readMilterAddress(text),
      (error) => error instanceof MailhuntError && error.code === 'GATE0020',
    );
  });
}
