import { test } from 'node:test';
import { membershipFunctions } from '../../../src/kql/functions/membership.ts';
import { stringMatchFunctions } from '../../../src/kql/functions/string-match.ts';
import { type Case, checkAgreement, checkRows, dynamic, int, long, string, type TypedValue } from './check.ts';
import { hostileLists } from './hostile.ts';

const cases = (rows: readonly (readonly [name: string, text: string, needle: string, expected: boolean])[]): Case[] =>
  rows.flatMap(([name, text, needle, expected]) => [
    { name, args: [string(text), string(needle)], type: 'bool', expected },
    ...(/~/.test(name)
      ? []
      : [{ name: `!${name}`, args: [string(text), string(needle)], type: 'bool' as const, expected: !expected }]),
  ]);

test('has looks for whole terms', async () => {
  await checkRows(
    stringMatchFunctions,
    cases([
      ['has', 'North America', 'america', true],
      ['has', 'North America', 'amer', false],
      ['has', 'NorthAmerica', 'america', false],
      ['has', 'spf=pass dmarc=fail action=none', 'dmarc=fail', true],
      ['has', 'spf=pass dmarc=failed', 'dmarc=fail', false],
      ['has', 'xdmarc=fail', 'dmarc=fail', false],
      ['has', '{"DKIM":"fail"}', 'DKIM":"fail', true],
      ['has', 'a_b', 'a', true],
      ['has', 'aéb', 'a', false],
      ['has', 'a b', '', true],
      ['has', '', '', true],
      ['has', '', 'a', false],
      ['has', 'a=b', '=', true],
      ['has', 'failx fail', 'FAIL', true],
      ['has', 'line\nfail', 'fail', true],
      ['has', 'fail\n', 'fail', true],
      ['has', 'aa aaa', 'aa', true],
      ['has', 'aaa', 'aa', false],
      ['has', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ', true],
      ['has', 'a.c', 'a.c', true],
      ['has', 'abc', 'a.c', false],
      ['has_cs', 'North America', 'America', true],
      ['has_cs', 'North America', 'america', false],
      ['hasprefix', 'North America', 'ame', true],
      ['hasprefix', 'North America', 'mer', false],
      ['hasprefix_cs', 'North America', 'CA', false],
      ['hassuffix', 'North America', 'ICA', true],
      ['hassuffix', 'North America', 'americ', false],
      ['hassuffix_cs', 'North America', 'icA', false],
    ]),
  );
});

test('a term is a run of letters and digits of any script; underscore ends it', async () => {
  await checkRows(
    stringMatchFunctions,
    cases([
      ['has', 'ad67d136-c1db-4f9f-88ef-d94f3b6b0b5a', 'c1db', true],
      ['has', 'ad67d136-c1db-4f9f-88ef-d94f3b6b0b5a', 'c1d', false],
      ['has', 'ab_cd', 'cd', true],
      ['has', 'ab_cd', 'ab_c', false],
      ['hasprefix', 'ab_cd', 'c', true],
      ['hassuffix', 'ab_cd', 'b', true],
      ['has', 'école_x', 'ÉCOLE', true],
      ['has', 'naïve', 'na', false],
      ['has', '日本語', '日本', false],
      ['has', 'x٣y', 'x', false],
      ['has_cs', 'École', 'école', false],
      ['contains', 'straße', 'STRASSE', false],
      ['startswith', 'Écoles', 'éc', true],
      ['startswith_cs', 'Écoles', 'éc', false],
      ['endswith', 'CAFÉ', 'fé', true],
      ['=~', 'ÉCOLE', 'école', true],
      ['=~', 'Σ', 'ς', false],
    ]),
  );
});

test('contains, startswith, endswith and equality fold letter case unless told otherwise', async () => {
  await checkRows(
    stringMatchFunctions,
    cases([
      ['contains', 'FabriKam', 'BRik', true],
      ['contains', 'FabriKam', 'x', false],
      ['contains_cs', 'FabriKam', 'Kam', true],
      ['contains_cs', 'FabriKam', 'kam', false],
      ['contains', '100%', '%', true],
      ['startswith', 'Fabrikam', 'fab', true],
      ['startswith', 'Fabrikam', 'kam', false],
      ['startswith_cs', 'Fabrikam', 'fab', false],
      ['endswith', 'Fabrikam', 'KAM', true],
      ['endswith_cs', 'Fabrikam', 'Kam', false],
      ['=~', 'abc', 'ABC', true],
      ['=~', 'abc', 'abcd', false],
      ['!~', 'aBc', 'xyz', true],
      ['!~', 'aBc', 'AbC', false],
    ]),
  );
});

test('a dynamic is compared by its text', async () => {
  await checkRows(stringMatchFunctions, [
    { name: 'has', args: [dynamic('{"a":["Phish"]}'), string('phish')], type: 'bool', expected: true },
    { name: 'contains', args: [dynamic('null'), string('n')], type: 'bool', expected: false },
    { name: 'startswith', args: [dynamic('"abc"'), string('ab')], type: 'bool', expected: true },
  ]);
});

/** More terms than one pattern takes. */
const manyTerms = dynamic(JSON.stringify(Array.from({ length: 450 }, (_, i) => `term${i}`)));

const many = (name: string, expected: boolean, ...args: TypedValue[]): Case => ({ name, args, type: 'bool', expected });

test('has_any and has_all take texts and arrays', async () => {
  await checkRows(stringMatchFunctions, [
    many('has_any', true, string('{"DKIM":"fail"}'), string('DKIM":"fail')),
    many('has_any', true, string('North Carolina'), string('SOUTH'), string('NORTH')),
    many('has_any', false, string('Northern Carolina'), string('SOUTH'), string('NORTH')),
    many('has_any', true, string('NORTH CAROLINA'), dynamic('["south","north"]')),
    many('has_any', true, string('a b'), dynamic('["x","y"]'), string('b')),
    many('has_any', false, string('ab'), dynamic('["a","b","c","d",".","="]')),
    many('has_any', true, string('a b'), dynamic('["b","c","d",".x","=y","z."]')),
    many('has_any', true, string('q .x'), dynamic('["b","c","d",".x","=y","z."]')),
    many('has_any', false, string('a'), dynamic('[]')),
    many('has_any', true, string('7'), dynamic('[7,null]')),
    { ...many('has_any', true, string('a TERM449 b'), manyTerms), constantArgs: [1] },
    { ...many('has_any', false, string('a term450 b'), manyTerms), constantArgs: [1] },
    many('has_all', true, string('North and South America'), string('south'), string('north')),
    many('has_all', false, string('North America'), dynamic('["south","north"]')),
    many('has_all', true, string('North America'), dynamic('["america","north"]')),
    many('has_all', true, string('a'), dynamic('[]')),
  ]);
});

test('in compares by value and type', async () => {
  await checkRows(membershipFunctions, [
    many('in', true, string('abc'), string('123'), string('abc')),
    many('in', false, string('ABC'), string('123'), string('abc')),
    many('!in', true, string('ABC'), string('123'), string('abc')),
    many('in~', true, string('ABC'), string('123'), string('abc')),
    many('in~', true, string('ABC'), string('123'), dynamic('["abC"]')),
    many('!in~', false, string('ABC'), string('123'), string('abc')),
    many('in', true, string('contoso.com'), dynamic('["contoso.com","fabrikam.fr"]')),
    many('in', false, string('contoso.com'), dynamic('["fabrikam.fr"]')),
    many('in', false, string('1'), dynamic('[1,null,{"a":1}]')),
    many('in', false, string(''), dynamic('[]')),
    many('in', false, string(''), dynamic('null')),
    many('in', true, string('a"b\\é'), dynamic('["a\\"b\\\\é"]')),
    many('in', true, long(5n), long(4n), long(5n)),
    many('in', true, long(5n), ['real', 5]),
    many('in', false, long(5n), ['real', 5.5]),
    many('in', true, long(5n), dynamic('[4,5]')),
    many('in', true, long(5n), dynamic('[5.0]')),
    many('in', false, long(5n), dynamic('["5",4.6]')),
    many('in', false, long(null), long(4n)),
    many('!in', true, long(null), long(4n)),
    many('in', false, long(5n), long(null), long(4n)),
    many('in', true, ['bool', true], dynamic('[1,true]')),
    many('in', false, ['bool', true], dynamic('[1,"true"]')),
    {
      ...many('in', true, ['datetime', 0n], dynamic('["0001-01-01T00:00:00.0000000Z"]')),
      constantArgs: [1],
    },
    many('in', true, ['real', 0.5], dynamic('[1,0.5]')),
    // a number among texts that name numbers, as == compares it
    { ...many('in', true, int(25n), string('445'), string('25')), constantArgs: [1, 2] },
    { ...many('in', false, long(25n), string('2'), string('250')), constantArgs: [1, 2] },
    { ...many('!in', true, int(null), string('25')), constantArgs: [1] },
    { ...many('in~', true, ['real', 2.5], string('2.50')), constantArgs: [1] },
    { ...many('in', true, string('50173'), long(50132n), long(50173n)), constantArgs: [1, 2] },
    { ...many('in', false, string('x'), long(0n)), constantArgs: [1] },
    { ...many('!in', true, string(''), long(0n)), constantArgs: [1] },
    // a dynamic among texts is a text
    many('in', true, dynamic('"docx"'), dynamic('["doc","docx"]')),
    many('in', false, dynamic('"DOCX"'), dynamic('["doc","docx"]')),
    many('in~', true, dynamic('"DOCX"'), dynamic('["doc","docx"]')),
    many('!in~', false, dynamic('"É"'), dynamic('[["é"]]')),
    many('in', true, dynamic('5'), dynamic('[4,5]')),
    many('in', true, dynamic('5'), dynamic('[4,"5"]')),
    many('in', false, dynamic('"5"'), dynamic('[4,5]')),
    many('in', false, dynamic('null'), dynamic('["null"]')),
    many('in', false, dynamic('null'), dynamic('null')),
    many('!in', true, dynamic('{"a":1}'), dynamic('["a",1]')),
  ]);
});

test('operators on two texts agree with the engine on hostile text', async () => {
  const lists = hostileLists(2, 120);
  const short = lists.map(([text = '', needle = '']) => [text + needle, Array.from(needle)[0] ?? '']);
  for (const row of stringMatchFunctions) {
    // Each needle that is a column of a row makes the engine build a pattern of its own.
    const count = row.name.includes('has') ? 40 : 120;
    await checkAgreement(row, ['string', 'string'], 'bool', [...lists.slice(0, count), ...short.slice(0, count)]);
    for (const list of short.slice(0, count / 20)) {
      await checkAgreement(row, ['string', 'string'], 'bool', [list, ...lists], [[1]]);
    }
  }
});

test('in, has_any and has_all agree with the engine on hostile text', async () => {
  const lists = hostileLists(3, 50);
  const array = lists.map(([text = '', a = '', b = '']) => [text, [a, b, text.toUpperCase()]]);
  for (const row of [...membershipFunctions, ...stringMatchFunctions.filter(({ name }) => name.startsWith('has_a'))]) {
    await checkAgreement(row, ['string', 'string', 'string'], 'bool', lists, [[], [1], [1, 2]]);
    await checkAgreement(row, ['string', 'dynamic'], 'bool', array, [[], [1], [0]]);
  }
});
