import { test } from 'node:test';
import { arrayFunctions } from '../../../src/kql/functions/arrays.ts';
import { bagFunctions } from '../../../src/kql/functions/bags.ts';
import { type Dynamic, type KqlType, parseDynamic, type Value } from '../../../src/values/index.ts';
import {
  bool,
  type Case,
  checkAgreement,
  checkRows,
  dynamic,
  int,
  long,
  real,
  string,
  type TypedValue,
} from './check.ts';
import { hostileLists } from './hostile.ts';

const json = (text: string): Dynamic => parseDynamic(text) as Dynamic;
const row =
  (type: KqlType) =>
  (name: string, expected: Value, ...args: TypedValue[]): Case => ({ name, args, type, expected });
const gives = row('dynamic');
const number = row('long');
const is = row('bool');
const constantKeys = (one: Case, ...constantArgs: number[]): Case => ({ ...one, constantArgs });

test('arrays', async () => {
  await checkRows(arrayFunctions, [
    gives(
      'pack_array',
      json('[1,"2","00:00:02",null,{"a":1.0},true,1.5]'),
      long(1n),
      string('2'),
      ['timespan', 20_000_000n],
      int(null),
      dynamic('{"a":1.0}'),
      bool(true),
      real(1.5),
    ),
    gives(
      'pack_array',
      json('["1970-01-01T00:00:00.0000000Z","it\'s \\"q\\"","NaN"]'),
      ['datetime', 621_355_968_000_000_000n],
      string('it\'s "q"'),
      real(Number.NaN),
    ),
    number('array_length', 4n, dynamic('[1,2,3,"four"]')),
    number('array_length', 0n, dynamic('[]')),
    number('array_length', null, dynamic('{"a":1}')),
    number('array_length', null, dynamic('null')),
    gives('array_concat', json('[1,2,4,1,2]'), dynamic('[1,2,4]'), dynamic('[1,2]')),
    gives('array_concat', json('[1]'), dynamic('[1]'), dynamic('null')),
    gives('array_concat', json('[9]'), dynamic('{"a":1}'), dynamic('[9]')),
    gives('array_concat', null, dynamic('{"a":1}'), dynamic('null')),
    gives('array_reverse', json('["b","a"]'), dynamic('["a","b"]')),
    gives('array_slice', json('[2,3]'), dynamic('[1,2,3]'), int(1n), int(2n)),
    gives('array_slice', json('[3,4,5]'), dynamic('[1,2,3,4,5]'), int(2n), int(-1n)),
    gives('array_slice', json('[3,4]'), dynamic('[1,2,3,4,5]'), int(-3n), int(-2n)),
    gives('array_slice', json('[1,2]'), dynamic('[1,2]'), int(-9n), int(9n)),
    gives('array_slice', json('[]'), dynamic('[1,2]'), int(0n), int(-9n)),
    gives('array_slice', null, dynamic('"x"'), int(0n), int(1n)),
    number('array_index_of', 2n, dynamic('["this","is","an","example","an"]'), string('an')),
    number('array_index_of', -1n, dynamic('["1"]'), long(1n)),
    number('array_index_of', 1n, dynamic('[5,15]'), ['real', 15]),
    number('array_index_of', 1n, dynamic('[5,15.0]'), long(15n)),
    number('array_index_of', -1n, dynamic('[9007199254740993]'), ['real', 9007199254740992]),
    number('array_index_of', null, dynamic('{}'), long(1n)),
    number('array_index_of', 3n, dynamic('[1,2,1,2]'), long(2n), int(2n)),
    number('array_index_of', 3n, dynamic('[1,2,1,2]'), long(2n), int(-2n), int(-1n)),
    number('array_index_of', -1n, dynamic('[1,2,1,2]'), long(2n), int(2n), int(1n)),
    number('array_index_of', 1n, dynamic('[1,2,1,2]'), long(2n), int(0n), int(2n)),
    number('array_index_of', 0n, dynamic('[1,2,1,2]'), long(1n), int(-9n)),
    number('array_index_of', null, dynamic('[1,2,1,2]'), long(2n), int(0n), int(-2n)),
    number('array_index_of', null, dynamic('[1,2,1,2]'), long(2n), int(null)),
    constantKeys(number('array_index_of', 3n, dynamic('[1,2,1,2]'), long(2n), int(0n), int(-1n), int(2n)), 3, 4),
    constantKeys(number('array_index_of', -1n, dynamic('[1,2,1,2]'), long(2n), int(2n), int(-1n), int(2n)), 3, 4),
    constantKeys(number('array_index_of', null, dynamic('[2]'), long(2n), int(0n), int(-1n), int(-1n)), 3, 4),
    is('set_has_element', true, dynamic('["this","is"]'), string('is')),
    is('set_has_element', false, dynamic('["this","is"]'), string('IS')),
    is('set_has_element', true, dynamic('[1,2]'), long(2n)),
    is('set_has_element', false, dynamic('null'), long(2n)),
    gives('set_union', json('[1,2,4,8]'), dynamic('[1,2,1,4]'), dynamic('[1,2]'), dynamic('[8]')),
    gives('set_intersect', json('[1]'), dynamic('[1,2,1,4]'), dynamic('[1,2]'), dynamic('[8,1]')),
    gives('set_difference', json('[4]'), dynamic('[1,2,1,4]'), dynamic('[1,2]'), dynamic('[1,2,8]')),
    gives('set_difference', json('[]'), dynamic('[1]'), dynamic('[1]')),
    gives('array_sort_asc', json('["John","Kao","Paul"]'), dynamic('["Paul","John","Kao"]')),
    gives('array_sort_asc', json('[-1,2.5,10,"a","b",{"x":1},null]'), dynamic('["b",10,null,{"x":1},2.5,"a",-1]')),
    gives('array_sort_desc', json('[10,9,1,null]'), dynamic('[9,null,10,1]')),
    constantKeys(gives('array_sort_asc', json('[null,null,"blue"]'), dynamic('[null,"blue",null]'), bool(false)), 1),
    gives('array_sort_asc', null, dynamic('{}')),
    gives('zip', json('[["A",{}],[1,"B"],[1.5,null]]'), dynamic('["A",1,1.5]'), dynamic('[{},"B"]')),
  ]);
});

