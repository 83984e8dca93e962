import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { answer, answerLine, wireOf } from '../../../src/gateway/smtp/answer.ts';
import { attributeNames, readAttributes, writeAttributes } from '../../../src/gateway/smtp/attributes.ts';
import { readCommand } from '../../../src/gateway/smtp/command.ts';
import { readEnvelope } from '../../../src/gateway/smtp/envelope.ts';
import { smtpLimits } from '../../../src/gateway/smtp/limits.ts';
import { readPath } from '../../../src/gateway/smtp/path.ts';
import { readProxyHeader } from '../../../src/gateway/smtp/proxy-header.ts';
import { Visitors } from '../../../src/gateway/smtp/visitors.ts';
import { readXtext, writeXtext } from '../../../src/gateway/smtp/xtext.ts';
import { inTime } from '../../in-time.ts';

describe('an answer', () => {
  test('is lines of one code, whatever its text holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 900 }), { minLength: 1 }), (lines) => {
        const wire = wireOf(answer(550, '5.7.1', ...lines));
        assert.match(wire, /^(?:550-5\.7\.1 [ -~]{0,400}\r\n)*550 5\.7\.1 [ -~]{0,400}\r\n$/);
      }),
    );
  });
  const rows: readonly (readonly [
    line: string,
    code: number | undefined,
    enhanced?: string,
    text?: string,
    isLast?: boolean,
  ])[] = [
    ['250 2.1.0 Ok', 250, '2.1.0', 'Ok', true],
    ['250-SIZE 1', 250, '', 'SIZE 1', false],
    ['250', 250, '', '', true],
    ['250 2.0.0', 250, '2.0.0', '', true],
    ['250 2.0.0x', 250, '', '2.0.0x', true],
    ['2500 Ok', undefined],
    ['199 Ok', undefined],
    ['Ok', undefined],
    ['', undefined],
  ];
  for (const [line, code, enhanced, text, isLast] of rows) {
    test(`is read: ${JSON.stringify(line)}`, () => {
      const read = answerLine(line);
      const expected = code === undefined ? undefined : { answer: answer(code, enhanced!, text!), isLast };
      assert.deepEqual(read, expected);
    });
  }
});

describe('a path', () => {
  const rows: readonly (readonly [text: string, address: string | undefined, domain?: string, isRouted?: boolean])[] = [
    ['<>', '', '', false],
    ['<a@example.com> X', 'a@example.com', 'example.com', false],
    ['<A@EXAMPLE.com>', 'A@EXAMPLE.com', 'example.com', false],
    ['<a..b.@docomo.example>', 'a..b.@docomo.example', 'docomo.example', false],
    ['<"a b"@example.com>', '"a b"@example.com', 'example.com', false],
    ['<"a\\"> b"@example.com>', '"a\\"> b"@example.com', 'example.com', false],
    ['<a@[192.0.2.1]>', 'a@[192.0.2.1]', '[192.0.2.1]', false],
    ['<a@[IPv6:2001:db8::1]>', 'a@[IPv6:2001:db8::1]', '[ipv6:2001:db8::1]', false],
    ['<@a.example,@b.example:c@example.com>', 'c@example.com', 'example.com', true],
    ['<a%b@example.com>', 'a%b@example.com', 'example.com', true],
    ['<ü@bücher.example>', 'ü@bücher.example', 'xn--bcher-kva.example', false],
    ['<postmaster>', 'postmaster', '', false],
    ['<a@example.com', undefined],
    ['a@example.com', undefined],
    ['<a@>', undefined],
    ['<@example.com>', undefined],
    ['<a@[192.0.2.256]>', undefined],
    ['<a@[tag:x]>', undefined],
    ['<a@example..com>', undefined],
    ['<a@.example>', undefined],
    [`<a@${'a'.repeat(64)}.example>`, undefined],
    ['<"a@example.com>', undefined],
    ['<a@b@c>', undefined],
    ['<a b@example.com>', undefined],
  ];
  for (const [text, address, domain, isRouted] of rows) {
    test(text, () => {
      const read = readPath(text)?.path;
      assert.deepEqual(
        read && [read.address, read.domain, read.isRouted],
        address === undefined ? undefined : [address, domain, isRouted],
      );
    });
  }
  test('holds no bracket and no blank outside quotes, whatever it is made of; and is read in time', async () => {
    const parts = fc.array(fc.constantFrom('<', '>', '@', '"', '\\', ' ', 'a', '.', ',', ':', '[', ']', 'ü', '%'));
    fc.assert(
      fc.property(parts, (texts) => {
        const read = readPath(`<${texts.join('')}`);
        if (read === undefined) return;
        assert.doesNotMatch(read.path.address.replace(/"(?:[^"\\]|\\.)*"/g, ''), /[<> ]/);
      }),
      { numRuns: 3_000 },
    );
    await inTime(200, () => {
      for (const part of ['@a,', '"\\', 'a@', '@a:', '<']) readPath(`<${part.repeat(1_000)}`);
    });
  });
});

