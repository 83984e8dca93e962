import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodedBytes, decodedText, decodedWords, fieldText } from '../../../src/mail/message/encoded-words.ts';
import { inTime } from '../../in-time.ts';
import { raw } from './messages.ts';

const words: Readonly<Record<string, readonly [text: string, decoded: string]>> = {
  'section 8: Q': ['=?ISO-8859-1?Q?Andr=E9?= Pirard', 'André Pirard'],
  'section 8: B': ['=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=', 'If you can read this yo'],
  'section 4.2: an underscore is a blank': ['=?utf-8?q?a_b?=', 'a b'],
  'section 4.2: = without two digits stays': ['=?utf-8?Q?a=4?=', 'a=4'],
  'section 4.2: blanks inside, which the RFC forbids and senders write': ['=?utf-8?Q?a b?=', 'a b'],
  'section 6.2: blanks between two words go': ['=?utf-8?Q?a?= \r\n\t =?utf-8?Q?b?=', 'ab'],
  'section 6.2: blanks beside a word stay': ['a =?utf-8?Q?b?= c', 'a b c'],
  'section 6.2: a text between two words stays': ['=?utf-8?Q?a?= x =?utf-8?Q?b?=', 'a x b'],
  'two charsets in neighbours': ['=?utf-8?Q?=C3=A9?= =?iso-8859-1?Q?=E9?=', 'éé'],
  'a character split between two words': ['=?utf-8?Q?=E2=82?= =?UTF-8?B?rA==?=', '€'],
  'RFC 2231 section 5: a language tag': ['=?iso-8859-1*de?Q?Gr=FC?= =?iso-8859-1?Q?=DFe?=', 'Grüße'],
  'RFC 2231 section 5: a language tag on a charset that needs its name': ['=?koi8-r*ru?Q?=C1?=', 'а'],
  'ISO-2022-JP': ['=?iso-2022-jp?B?GyRCJDMkcxsoQg==?=', 'こん'],
  'a charset under a name that is not registered': ['=?cp932?B?grE=?=', 'こ'],
  'an unknown charset that is UTF-8': ['=?x-no-such?Q?=C3=A9?=', 'é'],
  'an unknown charset that is not': ['=?x-no-such?Q?=E9?=', 'é'],
  'bytes that the charset does not have': ['=?utf-8?Q?=FF?=', '\ufffd'],
  'B without padding': ['=?utf-8?B?YQ?=', 'a'],
  'an empty word': ['a=?utf-8?Q??=b', 'ab'],
  'no such encoding': ['=?utf-8?X?a?=', '=?utf-8?X?a?='],
  'no charset end': ['=?utf-8', '=?utf-8'],
  'no word end': ['=?utf-8?Q?abc', '=?utf-8?Q?abc'],
  'a word that does not end, before one that does': ['=?utf-8?Q?ab =?utf-8?Q?c?=', '=?utf-8?Q?ab c'],
  'a charset longer than any': [`=?${'x'.repeat(65)}?Q?a?=`, `=?${'x'.repeat(65)}?Q?a?=`],
};

for (const [name, [text, decoded]] of Object.entries(words)) {
  test(`RFC 2047, ${name}`, () => assert.equal(decodedWords(text), decoded));
}

test('RFC 6532: bytes are UTF-8 where they can be, else Windows-1252', () => {
  assert.equal(decodedText(raw('Jürgen €')), 'Jürgen €');
  assert.equal(decodedText('J\xfcrgen \x80'), 'Jürgen €');
  assert.equal(decodedBytes(Buffer.from([0xc3, 0x28])), 'Ã(');
});

test('a field as a person reads it is unfolded and has no control characters', () => {
  assert.equal(fieldText(' one\r\n two\r\n'), 'one two');
  assert.equal(fieldText(' =?utf-8?Q?a=0D=0ABcc:=00b=1B[2J?='), 'a  Bcc: b [2J');
  assert.equal(fieldText(raw(' voilà')), 'voilà');
});

test('any text, in any cut, comes back from its encoded words', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), fc.nat(), (text, at) => {
      const bytes = Buffer.from(text);
      const cut = at % bytes.length;
      const encoded = [bytes.subarray(0, cut), bytes.subarray(cut)].map(
        (part) => `=?utf-8?B?${part.toString('base64')}?=`,
      );
      assert.equal(decodedWords(encoded.join(' ')), text);
    }),
  );
});

test('whatever comes, it never throws', () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'=?utf-8QB_ é\0*') }), (text) => void decodedWords(text)));
});

for (const bomb of ['=?', '=?a?q?', '=?a?q?b?= ', '=?utf-8?Q?=41?=', '=?a?q?x ', '??=', '=?a?']) {
  test(`half a megabyte of ${bomb} takes time linear in it`, async () => {
    const text = bomb.repeat((1 << 19) / bomb.length);
    await inTime(2000, () => decodedWords(text));
  });
}
