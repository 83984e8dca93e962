import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { docPage } from '../doc-page.ts';

/** A test: its file, from this folder, and how its name begins there. */
type Proof = readonly [file: string, ...names: readonly [string, ...string[]]];

/** What proves each row of the table of attacks in `docs/gateway-smtp.md`. */
const proofs: Readonly<Record<string, readonly Proof[]>> = {
  'SMTP smuggling: `LF . LF`, `LF . CR LF`, `CR . CR`, `CR LF . LF`, `CR CR LF . …` in a message': [
    ['attacks', '\\n.\\n', '\\n.\\r\\n', '\\r.\\r', '\\r\\n.\\n', '\\r\\r\\n.\\r\\r\\n'],
  ],
  'the same, by a client that then waits for its answer': [['attacks', 'one that waits for its answer gets it soon']],
  'the same, towards the next hop, by an edit': [['proxy', 'an edit by which commands could be smuggled']],
  'the same, by old devices that know no better': [['attacks', 'old devices that are named']],
  'a bare CR or LF in a command': [['attacks', 'bare LF', 'bare CR', 'CR CR LF']],
  'NUL in a message': [['attacks', '\\r\\n\\0.\\r\\n']],
  'NUL and other control characters in a command': [['attacks', 'NUL', 'a header in the address', 'C1 controls']],
  'octets beyond ASCII in an address without `SMTPUTF8`, or that are no UTF-8': [
    ['attacks', '8 bits without SMTPUTF8', '8 bits that are no UTF-8', '8 bits elsewhere'],
  ],
  'a command line that is too long, or never ends': [['attacks', 'too long', 'without an end']],
  'a first line that begins with a blank, by which it would continue a field that the gate puts on top': [
    ['attacks', 'a first line '],
  ],
  'very long lines in a message': [['attacks', 'lines of a message, where a limit is set']],
  'headers or commands hidden in an address: control characters, `>`, blanks, quotes that do not end': [
    ['attacks', 'a header in the address', 'a closing bracket in it', 'blanks in it', 'quotes in it that do not end'],
  ],
  'headers or commands hidden in `XCLIENT`, `XFORWARD` values by xtext': [
    ['networks', 'ADDR=192.0.2.1+0D+0AMAIL', 'NAME=a.example+0D+0AX-Injected', 'HELO=a+0Ab'],
  ],
  '`XCLIENT`, `XFORWARD` of anybody': [
    ['attacks', 'XCLIENT of anybody', 'XFORWARD of anybody'],
    ['networks', 'are advertised to networks that are trusted, and to no other'],
  ],
  'a PROXY header of anybody': [
    ['attacks', 'PROXY of anybody'],
    ['networks', 'none at all', 'none, and silence'],
  ],
  'relaying: other domains, `user%other@here`, `other!user@here`, `"user@other"@here`, source routes, address literals':
    [
      [
        'attacks',
        'b@example.net',
        'b%example.net@',
        'example.net!b@',
        '"b@example.net"@',
        '@example.net:b@',
        'b@[192.0.2.1]',
      ],
    ],
  'a gate that has forgotten its domains (`accepted_domains` is empty)': [
    ['attacks', 'a gate that was told no domains at all refuses nothing for good'],
  ],
  'control characters in what the next hop says, its greeting included, for terminals, logs and tables': [
    [
      'proxy',
      'says what steers terminals',
      'greets and answers with control characters',
      'turns us away in its greeting',
    ],
  ],
  'speaking before the greeting': [['attacks', 'who speaks before the greeting']],
  'commands behind `EHLO`, `HELO`, `DATA`, `STARTTLS` in one packet': [
    ['attacks', 'commands behind ', 'a message behind DATA', 'commands in the packet of STARTTLS'],
  ],
  'STARTTLS injection: commands before the handshake': [
    ['attacks', 'commands in the packet of STARTTLS', 'plain commands behind its 220'],
  ],
  "STARTTLS injection by the next hop's side: answers before the handshake": [
    ['tls', 'answers in the packet of its 220 are not believed'],
  ],
  'answers before they are due, or lines that are no answers, from the next hop': [
    ['proxy', 'answers twice', 'answers with two codes', 'does not speak SMTP'],
  ],
  'HTTP requests by a browser': [['attacks', 'HTTP']],
  'wrong commands, refused recipients without end': [
    ['attacks', 'a thousand wrong commands', 'refused recipients without end'],
  ],
  '`NOOP`, `RSET`, `EHLO` without end': [['attacks', 'without end: ']],
  '100 MB, announced or not': [['attacks', 'a message of 100 MB, announced', 'a message of 100 MB, not announced']],
  'many large messages at once, or large ones that never end': [
    ['attacks', 'more messages in flight than there is memory for', 'what is announced and never sent takes no memory'],
  ],
  'messages of a few addresses that never end, small enough for the last quarter': [
    ['attacks', 'two addresses whose messages never end take their share', 'a share of the memory is that of whom'],
    ['../memory', 'sixteen clients that take all they can', 'an IPv6 client is its /64'],
  ],
  'large messages whose client goes away once they are sent, again and again': [
    ['attacks', 'a large message whose client goes away'],
    ['../judging/hearing-threads', 'a message whose client is gone takes its memory'],
  ],
  'clients by the hundred that stop at `MAIL` or `RCPT`, to hold all connections of the next hop': [
    ['silent', 'a hundred clients that stop at MAIL', 'one client holds as many as it may'],
    ['silent', 'those that send a message give way first'],
  ],
  'recipients one by one, each when the connection has been given back, to have the envelope said again without end': [
    ['silent', 'one that is silent before each recipient', 'more connections than one may keep'],
  ],
  'a client for whom `XFORWARD` or `XCLIENT` has no address, as if it were the server that tells': [
    ['networks', 'a client whose address is not known', 'XCLIENT: one that does not know the address'],
    ['../judging/unknown-client', 'a client that nobody knows proves nothing'],
  ],
  'many recipients': [['attacks', 'recipients']],
  'many connections, of one client or of all, or many in a minute': [
    ['attacks', 'connections of one client, and of all', 'connections in a minute'],
  ],
  'slow clients by the hundred: silence, a byte now and then, messages that drip or never end': [
    [
      'attacks',
      'hundreds at once',
      'one that says nothing',
      'one that says a byte at a time',
      'one that stays all day',
    ],
    ['attacks', 'one whose message comes a byte at a time', 'one whose message never ends'],
  ],
  'a client that never reads its answers': [['attacks', 'one that does not read its answers']],
  'a handshake that never ends': [['attacks', 'a client that never shakes hands']],
};

/** The first cells of the table. */
function attacks(): readonly string[] {
  const [, section = ''] = docPage('gateway-smtp.md').split('\n## Attacks, and what becomes of them\n');
  const rows = section.split('\n## ')[0]!.split('\n');
  return rows.filter((line) => line.startsWith('| ')).map((line) => line.slice(2, line.indexOf(' | ')));
}

test('every row of the table of attacks has its tests, and every test that is named is there', () => {
  const [head, , ...rows] = attacks();
  assert.equal(head, 'attack');
  assert.deepEqual(rows.toSorted(), Object.keys(proofs).toSorted());
  for (const [row, named] of Object.entries(proofs)) {
    for (const [file, ...names] of named) {
      const source = readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8');
      for (const name of names) {
        const isThere = ["'", '"', '`'].some((quote) => source.includes(quote + name));
        assert.ok(isThere, `${file}.test.ts has no test ${name}, which proves: ${row}`);
      }
    }
  }
});
