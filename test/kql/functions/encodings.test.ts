import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import fc from 'fast-check';
import { base64ValueFunctions } from '../../../src/kql/functions/base64-values.ts';
import { compressionFunctions } from '../../../src/kql/functions/compression.ts';
import { domainNameFunctions } from '../../../src/kql/functions/domain-names.ts';
import { fastHashFunctions } from '../../../src/kql/functions/fast-hashes.ts';
import { hashFunctions } from '../../../src/kql/functions/hashes.ts';
import { decodePunycode, encodePunycode } from '../../../src/kql/functions/punycode.ts';
import { xmlFunctions } from '../../../src/kql/functions/xml.ts';
import { readXml } from '../../../src/kql/functions/xml-read.ts';
import { xxhash64 } from '../../../src/kql/functions/xxhash64.ts';
import { type KqlType, parseDynamic, type Value } from '../../../src/values/index.ts';
import { inTime } from '../../in-time.ts';
import { type Case, checkRows, dynamic, int, long, string, type TypedValue } from './check.ts';

const row =
  (type: KqlType) =>
  (name: string, expected: Value, ...args: TypedValue[]): Case => ({ name, args, type, expected });
const text = row('string');
const value = row('dynamic');
const guid = row('guid');
const number = row('long');

test('base64 of bytes and guids', async () => {
  await checkRows(base64ValueFunctions, [
    value('base64_decode_toarray', [75n, 117n, 115n, 116n, 111n], string('S3VzdG8=')),
    value('base64_decode_toarray', null, string('S3VzdG8')),
    value('base64_decode_toarray', [], string('')),
    text('base64_encode_fromarray', 'S3VzdG8=', dynamic('[75,117,115,116,111]')),
    text('base64_encode_fromarray', '', dynamic('[256]')),
    text('base64_encode_fromarray', '', dynamic('[1.5]')),
    text('base64_encode_fromarray', '', dynamic('null')),
    guid('base64_decode_toguid', '10e99626-bc2b-754c-bb3e-fe606de25700', string('JpbpECu8dUy7Pv5gbeJXAA==')),
    guid('base64_decode_toguid', null, string('abcd1231')),
    text('base64_encode_fromguid', '8jMxriJurkmwahbmqbIS6w==', ['guid', 'ae3133f2-6e22-49ae-b06a-16e6a9b212eb']),
    text('base64_encode_fromguid', '', ['guid', null]),
  ]);
});

const call = { name: '', argTypes: ['string'], type: 'string' } as const;
const [zlib, unzlib, gzip, gunzip] = compressionFunctions.map(
  (one) => (source: string) => String(one.evaluate([source], call)),
);

test('zlib and gzip', async () => {
  await checkRows(compressionFunctions, [
    text(
      'zlib_compress_to_base64_string',
      'eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw==',
      string('1234567890qwertyuiop'),
    ),
    text(
      'gzip_compress_to_base64_string',
      'H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==',
      string('1234567890qwertyuiop'),
    ),
    text('zlib_decompress_from_base64_string', 'Test string 123', string('eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=')),
    text(
      'gzip_decompress_from_base64_string',
      '1234567890qwertyuiop',
      string('H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=='),
    ),
    text('zlib_decompress_from_base64_string', '', string('x0x0x0')),
    text('gzip_decompress_from_base64_string', '', string('eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=')),
    text('gzip_decompress_from_base64_string', '', string('')),
  ]);
});

test('what is compressed is read by others and by us', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(300), (part, times) => {
      const source = part.repeat(times);
      assert.equal(inflateSync(Buffer.from(zlib!(source), 'base64')).toString(), source);
      assert.equal(gunzipSync(Buffer.from(gzip!(source), 'base64')).toString(), source);
      assert.equal(unzlib!(zlib!(source)), source);
      assert.equal(gunzip!(gzip!(source)), source);
    }),
    { numRuns: 50 },
  );
});

test('a compressed bomb is refused, a damaged stream is empty', () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64');
  assert.throws(() => gunzip!(bomb), /longer than 16777216 bytes/);
  const damaged = Buffer.from(gzip!('dmarc=fail'), 'base64');
  damaged[12]! ^= 1;
  assert.equal(gunzip!(damaged.toString('base64')), '');
  assert.equal(gunzip!(gzipSync(Buffer.from([0xff])).toString('base64')), '');
});

