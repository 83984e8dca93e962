import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../src/errors/index.ts';
import { bytesOf, dataSize, duration, millisecondsOf, sizeText, timeText, yamlSpot } from '../../src/yaml/index.ts';

const wrongOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof MailhuntError) return error.message;
  }
  return 'nothing';
};

test('times and sizes, with or without a blank; what is none is none', () => {
  for (const [written, expected] of [
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2 h', 7_200_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ] as const)
    assert.equal(millisecondsOf(written), expected, written);
  for (const [written, expected] of [
    ['512 B', 512],
    ['64KB', 65_536],
    ['50 MB', 52_428_800],
    ['1 gb', 2 ** 30],
    ['2TB', 2 ** 41],
  ] as const)
    assert.equal(bytesOf(written), expected, written);
  for (const none of ['', '5', 'm', '5  m', '-5m', '5.5m', '5M', '1234567890s', '5constructor', '5 PB'])
    assert.equal(millisecondsOf(none), undefined, none);
  for (const none of ['50', 'MB', '1.5 GB', '5m ', '5 s']) assert.equal(bytesOf(none), undefined, none);
});

test('printed as a person writes them, and read again', () => {
  assert.deepEqual([timeText(300_000), timeText(90_000), timeText(250), timeText(0)], ['5m', '90s', '250ms', '0ms']);
  assert.deepEqual(
    [sizeText(52_428_800), sizeText(2_048), sizeText(1_500), sizeText(0)],
    ['50 MB', '2 KB', '1500 B', '0 B'],
  );
  for (const amount of [1, 999, 1_000, 61_000, 3_600_000]) assert.equal(millisecondsOf(timeText(amount)), amount);
  for (const amount of [1, 1_023, 1_024, 3 * 2 ** 20]) assert.equal(bytesOf(sizeText(amount)), amount);
});

test('out of range, with the place and the range', () => {
  const spot = (text: string) => yamlSpot(text, 'a.yaml', 'GATE0001');
  assert.equal(duration(1_000, 60_000)(spot('60s')), 60_000);
  assert.match(
    wrongOf(() => duration(1_000, 60_000)(spot('61s'))),
    /line 1, column 1: is from 1s to 1m$/,
  );
  assert.match(
    wrongOf(() => duration(1_000, 60_000)(spot('999ms'))),
    /is from 1s to 1m$/,
  );
  assert.match(
    wrongOf(() => duration(1_000, 60_000)(spot('soon'))),
    /is a time such as 250ms, 30s, 5m or 2h$/,
  );
  assert.match(
    wrongOf(() => dataSize(1_024, 2_048)(spot('3 KB'))),
    /is from 1 KB to 2 KB$/,
  );
});
