import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { stuffed, unstuffed } from '../../../src/gateway/smtp/dots.ts';
import { firstLine } from '../../../src/gateway/smtp/line.ts';
import { impurityOf, normalised } from '../../../src/gateway/smtp/line-ends.ts';
import { MessageData } from '../../../src/gateway/smtp/message-data.ts';

/** Texts in which line ends of all kinds and dots are as frequent as they can be. */
const nasty = fc
  .array(fc.constantFrom('\r', '\n', '\r\n', '.', '\0', 'a', '\r\n.\r\n', '\r\n..', 'ü'), { maxLength: 40 })
  .map((parts) => Buffer.from(parts.join('')));
const cuts = fc.array(fc.nat(60), { maxLength: 8 });

/** Bytes in pieces that begin at some places. */
function pieces(bytes: Buffer, at: readonly number[]): Buffer[] {
  const places = [0, ...at.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

/** What a message and what follows it are, by the words of RFC 5321: the reference. */
function split(bytes: Buffer): { message: string; rest: string } | undefined {
  const text = `\r\n${bytes.toString('latin1')}`;
  const end = text.indexOf('\r\n.\r\n');
  return end < 0 ? undefined : { message: text.slice(2, end + 2), rest: text.slice(end + 5) };
}

describe('the end of a message', () => {
  test('is where RFC 5321 has it, whatever the pieces', () => {
    fc.assert(
      fc.property(nasty, cuts, (bytes, at) => {
        const data = new MessageData();
        let rest: Buffer | undefined;
        const left = pieces(bytes, at);
        while (rest === undefined && left.length > 0) rest = data.feed(left.shift()!);
        const expected = split(bytes);
        assert.equal(rest === undefined, expected === undefined);
        if (rest === undefined || expected === undefined) return;
        assert.equal(data.bytes().toString('latin1'), expected.message);
        assert.equal(Buffer.concat([rest, ...left]).toString('latin1'), expected.rest);
        assert.equal(data.length, expected.message.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('is found, too, when nothing is kept', () => {
    const data = new MessageData();
    data.feed(Buffer.from('a\r\n'));
    data.discard();
    assert.equal(data.feed(Buffer.from('b\r\n.\r')), undefined);
    assert.equal(data.feed(Buffer.from('\nQUIT'))?.toString(), 'QUIT');
    assert.equal(data.bytes().length, 0);
  });
});

describe('dots', () => {
  test('what is stuffed has its end at the end and nowhere else, and comes back', () => {
    fc.assert(
      fc.property(nasty, (bytes) => {
        const all = Buffer.concat(stuffed(bytes));
        const { message, rest } = split(all)!;
        assert.equal(rest, '');
        const ended =
          bytes.length === 0 || bytes.toString('latin1').endsWith('\r\n')
            ? bytes
            : Buffer.concat([bytes, Buffer.from('\r\n')]);
        assert.deepEqual(unstuffed(Buffer.from(message, 'latin1')), ended);
      }),
      { numRuns: 2_000 },
    );
  });
  test('a message without them is not copied', () => {
    const bytes = Buffer.from('a\r\nb.\r\n');
    assert.equal(unstuffed(bytes), bytes);
    assert.equal(stuffed(bytes)[0]?.buffer, bytes.buffer);
  });
});

describe('line ends', () => {
  const isPure = (text: string): boolean => {
    for (const [at, c] of [...text].entries()) {
      if (c === '\0' || (c === '\n' && text[at - 1] !== '\r') || (c === '\r' && text[at + 1] !== '\n')) return false;
    }
    return true;
  };
  test('are looked at as byte by byte', () => {
    fc.assert(
      fc.property(nasty, (bytes) => assert.equal(impurityOf(bytes) === undefined, isPure(bytes.toString('latin1')))),
      { numRuns: 2_000 },
    );
  });
  test('across the slices of a large message', () => {
    const line = Buffer.from(`${'x'.repeat(78)}\r\n`);
    const large = Buffer.concat(Array.from({ length: 40_000 }, () => line));
    assert.equal(impurityOf(large), undefined);
    for (const at of [0, 1_048_575, 1_048_576, 1_048_640, 2_097_280, large.length - 1]) {
      const bad = Buffer.from(large);
      bad[at] = 0x0a;
      bad[at - 1] = 0x20;
      assert.equal(impurityOf(bad)?.startsWith('bare'), true, `${at}`);
    }
  });
  test('mended, none is left but NUL', () => {
    fc.assert(
      fc.property(nasty, (bytes) => {
        const found = impurityOf(normalised(bytes));
        assert.equal(found, bytes.includes(0) ? 'NUL' : undefined);
      }),
    );
  });
  const rows: readonly (readonly [text: string, limit: number, found: string | undefined])[] = [
    ['aaaa\r\n', 6, undefined],
    ['aaaaa\r\n', 6, 'long line'],
    ['a\r\naaaaaaa', 6, 'long line'],
  ];
  for (const [text, limit, found] of rows) {
    test(`${JSON.stringify(text)} with ${limit} octets a line`, () => {
      assert.equal(impurityOf(Buffer.from(text), limit), found);
    });
  }
});

test('a line is the same whatever of it has come: what a part says the whole does not unsay', () => {
  fc.assert(
    fc.property(nasty, fc.nat(60), fc.boolean(), (bytes, end, normalise) => {
      const rules = { limit: 20, normalise };
      const part = firstLine(bytes.subarray(0, end), rules);
      if (part !== undefined) assert.deepEqual(part, firstLine(bytes, rules));
    }),
    { numRuns: 2_000 },
  );
});
