import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientIpOf } from '../../../src/gateway/milter/client.ts';
import { type Command, type Connect, readCommand } from '../../../src/gateway/milter/command.ts';
import { MilterFault } from '../../../src/gateway/milter/fault.ts';
import { PacketReader } from '../../../src/gateway/milter/packet.ts';
import { say } from './mta.ts';

const read = (bytes: Buffer): Command => readCommand([...new PacketReader(1 << 20).read(bytes)][0]!);

const rows: readonly (readonly [string, Buffer, object])[] = [
  ['offer', say.offer(6, 1, 0x8000_0002), { name: 'negotiate', version: 6, actions: 1, steps: 0x8000_0002 }],
  [
    'macros',
    say.macros('M', 'i', '4XYZ', '{auth_authen}', ''),
    {
      name: 'macros',
      of: 'M',
      pairs: [
        ['i', '4XYZ'],
        ['{auth_authen}', ''],
      ],
    },
  ],
  ['no macros', say.macros('R'), { name: 'macros', of: 'R', pairs: [] }],
  ['helo', say.helo('mx.example.org'), { name: 'helo', host: 'mx.example.org' }],
  ['empty helo', say.helo(''), { name: 'helo', host: '' }],
  ['sender', say.mail('<a@example.org>', 'SIZE=1', 'BODY=8BITMIME'), { name: 'mail', address: 'a@example.org' }],
  ['null sender', say.mail('<>'), { name: 'mail', address: '' }],
  ['sender without brackets', say.mail('a@example.org'), { name: 'mail', address: 'a@example.org' }],
  ['quoted local part with a bracket', say.mail('<"a>b"@example.org>'), { name: 'mail', address: '"a>b"@example.org' }],
  [
    'source route',
    say.rcpt('<@one.example,@two.example:a@example.org>'),
    { name: 'recipient', address: 'a@example.org' },
  ],
  ['address that begins with @', say.rcpt('<@example.org>'), { name: 'recipient', address: '@example.org' }],
  ['UTF-8', say.rcpt('<грета@example.org>'), { name: 'recipient', address: 'грета@example.org' }],
  [
    'header',
    say.header('Subject', ' a\n\tb'),
    { name: 'header', field: Buffer.from('Subject'), value: Buffer.from(' a\n\tb') },
  ],
  [
    'empty header',
    say.header('Subject', ''),
    { name: 'header', field: Buffer.from('Subject'), value: Buffer.from('') },
  ],
  ['body with NUL', say.body('a\0b'), { name: 'body', bytes: Buffer.from('a\0b') }],
  ['end of body with a last chunk', say.endOfBody('x'), { name: 'end of body', bytes: Buffer.from('x') }],
  ['abort', say.abort(), { name: 'abort' }],
  ['unknown command', say.unknown('FOO'), { name: 'unknown' }],
];

for (const [what, bytes, command] of rows) {
  test(`read: ${what}`, () => assert.deepEqual(read(bytes), command));
}

const faults: readonly (readonly [string, string, string, RegExp])[] = [
  ['a letter that is no command', 'Z', '', /0x5a is no command/],
  ['a name of an object’s own', '\x00', '', /0x00 is no command/],
  ['a short offer', 'O', '\0\0\0\x06', /too short/],
  ['helo without its end', 'H', 'mx', /breaks off/],
  ['helo without a text', 'H', '', /0 texts/],
  ['two texts where one belongs', 'H', 'a\0b\0', /2 texts/],
  ['a macro without value', 'D', 'Ci\0', /no pairs/],
  ['macros of no command', 'D', '', /no pairs/],
  ['mail without an address', 'M', '', /without an address/],
  ['connect without a family', 'C', 'mx\0', /family/],
  ['connect with an unknown family', 'C', 'mx\x005\0\0a\0', /family/],
  ['connect without an address', 'C', 'mx\x004\0\x19', /0 texts/],
  ['header without value', 'L', 'Subject\0', /without name and value/],
  ['header without name', 'L', '\0value\0', /without name and value/],
  ['header with three texts', 'L', 'Subject\0a\0b\0', /without name and value/],
  ['header that breaks off', 'L', 'Subject\0value', /without name and value/],
];

for (const [what, letter, data, why] of faults) {
  test(`refused: ${what}`, () => {
    const read = (): Command => readCommand({ letter, data: Buffer.from(data, 'latin1') });
    assert.throws(read, (error) => error instanceof MilterFault && why.test(error.message));
  });
}

const clients: readonly (readonly [string, Buffer, string | undefined])[] = [
  ['IPv4', say.connect('192.0.2.7'), '192.0.2.7'],
  ['IPv6 in Sendmail’s form', say.connect('IPv6:2001:DB8::1', { family: '6' }), '2001:db8::1'],
  ['IPv6 in Postfix’s form', say.connect('2001:db8:0:0::1', { family: '6' }), '2001:db8::1'],
  ['IPv4 within IPv6', say.connect('::ffff:192.0.2.7', { family: '6' }), '192.0.2.7'],
  ['a unix socket', say.connect('/run/mta', { family: 'L', host: 'localhost' }), '127.0.0.1'],
  ['Sendmail’s own standard input', say.connectUnknown('localhost'), '127.0.0.1'],
  ['a client that was gone', say.connectUnknown('unknown'), undefined],
  ['no address', say.connect('elsewhere'), undefined],
];

for (const [what, bytes, ip] of clients) {
  test(`client: ${what}`, () => assert.equal(clientIpOf(read(bytes) as Connect), ip));
}