test('bags', async () => {
  await checkRows(bagFunctions, [
    constantKeys(
      gives(
        'bag_pack',
        json('{"Level":"Info","Id":1234,"Data":{"url":"x"}}'),
        string('Level'),
        string('Info'),
        string('Id'),
        long(1234n),
        string('Data'),
        dynamic('{"url":"x"}'),
      ),
      0,
      2,
      4,
    ),
    constantKeys(gives('bag_pack', json('{"a":2}'), string(''), long(1n), string('a'), long(2n)), 0, 2),
    constantKeys(gives('bag_pack', json('{}'), string(''), long(1n)), 0),
    constantKeys(
      gives('bag_set_key', json('{"a":"q","b":[1]}'), dynamic('{"a":1,"b":[1]}'), string('a'), string('q')),
      1,
    ),
    constantKeys(gives('bag_set_key', json('{"a":null,"z":1.5}'), dynamic('{"a":null}'), string('z'), real(1.5)), 1),
    constantKeys(gives('bag_set_key', json('{"z":null}'), dynamic('{}'), string('z'), long(null)), 1),
    constantKeys(gives('bag_set_key', null, dynamic('[1]'), string('z'), long(1n)), 1),
    constantKeys(gives('pack', json('{"it\'s \\"q\\"":null}'), string('it\'s "q"'), long(null)), 0),
    gives('bag_keys', json('["a","c"]'), dynamic('{"a":"b","c":{"d":1}}')),
    gives('bag_keys', json('[]'), dynamic('{}')),
    gives('bag_keys', null, dynamic('[]')),
    gives('bag_keys', null, dynamic('null')),
    constantKeys(is('bag_has_key', true, dynamic('{"a":null}'), string('a')), 1),
    constantKeys(is('bag_has_key', false, dynamic('{"a":1}'), string('b')), 1),
    constantKeys(is('bag_has_key', false, dynamic('["a"]'), string('a')), 1),
    gives(
      'bag_merge',
      json('{"A1":12,"B1":null,"A2":81}'),
      dynamic('{"A1":12,"B1":null}'),
      dynamic('{"A2":81,"A1":1,"B1":2}'),
    ),
    gives('bag_merge', json('{"A1":12}'), dynamic('{"A1":12}'), dynamic('null')),
    gives('bag_merge', null, dynamic('null'), dynamic('null')),
    gives('bag_merge', null, dynamic('{"A1":12}'), dynamic('[1]')),
    constantKeys(
      gives(
        'bag_remove_keys',
        json('{"key1":123.0}'),
        dynamic('{"key1":123.0,"it\'s":"abc"}'),
        dynamic('["it\'s","key4"]'),
      ),
      1,
    ),
    row('string')('gettype', 'string', string('a')),
    row('string')('gettype', 'long', dynamic('1')),
    row('string')('gettype', 'double', dynamic('1.0')),
    row('string')('gettype', 'dictionary', dynamic('{"abc":1}')),
    row('string')('gettype', 'array', dynamic('[1]')),
    row('string')('gettype', 'null', dynamic('null')),
    row('string')('gettype', 'string', dynamic('"x"')),
    row('string')('gettype', 'bool', dynamic('true')),
  ]);
});

test('dynamic functions agree with the engine on hostile text', async () => {
  const lists = hostileLists(3, 120);
  const arrays = lists.map(([a = '', b = '', c = '']) => [
    [a, b, [c], a],
    [b, c, null],
  ]);
  const named = (name: string) => [...arrayFunctions, ...bagFunctions].find((one) => one.name === name)!;
  for (const name of ['array_concat', 'set_union', 'set_intersect', 'set_difference', 'zip']) {
    await checkAgreement(named(name), ['dynamic', 'dynamic'], 'dynamic', arrays);
  }
  await checkAgreement(
    named('array_sort_asc'),
    ['dynamic'],
    'dynamic',
    arrays.map(([array = null]) => [array]),
  );
  await checkAgreement(
    named('array_sort_desc'),
    ['dynamic'],
    'dynamic',
    arrays.map(([array = null]) => [array]),
  );
  const bags = lists.map(([a = '', b = '', c = '']) => [
    new Map<string, Dynamic>([
      [a, b],
      [c, null],
    ]),
    new Map<string, Dynamic>([
      [b, [a]],
      [a, 1n],
    ]),
  ]);
  await checkAgreement(named('bag_merge'), ['dynamic', 'dynamic'], 'dynamic', bags);
  await checkAgreement(
    named('bag_keys'),
    ['dynamic'],
    'dynamic',
    bags.map(([bag]) => [bag!]),
  );
  await checkAgreement(
    named('pack_array'),
    ['string', 'dynamic'],
    'dynamic',
    lists.map(([a = '', b = '']) => [a, [b]]),
  );
  const packed = lists.map(([a = '', b = '']) => [a, b]);
  for (let i = 0; i < 40; i += 1)
    await checkAgreement(named('bag_pack'), ['string', 'string'], 'dynamic', packed.slice(i, i + 3), [[0]]);
});