describe('parameters', () => {
  const features = { size: 0, eightBit: true, utf8: true, dsn: true };
  const rules = { features, isExtended: true, utf8: false, isTrusted: false };
  const rows: readonly (readonly [verb: 'MAIL' | 'RCPT', words: string, code: number])[] = [
    ['MAIL', 'SIZE=1', 250],
    ['MAIL', 'size=1 body=7bit', 250],
    ['MAIL', 'SIZE', 501],
    ['MAIL', 'SIZE=-1', 501],
    ['MAIL', `SIZE=${'9'.repeat(21)}`, 501],
    ['MAIL', 'BODY=BINARYMIME', 501],
    ['MAIL', 'SMTPUTF8', 250],
    ['MAIL', 'SMTPUTF8=1', 501],
    ['MAIL', 'RET=FULL ENVID=a+2B', 250],
    ['MAIL', 'RET=ALL', 501],
    ['MAIL', 'ENVID=a+', 501],
    ['MAIL', `ENVID=${'a'.repeat(101)}`, 501],
    ['MAIL', 'NOTIFY=NEVER', 555],
    ['MAIL', 'MT-PRIORITY=1', 555],
    ['MAIL', 'SIZE=1=2', 555],
    ['RCPT', 'NOTIFY=NEVER', 250],
    ['RCPT', 'NOTIFY=SUCCESS,FAILURE,DELAY', 250],
    ['RCPT', 'NOTIFY=NEVER,DELAY', 501],
    ['RCPT', 'NOTIFY=DELAY,DELAY', 501],
    ['RCPT', 'ORCPT=rfc822;a@b', 250],
    ['RCPT', 'ORCPT=utf-8;ü@b', 250],
    ['RCPT', 'ORCPT=a@b', 501],
    ['RCPT', 'ORCPT=rfc822;a+0', 501],
    ['RCPT', 'SIZE=1', 555],
  ];
  for (const [verb, words, code] of rows) {
    test(`${verb} ${words.slice(0, 40)}`, () => {
      const read = readEnvelope(verb, `${verb === 'MAIL' ? 'FROM' : 'TO'}:<a@example.com> ${words}`, rules);
      assert.equal('code' in read ? read.code : 250, code);
    });
  }
  test('behind HELO there are none', () => {
    const read = readEnvelope('MAIL', 'FROM:<a@example.com> SIZE=1', { ...rules, isExtended: false });
    assert.equal('code' in read && read.code, 555);
  });
});

describe('xtext', () => {
  test('comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const written = writeXtext(text);
        assert.match(written, /^[!-~]*$/);
        assert.equal(readXtext(written), text);
      }),
    );
  });
  for (const text of ['a b', 'a=b', '+', '+g0', '+a', 'ü', '+FF']) {
    test(`${text} is none`, () => assert.equal(readXtext(text), undefined));
  }
});

test('attributes come back, in lines of at most 512 octets', () => {
  const names: readonly string[] = attributeNames.XFORWARD;
  const long = 'a'.repeat(250);
  const told = new Map<string, string | undefined>([
    ['NAME', long],
    ['HELO', long],
    ['ADDR', '2001:db8::1'],
    ['IDENT', undefined],
    ['SOURCE', 'LOCAL'],
  ]);
  const lines = writeAttributes('XFORWARD', new Set(names), told);
  assert.ok(lines.length > 1 && lines.every((line) => line.length <= 510));
  const read = new Map(
    lines.flatMap((line) => [...(readAttributes('XFORWARD', line.slice(9)) as Map<string, string>)]),
  );
  for (const name of names) assert.equal(read.get(name), told.get(name));
});

test('a header of the PROXY protocol is read the same whatever of it has come', () => {
  const signature = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
  const header = fc.oneof(
    fc
      .constantFrom('PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\nEHLO', 'PROXY UNKNOWN x\r\n', 'PROXY ', 'EHLO a\r\n')
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 60 }).map((octets) => Buffer.concat([signature, octets])),
  );
  fc.assert(
    fc.property(header, fc.nat(80), (bytes, end) => {
      const part = readProxyHeader(bytes.subarray(0, end));
      if (part !== undefined) assert.deepEqual(part, readProxyHeader(bytes));
    }),
    { numRuns: 2_000 },
  );
});

describe('a command', () => {
  const rows: readonly (readonly [line: string, verb: string | undefined, rest?: string])[] = [
    ['mail FROM:<a>  ', 'MAIL', 'FROM:<a>'],
    ['', '', ''],
    ['QUIT', 'QUIT', ''],
    ['MAIL:x', '', 'MAIL:x'],
    ['NO\tOP', undefined],
    ['a\x7f', undefined],
  ];
  for (const [line, verb, rest] of rows) {
    test(JSON.stringify(line), () => {
      const read = readCommand(Buffer.from(line));
      assert.deepEqual(read && [read.verb, read.rest], verb === undefined ? undefined : [verb, rest]);
    });
  }
});

test('clients are counted by address, of IPv6 by the /64', () => {
  const visitors = new Visitors();
  const limits = { ...smtpLimits, perClient: 1, perClientMinute: 2 };
  const leave = visitors.enter('2001:db8::1', limits, 0);
  assert.ok(leave);
  assert.equal(visitors.enter('2001:db8::2', limits, 0), undefined);
  assert.ok(visitors.enter('2001:db8:0:1::1', limits, 0));
  leave();
  assert.equal(visitors.enter('2001:db8::1', limits, 59_999), undefined);
  assert.ok(visitors.enter('2001:db8::1', limits, 60_000));
});
