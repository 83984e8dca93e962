import type { Dice } from './random.ts';

/** What may happen to a message on its way, by accident or on purpose. Text is latin1: a character a byte. */
type Mutation = (message: string, dice: Dice, other: string) => string;

/** A place in the message; the header is short and matters more, so every second one is in it. */
function place(message: string, dice: Dice): number {
  const header = headerEnd(message);
  return dice.below(1 + (dice.below(2) === 0 ? header : message.length));
}

function headerEnd(message: string): number {
  const end = message.search(/\n\r?\n/);
  return end < 0 ? message.length : end + 1;
}

const replaced = (message: string, from: number, to: number, text: string): string =>
  message.slice(0, from) + text + message.slice(to);

/** The fields of the header with their line ends, and the rest. */
function taken(message: string): { fields: string[]; rest: string } {
  const end = headerEnd(message);
  const fields = message.slice(0, end).match(/[^\n]*\n(?:[ \t][^\n]*\n)*/g) ?? [];
  return { fields: [...fields], rest: message.slice(fields.join('').length) };
}

const withFields =
  (change: (fields: string[], dice: Dice, other: string) => readonly string[]): Mutation =>
  (message, dice, other) => {
    const { fields, rest } = taken(message);
    return fields.length === 0 ? message : change(fields, dice, other).join('') + rest;
  };

/** Each match of a pattern is a place; one of them is changed. */
const atOneOf =
  (pattern: RegExp, change: (found: string, dice: Dice, other: string) => string): Mutation =>
  (message, dice, other) => {
    const found = [...message.matchAll(pattern)];
    if (found.length === 0) return message;
    const { 0: text, index } = dice.pick(found);
    return replaced(message, index, index + text.length, change(text, dice, other));
  };

const bytes = (count: number, dice: Dice): string =>
  String.fromCharCode(...Array.from({ length: count }, () => dice.below(256)));

/** What somebody would add who wants to be believed, or to break a reader. */
const INSERTED = [
  'From: Chief <chief@bank.example>',
  'From: eve@evil.example',
  'From: <ada@bank.example>, <eve@evil.example>',
  'FROM : "ada@bank.example" <eve@evil.example>',
  'From:',
  'From: ada@bank.example@evil.example',
  'From: =?utf-8?B?YWRhQGJhbmsuZXhhbXBsZQ==?= <eve@evil.example>',
  'From\0: eve@evil.example',
  'Sender: eve@evil.example',
  'Subject: Pay now',
  'Reply-To: eve@evil.example',
  'Content-Type: text/html; charset=utf-16',
  'Content-Type: multipart/mixed; boundary=""',
  'Content-Transfer-Encoding: base64',
  'DKIM-Signature: v=1; a=rsa-sha256; d=bank.example; s=rsa; h=from; bh=; b=',
  'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=bank.example; s=rsa; l=0; h=from; ' +
    'bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA',
  'Authentication-Results: mx.contoso.example; spf=pass smtp.mailfrom=bank.example; dkim=pass header.d=bank.example; dmarc=pass',
  'Authentication-Results: spf=pass; dkim=pass; dmarc=pass action=none header.from=bank.example;compauth=pass reason=100',
  'ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.example; s=rsa; t=1; b=AAAA',
  'ARC-Seal: i=3; a=rsa-sha256; cv=pass; d=lists.example; s=rsa; t=1; b=AAAA',
  'ARC-Message-Signature: i=1; a=rsa-sha256; d=lists.example; s=rsa; h=from; bh=AAAA; b=AAAA',
  'ARC-Authentication-Results: i=1; mx.lists.example; dmarc=pass',
  'Received: from mx.contoso.example (mx.contoso.example [192.0.2.10]) by mx.contoso.example; Sat, 18 Jul 2026 14:00:00 +0000',
  'Return-Path: <ada@bank.example>',
  'no field at all',
  '',
  ' a fold of nothing',
  'X-A: \rFrom: eve@evil.example',
];

const CHARSETS = ['utf-7', 'utf-16', 'utf-16be', 'x-made-up', 'iso-2022-jp', 'gb18030', 'koi8-r', '', '\0'];

