import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrayShapeFunctions } from '../../../src/kql/functions/array-shapes.ts';
import { bagFunctions } from '../../../src/kql/functions/bags.ts';
import { rangeFunctions } from '../../../src/kql/functions/range.ts';
import { setFunctions } from '../../../src/kql/functions/sets.ts';
import { type KqlType, parseDynamic, type Value } from '../../../src/values/index.ts';
import { type Case, checkRows, dynamic, long, real, string, type TypedValue } from './check.ts';

const json = (text: string): Value => parseDynamic(text) as Value;
const cases = (type: KqlType, rows: readonly (readonly [string, readonly TypedValue[], Value])[]): Case[] =>
  rows.map(([name, args, expected]) => ({ name, args, type, expected }));

test('sets compared', async () => {
  await checkRows(
    setFunctions,
    cases('real', [
      ['jaccard_index', [dynamic('[1,2,3,3]'), dynamic('[1,2,3,4]')], 0.75],
      ['jaccard_index', [dynamic('[1]'), dynamic('["1"]')], 0],
      ['jaccard_index', [dynamic('[1]'), dynamic('{}')], null],
    ]),
  );
  await checkRows(
    setFunctions,
    cases('bool', [
      ['set_equals', [dynamic('[1,2,2]'), dynamic('[2,1]')], true],
      ['set_equals', [dynamic('[1]'), dynamic('[1,2]')], false],
      ['set_equals', [dynamic('null'), dynamic('[]')], null],
    ]),
  );
});

test('array_iff chooses element by element', () =>
  checkRows(
    setFunctions,
    cases('dynamic', [
      ['array_iff', [dynamic('[true,false,true]'), dynamic('[1,2,3]'), dynamic('[4,5,6]')], json('[1,5,3]')],
      ['array_iif', [dynamic('[1,0,2.5]'), string('yes'), string('no')], json('["yes","no","yes"]')],
      ['array_iff', [dynamic('["a",null]'), long(1n), long(0n)], json('[null,null]')],
      ['array_iff', [dynamic('[true,true]'), dynamic('[1]'), dynamic('[2]')], json('[1,null]')],
      ['array_iff', [dynamic('true'), long(1n), long(0n)], null],
    ]),
  ));

test('bag_zip pairs texts with values', () =>
  checkRows(
    setFunctions,
    cases('dynamic', [
      ['bag_zip', [dynamic('["a",8,"b"]'), dynamic('[1,"2"]')], json('{"a":1,"b":null}')],
      ['bag_zip', [dynamic('["a"]'), dynamic('1')], json('{"a":null}')],
      ['bag_zip', [dynamic('"a"'), dynamic('[1]')], null],
    ]),
  ));

const NESTED = dynamic('{"a":{"b":1,"c":2},"d":[5]}');
test('bags by path', async () => {
  await checkRows(
    bagFunctions,
    cases('dynamic', [
      ['bag_remove_keys', [NESTED, dynamic('["$.a.b","d","$.x.y"]')], json('{"a":{"c":2}}')],
      ['bag_set_key', [NESTED, string('$.a.b'), long(7n)], json('{"a":{"b":7,"c":2},"d":[5]}')],
      ['bag_set_key', [dynamic('{"a":1}'), string('$.a.b'), string('x')], json('{"a":{"b":"x"}}')],
      ['bag_set_key', [dynamic('[1]'), string('$.a.b'), string('x')], null],
      ['bag_pack', [string('k'), long(1n)], json('{"k":1}')],
      ['bag_pack', [string(''), long(1n)], json('{}')],
    ]),
  );
  await checkRows(
    bagFunctions,
    cases('bool', [
      ['bag_has_key', [NESTED, string('$.a.b')], true],
      ['bag_has_key', [NESTED, string("$['a']['x']")], false],
      ['bag_has_key', [NESTED, string('$.d.x')], false],
    ]),
  );
  await assert.rejects(checkRows(bagFunctions, cases('bool', [['bag_has_key', [NESTED, string('$.d[0]')], true]])));
});

test('ranges of reals, both ends in', async () => {
  await checkRows(
    rangeFunctions,
    cases('dynamic', [
      ['range', [real(1), real(2), real(0.5)], [1, 1.5, 2]],
      ['range', [long(1n), real(2.9)], [1, 2]],
      ['range', [real(3), real(1), real(1)], []],
      ['range', [real(null), real(1), real(1)], null],
    ]),
  );
  const endless = cases('dynamic', [['range', [real(0), real(1), real(0)], null]]);
  await assert.rejects(checkRows(rangeFunctions, endless), /greater than zero/);
});

test('a shift fills with null, among texts with empty ones', async () => {
  await checkRows(
    arrayShapeFunctions,
    cases('dynamic', [
      ['array_shift_right', [dynamic('[1,2,3]'), long(2n)], json('[null,null,1]')],
      ['array_shift_left', [dynamic('["a","b"]'), long(1n)], json('["b",""]')],
      ['array_split', [dynamic('[1,2,3]'), dynamic('[1]')], json('[[1],[2,3]]')],
    ]),
  );
  const mixed = cases('dynamic', [['array_shift_left', [dynamic('["a",1]'), long(1n)], null]]);
  await assert.rejects(checkRows(arrayShapeFunctions, mixed), /mixed array/);
});
