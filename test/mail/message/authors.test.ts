import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authorLimit, authorsOf } from '../../../src/mail/message/authors.ts';
import type { AuthorProblem } from '../../../src/mail/message/mailbox.ts';
import { messageLimits } from '../../../src/mail/message/raw-message.ts';
import { messageOf, raw } from './messages.ts';

interface Row {
  readonly lines: readonly string[];
  readonly domains: readonly string[];
  readonly problems?: readonly AuthorProblem[];
}

const rows: Readonly<Record<string, Row>> = {
  'one author': { lines: ['From: A <a@Example.COM>'], domains: ['example.com'] },
  'two of one domain': { lines: ['From: a@example.com, b@example.com'], domains: ['example.com'] },
  'two of two domains': {
    lines: ['From: a@example.com, b@example.net'],
    domains: ['example.com', 'example.net'],
    problems: ['several domains in From'],
  },
  'two From fields': {
    lines: ['From: a@example.com', 'FROM : b@example.net'],
    domains: ['example.com', 'example.net'],
    problems: ['several From fields', 'several domains in From'],
  },
  'a second From that is empty': {
    lines: ['From: a@example.com', 'From:'],
    domains: ['example.com'],
    problems: ['several From fields'],
  },
  'no From': { lines: ['Sender: a@example.com'], domains: [], problems: ['no From field'] },
  'a name alone': { lines: ['From: Sara'], domains: [], problems: ['no address in From', 'malformed From'] },
  'the null address': { lines: ['From: <>'], domains: [], problems: ['no address in From', 'malformed From'] },
  'an empty group': { lines: ['From: x:;'], domains: [], problems: ['no address in From'] },
  'a malformed one': {
    lines: ['From: Team ,_<a@example.com>'],
    domains: ['example.com'],
    problems: ['malformed From'],
  },
  'an address literal': { lines: ['From: a@[192.0.2.1]'], domains: [], problems: ['malformed From'] },
  'a name that is an address': { lines: ['From: "ceo@example.com" <a@evil.test>'], domains: ['evil.test'] },
  'a domain in UTF-8': { lines: [raw('From: a@bücher.example')], domains: ['xn--bcher-kva.example'] },
  'a domain with and without its dot': {
    lines: ['From: A, <a@example.com.>, A, <a@example.com>'],
    domains: ['example.com'],
    problems: ['malformed From'],
  },
  'a NUL in the name of a second': {
    lines: ['Fr\0om: a@example.com', 'From: b@example.net'],
    domains: ['example.net', 'example.com'],
    problems: ['several From fields', 'several domains in From'],
  },
  'a byte order mark before the name': {
    lines: [raw('\ufeffFrom: a@example.com'), 'From: b@example.net'],
    domains: ['example.net', 'example.com'],
    problems: ['several From fields', 'several domains in From'],
  },
  'a fold in the name': {
    lines: ['Fr', ' om: a@example.com', 'From: b@example.net'],
    domains: ['example.net', 'example.com'],
    problems: ['several From fields', 'several domains in From'],
  },
  'a bare CR before a second': {
    lines: ['X-Note: x\rFrom: a@example.com', 'From: b@example.net'],
    domains: ['example.net', 'example.com'],
    problems: ['several From fields', 'several domains in From'],
  },
  'a bare CR in the value': {
    lines: ['From: a@example.com\rX: <b@example.net>'],
    domains: ['example.net', 'example.com'],
    problems: ['several From fields', 'several domains in From', 'malformed From'],
  },
  'a NUL in the value': {
    lines: ['From: a@example.com\0<b@example.net>'],
    domains: ['example.net', 'example.com'],
    problems: ['several From fields', 'several domains in From', 'malformed From'],
  },
  'NULs that hide a domain': {
    lines: ['From: a@exam\0ple.com'],
    domains: ['exam', 'example.com'],
    problems: ['several From fields', 'several domains in From', 'malformed From'],
  },
  'a disguise of another field': {
    lines: ['X-Fr\0om: a@example.com', 'From: b@example.net'],
    domains: ['example.net'],
  },
  'a bare CR at the end of a line, and before no From': {
    lines: ['X-Note: x\rTo: a@example.com', 'From: b@example.net\r'],
    domains: ['example.net'],
  },
};

for (const [name, { lines, domains, problems = [] }] of Object.entries(rows)) {
  test(`RFC 9989 section 4.1, RFC 5322 section 3.6.2: ${name}`, () => {
    const authors = authorsOf(messageOf(...lines, 'Subject: x'));
    assert.deepEqual(authors.domains, domains);
    assert.deepEqual(authors.problems, problems);
  });
}

test('RFC 5322 section 4.5.1: blanks before the colon of the first line make no envelope line of it', () => {
  assert.deepEqual(authorsOf(messageOf('From : a@example.com', 'From: b@example.net')).problems, [
    'several From fields',
    'several domains in From',
  ]);
  assert.deepEqual(authorsOf(messageOf('From a@example.com Sat Jul 18 14:08:56', 'From: b@example.net')).problems, []);
});

test('a header that was cut off may hold another From behind the cut', () => {
  const filler = (count: number): string[] => new Array(count).fill('X: y');
  const cut = authorsOf(messageOf('From: a@example.com', ...filler(messageLimits.fields), 'From: b@example.net'));
  assert.deepEqual([cut.domains, cut.problems], [['example.com'], ['header cut off']]);
  const whole = authorsOf(messageOf('From: a@example.com', ...filler(messageLimits.fields - 1)));
  assert.deepEqual(whole.problems, []);
});

test('authors beyond the limit are left out, and said so, within one field and over several', () => {
  const many = Array.from({ length: authorLimit + 1 }, (_, n) => `a@d${n}.example`);
  for (const message of [messageOf(`From: ${many.join(', ')}`), messageOf(...many.map((one) => `From: ${one}`))]) {
    const { mailboxes, problems } = authorsOf(message);
    assert.equal(mailboxes.length, authorLimit);
    assert.ok(problems.includes('too many mailboxes in From'));
  }
  const enough = authorsOf(messageOf(`From: ${many.slice(1).join(', ')}`));
  assert.deepEqual([enough.mailboxes.length, enough.problems], [authorLimit, ['several domains in From']]);
});