const TAGS = [
  'v=1',
  'a=rsa-sha1',
  'a=ed25519-sha256',
  'c=simple',
  'c=simple/relaxed',
  'c=relaxed',
  'l=0',
  'l=5',
  'l=9999',
];
const MORE_TAGS = [
  'h=from',
  'h=subject',
  'd=evil.example',
  's=ed',
  'i=@mail.bank.example',
  'x=1',
  'x=9999999999',
  't=9999999999',
];
const LAST_TAGS = ['q=dns/txt', 'bh=AAAA', 'b=AAAA', 'cv=pass', 'cv=none', 'cv=fail', 'i=1', 'i=2', 'z=From:x', ''];

/** So many fields that no reader looks at the last. */
const FILLER = 'X-Filler: x\r\n'.repeat(2100);

const inBody: Mutation = (message, dice) => {
  const start = headerEnd(message) + 2;
  const at = start + dice.below(Math.max(1, message.length - start));
  return replaced(
    message,
    at,
    at,
    dice.pick(['x', ' ', '\t', '\r\n', '\r\n\r\n', '\n', '\r', 'Pay eve instead\r\n', '\0']),
  );
};

const mutations: Readonly<Record<string, Mutation>> = {
  'flip a bit': (message, dice) => {
    const at = place(message, dice);
    const code = (message.charCodeAt(at) || 0) ^ (1 << dice.below(8));
    return replaced(message, at, at + 1, String.fromCharCode(code & 255));
  },
  'change a byte': (message, dice) => {
    const at = place(message, dice);
    return replaced(message, at, at + 1, bytes(1, dice));
  },
  'insert bytes': (message, dice) => {
    const at = place(message, dice);
    return replaced(message, at, at, bytes(1 + dice.below(8), dice));
  },
  'insert what means something': (message, dice) => {
    const at = place(message, dice);
    const text = dice.pick([
      ...':;,<>@"\\()=?.[] \t\r\n',
      '\r\n',
      '\r\n ',
      '\r\n\r\n',
      '\0',
      '=?',
      '?=',
      '--',
      '\xa0',
      '\xef\xbb\xbf',
    ]);
    return replaced(message, at, at, text);
  },
  'delete bytes': (message, dice) => {
    const at = place(message, dice);
    return replaced(message, at, at + 1 + dice.below(dice.pick([1, 8, 200])), '');
  },
  'duplicate bytes': (message, dice) => {
    const at = place(message, dice);
    const piece = message.slice(at, at + 1 + dice.below(dice.pick([4, 80, 1000])));
    return replaced(message, at, at, piece);
  },
  'move bytes': (message, dice) => {
    const at = place(message, dice);
    const piece = message.slice(at, at + 1 + dice.below(100));
    const rest = replaced(message, at, at + piece.length, '');
    const to = place(rest, dice);
    return replaced(rest, to, to, piece);
  },
  'delete a field': withFields((fields, dice) => fields.toSpliced(dice.below(fields.length), 1)),
  'duplicate a field': withFields((fields, dice) =>
    fields.toSpliced(dice.below(fields.length + 1), 0, dice.pick(fields)),
  ),
  'swap two fields': withFields((fields, dice) => {
    const [one, two] = [dice.below(fields.length), dice.below(fields.length)];
    return fields.with(one, fields[two]!).with(two, fields[one]!);
  }),
  'insert a field': withFields((fields, dice) =>
    fields.toSpliced(
      dice.below(fields.length + 1),
      0,
      `${dice.pick(INSERTED)}${dice.pick(['\r\n', '\r\n', '\n', '\r'])}`,
    ),
  ),
  'insert a field behind many': withFields((fields, dice) => [...fields, FILLER, `${dice.pick(INSERTED)}\r\n`]),
  'refold a field': withFields((fields, dice) => {
    const at = dice.below(fields.length);
    return fields.with(at, fields[at]!.replace(/ /, dice.pick(['\r\n\t', '  ', '\t', '\n ', '\r\n \r\n ', ''])));
  }),
  'change the case of a name': withFields((fields, dice) => {
    const at = dice.below(fields.length);
    return fields.with(
      at,
      fields[at]!.replace(/^[^:]*/, (name) => dice.pick([name.toUpperCase(), name.toLowerCase(), `${name} `])),
    );
  }),
  'take a field from another message': withFields((fields, dice, other) => {
    const others = taken(other).fields;
    return others.length === 0
      ? fields
      : fields.toSpliced(dice.below(fields.length + 1), dice.below(2), dice.pick(others));
  }),
  'change a tag': atOneOf(/(?:^|[;:])[ \t\r\n]*[a-z]{1,2}=[^;]*;?/g, (found, dice) =>
    dice.pick([
      '',
      found + found,
      found.toUpperCase(),
      `;${dice.pick([...TAGS, ...MORE_TAGS, ...LAST_TAGS])};`,
      `${found.endsWith(';') ? found : `${found};`} ${dice.pick([...TAGS, ...MORE_TAGS, ...LAST_TAGS])};`,
    ]),
  ),
  'change a domain': atOneOf(/[\w-]+\.example/g, (found, dice, other) =>
    dice.pick([
      'evil.example',
      'bank.example',
      `mail.${found}`,
      `${found}.`,
      `${found}\0`,
      found.toUpperCase(),
      'b\xc3\xa4nk.example',
      other.match(/[\w-]+\.example/)?.[0] ?? found,
    ]),
  ),
  'other line ends': (message, dice) => {
    const [from, to] = dice.pick([
      [/\r\n/g, '\n'],
      [/\r\n/g, '\r'],
      [/\r?\n/g, '\r\r\n'],
      [/\r\n/g, '\n\r'],
    ] as const);
    return message.replace(from, to);
  },
  'another line end': atOneOf(/\r?\n/g, (_, dice) =>
    dice.pick(['\n', '\r', '\r\r\n', '\n\r', '\r\n\r\n', '\r\n ', '']),
  ),
  'blanks at the end of a line': atOneOf(
    /\r?\n/g,
    (found, dice) => dice.pick([' ', '\t', ' \t ', '\v', '\xa0']) + found,
  ),
  'more or fewer lines at the end': (message, dice) =>
    dice.pick([
      `${message}\r\n\r\n`,
      `${message}\n`,
      `${message} \r\n`,
      message.trimEnd(),
      `${message}x`,
      `${message}\r`,
    ]),
  'cut off': (message, dice) => message.slice(0, place(message, dice)),
  'cut off at the front': (message, dice) => message.slice(place(message, dice)),
  'splice with another message': (message, dice, other) =>
    message.slice(0, place(message, dice)) + other.slice(place(other, dice)),
  'body of another message': (message, _, other) =>
    message.slice(0, headerEnd(message)) + other.slice(headerEnd(other)),
  'inside another message': (message, _, other) => other + message,
  'change the body': inBody,
  'change a boundary': atOneOf(/--[\w=]+(?:--)?\r\n|boundary="?[^"\r\n]*"?/g, (found, dice) =>
    dice.pick([
      '',
      `${found}${found}`,
      found.slice(0, -4),
      found.toUpperCase(),
      'boundary=',
      `--${'b'.repeat(200)}\r\n`,
    ]),
  ),
  'change a charset': atOneOf(/charset="?[\w-]+"?|=\?[\w-]+\?/g, (found, dice) =>
    found.startsWith('=') ? `=?${dice.pick(CHARSETS)}?` : `charset=${dice.pick(CHARSETS)}`,
  ),
  'change an encoding': atOneOf(/base64|quoted-printable|8bit|7bit/g, (_, dice) =>
    dice.pick(['base64', 'quoted-printable', 'x-uuencode', 'binary', 'base64 (x)', '']),
  ),
  'damage base64': atOneOf(/[A-Za-z0-9+/]{20,}/g, (found, dice) => {
    const at = dice.below(found.length);
    return replaced(found, at, at + dice.below(3), dice.pick(['=', '==', '*', '\r\n', ' ', '\xff', 'A', '']));
  }),
  'a very long line': (message, dice) => {
    const at = place(message, dice);
    return replaced(
      message,
      at,
      at,
      dice.pick(['x', ' ', '(', '<', '=?', 'a,', '\\', '"', '@']).repeat(1 + dice.below(3000)),
    );
  },
  NULs: (message, dice) => {
    const at = place(message, dice);
    return replaced(message, at, at, '\0'.repeat(1 + dice.below(20)));
  },
};

export const mutationNames: readonly string[] = Object.keys(mutations);
const all = Object.values(mutations);

/**
 * A message with one to three mutations, and their names.
 *
 * @param other another message, to take pieces from
 */
export function mutate(message: string, other: string, dice: Dice): { mutated: string; names: readonly string[] } {
  const names: string[] = [];
  let mutated = message;
  for (let left = dice.pick([1, 1, 1, 2, 3]); left > 0; left--) {
    const at = dice.below(all.length);
    names.push(mutationNames[at]!);
    mutated = all[at]!(mutated, dice, other);
  }
  return { mutated, names };
}
