import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonPathFunctions, readJsonPath } from '../../../src/kql/functions/json-path.ts';
import { urlFunctions } from '../../../src/kql/functions/url.ts';
import { type Dynamic, parseDynamic } from '../../../src/values/index.ts';
import { type Case, checkAgreement, checkRows, string } from './check.ts';
import { hostileLists } from './hostile.ts';

const json = (text: string): Dynamic => parseDynamic(text) as Dynamic;
const url = (text: string, expected: string): Case => ({
  name: 'parse_url',
  args: [string(text)],
  type: 'dynamic',
  expected: json(expected),
});

test('parse_url takes an address apart', async () => {
  await checkRows(urlFunctions, [
    url(
      'scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment',
      '{"Scheme":"scheme","Host":"host","Port":"1234","Path":"this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v2"},"Fragment":"fragment"}',
    ),
    url(
      'https://login.example',
      '{"Scheme":"https","Host":"login.example","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}',
    ),
    url(
      'https://good.example@evil.example/?a=1=2&&b&a=3',
      '{"Scheme":"https","Host":"evil.example","Port":"","Path":"","Username":"good.example","Password":"","Query Parameters":{"a":"1=2","b":""},"Fragment":""}',
    ),
    url('evil.example/path', 'null'),
    url('', 'null'),
    {
      name: 'parse_urlquery',
      args: [string('k1=v1&k2=v2')],
      type: 'dynamic',
      expected: json('{"Query Parameters":{"k1":"v1","k2":"v2"}}'),
    },
  ]);
});

const at = (path: string, source: string, expected: string): Case => ({
  name: 'extract_json',
  args: [string(path), string(source)],
  type: 'string',
  expected,
  constantArgs: [0],
});

test('extract_json follows a path', async () => {
  const source = '{"name":"John","age":30,"a b":[{"c":"x"}]}';
  await checkRows(jsonPathFunctions, [
    at('$.name', source, 'John'),
    at("$['a b'][0].c", source, 'x'),
    at('$["a b"]', source, '[{"c":"x"}]'),
    at('$["a b"][1]', source, ''),
    at('$.name', 'no json', ''),
    { ...at('$.age', source, ''), type: 'long', expected: 30n },
    { ...at('$.name', source, ''), type: 'long', expected: null },
  ]);
  for (const wrong of ['name', '$..a', '$.*', '$[*]', '$[-1]', '$.a b'])
    assert.equal(readJsonPath(wrong), undefined, wrong);
});

test('addresses of hostile text are taken apart as by the evaluator', async () => {
  const urls = hostileLists(4, 200).flatMap(([a = '', b = '', c = '', d = '']) => [
    [`http://${a}@${b}/${c}?${a}=${b}&${d}#${c}`],
    [`https://h${a}:80?${b}&${c}`],
    [a + b],
  ]);
  for (const row of urlFunctions.slice(1, 3)) await checkAgreement(row, ['string'], 'dynamic', urls);
});
