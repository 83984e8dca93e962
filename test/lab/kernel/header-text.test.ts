import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateText, headerText, named } from '../../../src/lab/kernel/header-text.ts';

/** Encoded words read back, the plain way: only what the kernel writes. */
const decoded = (text: string): string =>
  text.replace(/=\?utf-8\?B\?([^?]*)\?=(?:\r\n )?/g, (_, base64: string) => Buffer.from(base64, 'base64').toString());

describe('texts in header fields', () => {
  it('ASCII stays, the rest becomes encoded words (RFC 2047)', () => {
    assert.equal(headerText('Agenda = 1?'), 'Agenda = 1?');
    assert.equal(headerText('Réunion'), '=?utf-8?B?UsOpdW5pb24=?=');
    assert.equal(decoded(headerText('=?utf-8?B?QQ==?=')), '=?utf-8?B?QQ==?=');
  });

  it('never breaks a line or a character: every word decodes alone, within 75 characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const written = headerText(text);
        assert.equal(decoded(written), text);
        if (written === text) return;
        for (const word of written.split('\r\n ')) assert.match(word, /^=\?utf-8\?B\?[A-Za-z0-9+/]+=*\?=$/);
        assert.ok(written.split('\r\n ').every((word) => word.length <= 75));
        assert.equal(written.split('\r\n ').map(decoded).join(''), text);
      }),
    );
  });

  it('a mailbox quotes and encodes its name where that is needed', () => {
    for (const [name, text] of [
      ['', 'a@bank.example'],
      ['Ada Berg', 'Ada Berg <a@bank.example>'],
      ['Bank, Ltd.', '"Bank, Ltd." <a@bank.example>'],
      ['The "Bank"', '"The \\"Bank\\"" <a@bank.example>'],
      ['Chloé', '=?utf-8?B?Q2hsb8Op?= <a@bank.example>'],
    ] as const)
      assert.equal(named(name, 'a@bank.example'), text);
  });

  it('dates are those of RFC 5322, in UTC', () => {
    assert.equal(dateText(Date.parse('2026-09-06T04:07:21.500Z')), 'Sun, 06 Sep 2026 04:07:21 +0000');
  });
});
