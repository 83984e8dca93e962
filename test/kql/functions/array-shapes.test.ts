import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrayShapeFunctions } from '../../../src/kql/functions/array-shapes.ts';
import { codePointFunctions } from '../../../src/kql/functions/code-points.ts';
import { rangeFunctions } from '../../../src/kql/functions/range.ts';
import { type KqlType, parseDynamic, type Value } from '../../../src/values/index.ts';
import { type Case, checkAgreement, checkRows, dynamic, int, long, string, type TypedValue } from './check.ts';
import { hostileLists } from './hostile.ts';

const row =
  (type: KqlType) =>
  (name: string, expected: Value, ...args: TypedValue[]): Case => ({ name, args, type, expected });
const gives = (name: string, expected: string, ...args: TypedValue[]): Case =>
  row('dynamic')(name, parseDynamic(expected) as Value, ...args);
const constant = (one: Case, ...constantArgs: number[]): Case => ({ ...one, constantArgs });
const text = row('string');
const five = dynamic('[1,"2",3.5,null,{"a":[5]}]');

test('arrays rotate', async () => {
  await checkRows(arrayShapeFunctions, [
    gives('array_rotate_left', '[3.5,null,{"a":[5]},1,"2"]', five, int(2n)),
    gives('array_rotate_left', '[null,{"a":[5]},1,"2",3.5]', five, long(-2n)),
    gives('array_rotate_left', '[1,"2",3.5,null,{"a":[5]}]', five, long(-10n)),
    gives('array_rotate_left', '[{"a":[5]},1,"2",3.5,null]', five, long(9_223_372_036_854_775_804n)),
    gives('array_rotate_right', '[null,{"a":[5]},1,"2",3.5]', five, int(2n)),
    gives('array_rotate_right', '["2",3.5,null,{"a":[5]},1]', five, long(-9_223_372_036_854_775_806n)),
    gives('array_rotate_right', '[]', dynamic('[]'), int(2n)),
    gives('array_rotate_left', 'null', dynamic('{"a":1}'), int(2n)),
    gives('array_rotate_left', 'null', five, int(null)),
  ]);
});

test('arrays shift, with a default in the free places', async () => {
  await checkRows(arrayShapeFunctions, [
    gives('array_shift_left', '[3,4,5,-1,-1]', dynamic('[1,2,3,4,5]'), int(2n), int(-1n)),
    gives('array_shift_left', '[-1,-1,1,2,3]', dynamic('[1,2,3,4,5]'), int(-2n), long(-1n)),
    gives('array_shift_right', '["x","x",1,2,3]', dynamic('[1,2,3,4,5]'), int(2n), string('x')),
    gives('array_shift_right', '[3,4,5,null,null]', dynamic('[1,2,3,4,5]'), int(-2n), long(null)),
    gives('array_shift_left', '[0,0]', dynamic('[1,2]'), int(7n), int(0n)),
    gives('array_shift_left', '[1,2]', dynamic('[1,2]'), int(0n), int(0n)),
    gives('array_shift_left', '[]', dynamic('[]'), int(1n), int(0n)),
    gives('array_shift_left', 'null', dynamic('"text"'), int(1n), int(0n)),
  ]);
  await checkRows(arrayShapeFunctions, [gives('array_shift_left', '[2,null]', dynamic('[1,2]'), int(1n))]);
});

test('arrays split', async () => {
  await checkRows(arrayShapeFunctions, [
    constant(gives('array_split', '[[1,2],[3,4,5]]', dynamic('[1,2,3,4,5]'), int(2n)), 1),
    constant(gives('array_split', '[[1],[2,3],[4,5]]', dynamic('[1,2,3,4,5]'), dynamic('[1,3]')), 1),
    constant(gives('array_split', '[[],[1],[]]', dynamic('[1]'), dynamic('[0,7]')), 1),
    constant(gives('array_split', 'null', dynamic('{}'), int(1n)), 1),
  ]);
  for (const cuts of [int(-1n), dynamic('[3,1]'), dynamic('["1"]')]) {
    const refused = constant(gives('array_split', 'null', dynamic('[]'), cuts), 1);
    await assert.rejects(checkRows(arrayShapeFunctions, [refused]), /refuses/);
  }
});

test('code points and texts', async () => {
  await checkRows(codePointFunctions, [
    gives('unicode_codepoints_from_string', '[75,128512,769]', string('K😀\u0301')),
    gives('unicode_codepoints_from_string', '[]', string('')),
    gives('unicode_codepoints_from_string', '[49,50]', long(12n)),
    text('unicode_codepoints_to_string', 'Kusto', int(75n), int(117n), long(115n), dynamic('[116,111]')),
    text('unicode_codepoints_to_string', '😀', dynamic('128512')),
    text('unicode_codepoints_to_string', '', dynamic('[]')),
    text('unicode_codepoints_to_string', '', int(75n), long(0xd800n)),
    text('unicode_codepoints_to_string', '', int(75n), int(null)),
    text('unicode_codepoints_to_string', '', int(75n), dynamic('[75,"75"]')),
    text('unicode_codepoints_to_string', '', long(0x110000n)),
  ]);
  const from = codePointFunctions[0]!;
  await checkAgreement(from, ['string'], 'dynamic', hostileLists(1, 200));
});

test('range', async () => {
  const stepped = (expected: string, ...args: TypedValue[]): Case => constant(gives('range', expected, ...args), 2);
  const span = (ticks: bigint): TypedValue => ['timespan', ticks];
  await checkRows(rangeFunctions, [
    stepped('[1,4,7]', int(1n), long(8n), int(3n)),
    stepped('[1,2,3]', long(1n), long(3n)),
    stepped('[-2]', long(-2n), long(-1n), long(2n)),
    stepped('[]', long(3n), long(1n)),
    stepped('null', long(null), long(1n)),
    stepped('null', long(1n), long(null)),
    stepped('[9223372036854775806,9223372036854775807]', long(2n ** 63n - 2n), long(2n ** 63n - 1n)),
    stepped('["01:00:00","02:00:00"]', span(36_000_000_000n), span(72_000_000_000n)),
    stepped('["0001-01-01T00:00:00.0000000Z"]', ['datetime', 0n], ['datetime', 1n], span(7n)),
  ]);
  const refused: Case[] = [
    gives('range', '[]', long(1n), long(2n), long(0n)),
    gives('range', '[]', ['decimal', '1'], ['decimal', '2']),
    gives('range', '[]', ['datetime', 0n], ['datetime', 1n], long(1n)),
  ];
  for (const one of refused) await assert.rejects(checkRows(rangeFunctions, [constant(one, 2)]), /refuses/);
});