test('hashes', async () => {
  const day: TypedValue = ['datetime', 635_556_672_000_000_000n];
  await checkRows(fastHashFunctions, [
    number('hash', 1846988464401551951n, string('World')),
    number('hash', 753694413698530628n, string('Hello')),
    number('hash', 51n, string('World'), int(100n)),
    number('hash_xxhash64', 1380966698541616202n, day),
    number('hash', null, long(null)),
    number('hash', null, string('World'), int(0n)),
  ]);
  await checkRows(hashFunctions, [
    text('hash_md5', '786c530672d1f8db31fee25ea8a9390b', ['datetime', 637_134_336_000_000_000n]),
    text('hash_sha1', '70c07ec18ef89c5309bbb0937f3a6342411e1fdd', string('World')),
  ]);
  // from the published test vectors of XXH64: a text of more than one block
  assert.equal(xxhash64(Buffer.from('')), 0xef46db3751d8e999n);
  assert.equal(xxhash64(Buffer.from('Nobody inspects the spammish repetition')), 0xfbcea83c8a378bf1n);
});

test('punycode', async () => {
  await checkRows(domainNameFunctions, [
    text('punycode_from_string', 'acadmie-franaise-npb1a', string('académie-française')),
    text('punycode_from_string', 'cqv902d', string('艺术')),
    text('punycode_to_string', 'académie-française', string('acadmie-franaise-npb1a')),
    text('punycode_to_string', '', string('é')),
    text('punycode_to_string', '', string('a-!')),
    text('punycode_domain_from_string', 'Gáe.example.com', string('xn--Ge-mia.example.com')),
    text('punycode_domain_from_string', '', string('xn--!.example.com')),
    text('punycode_domain_to_string', 'xn--Riill-jta.example.org', string('Riðill｡example。org')),
    text('punycode_domain_to_string', '', string('')),
  ]);
  assert.equal(decodePunycode('99999999'), undefined);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (source) => {
      if (source.isWellFormed()) assert.equal(decodePunycode(encodePunycode(source)), source);
    }),
  );
});

test('parse_xml', async () => {
  const xml = (source: string, json: string): Case => value('parse_xml', parseDynamic(json) as Value, string(source));
  await checkRows(xmlFunctions, [
    xml('<e/>', '{"e":null}'),
    xml('<e>text</e>', '{"e":"text"}'),
    xml('<e name="value" />', '{"e":{"@name":"value"}}'),
    xml('<e name="value">text</e>', '{"e":{"@name":"value","#text":"text"}}'),
    xml('<e> <a>text</a> <b>text</b> </e>', '{"e":{"a":"text","b":"text"}}'),
    xml('<e> <a>text</a> <a>text</a> </e>', '{"e":{"a":["text","text"]}}'),
    xml('<e> text <a>text</a> </e>', '{"e":{"#text":"text","a":"text"}}'),
    xml('<?xml version="1.0"?><!DOCTYPE e><!-- c --><e>&lt;&#65;&#x1F600;</e>', '{"e":"<A😀"}'),
    xml('<e><![CDATA[<x>]]>t</e>', '{"e":"t"}'),
    xml("<n:e xmlns:n='urn:x'/>", '{"n:e":{"@xmlns:n":"urn:x"}}'),
    ...[
      '',
      'x',
      '<e>',
      '<e></f>',
      '<e/><f/>',
      '<e a="1" a="2"/>',
      '<e>&x;</e>',
      '<e a=1/>',
      '<e>a & b</e>',
      '</e>',
      'x<e/>',
    ].map((source) => xml(source, 'null')),
    xml('<!DOCTYPE e [<!ENTITY x "xx">]><e>&x;</e>', 'null'),
  ]);
  const [row] = xmlFunctions;
  assert.throws(
    () => row!.evaluate([`${'<e>'.repeat(300)}${'</e>'.repeat(300)}`], { ...call, type: 'dynamic' }),
    /deep/,
  );
  assert.equal(row!.evaluate([`<e>${'x'.repeat(1_048_576)}</e>`], { ...call, type: 'dynamic' }), null);
});

test('an XML text that never ends is read in little time', async () => {
  await inTime(5_000, () => {
    for (const begin of ['<?', '<', '<!--', '<a ', '</', '<a b="', '<![CDATA[', '<!DOCTYPE ']) {
      for (const filling of ['a', ' ', '-', '<', ' a="b"'])
        assert.equal(readXml(begin + filling.repeat(100_000)), undefined);
    }
  });
});
