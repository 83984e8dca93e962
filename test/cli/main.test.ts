import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { commands } from '../../src/cli/commands.ts';
import { ran, type Surroundings } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-'));
after(() => rmSync(folder, { recursive: true }));
const store = ['--store', join(folder, 'store')];
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

interface Row {
  readonly what: string;
  readonly argv: readonly string[];
  readonly code: number;
  readonly out?: RegExp;
  readonly err?: RegExp;
  readonly surroundings?: Surroundings;
}

const query = (kql: string, ...more: string[]): string[] => ['query', '-e', kql, ...store, ...more];
const nothing = /^$/;

const rows: readonly Row[] = [
  { what: 'a table', argv: query('print a=1, b="x"'), code: 0, out: /^a {2}b\n─ {2}─\n1 {2}x\n1 row\n$/, err: nothing },
  { what: 'json', argv: query('print a=1, b="x"', '--format', 'json'), code: 0, out: /^\[\n {2}{"a":1,"b":"x"}\n]\n$/ },
  {
    what: 'a long above 2^53 keeps its digits',
    argv: query('print a=9007199254740993', '--format', 'json'),
    code: 0,
    out: /"a":9007199254740993}/,
  },
  {
    what: 'jsonl',
    argv: query('range a from 1 to 2 step 1', '--format', 'jsonl'),
    code: 0,
    out: /^{"a":1}\n{"a":2}\n$/,
  },
  { what: 'no rows as json', argv: query('print a=1 | where a > 1', '--format', 'json'), code: 0, out: /^\[]\n$/ },
  { what: 'csv', argv: query(`print a='x,"y"', b=1`, '--format', 'csv'), code: 0, out: /^a,b\r\n"x,""y""",1\r\n$/ },
  {
    what: 'standard input',
    argv: ['query', '-', ...store],
    code: 0,
    out: /\n7\n/,
    surroundings: { stdin: 'print x=7' },
  },
  {
    what: 'a file with a byte order mark',
    argv: ['query', file('q.kql', '\ufeffprint x=7'), ...store],
    code: 0,
    out: /\n7\n/,
  },
  {
    what: 'escape sequences of the data are shown, not sent',
    argv: query('print a="\\u001b]0;owned\\u0007"'),
    code: 0,
    out: /␛]0;owned␇/,
  },
  {
    what: 'an error of the query with its place',
    argv: query('print 1\n| where foo > 1'),
    code: 1,
    out: nothing,
    err: /^KQL0001 \(KS142\): .*foo.*\n {2}at -e line 2, column 9:\n {4}\| where foo > 1\n {12}\^\^\^\n/,
  },
  {
    what: '--now sets the clock',
    argv: query('print a=now()', '--now', '2020-02-03'),
    code: 0,
    out: /2020-02-03T00:00:00Z/,
  },
  { what: '--now that is no date', argv: query('print 1', '--now', 'soon'), code: 2, err: /CLI0001: --now soon/ },
  { what: 'an unknown format', argv: query('print 1', '--format', 'xml'), code: 2, err: /CLI0001.*xml.*jsonl/ },
  { what: 'an unknown option', argv: query('print 1', '--colour'), code: 2, err: /CLI0001: Unknown option '--colour'/ },
  { what: 'an unknown command', argv: ['hunt'], code: 2, err: /CLI0001: there is no command hunt/ },
  { what: 'a property of every object is no command', argv: ['constructor'], code: 2, err: /no command constructor/ },
  { what: 'no query', argv: ['query', ...store], code: 2, err: /give a query/ },
  { what: 'a query twice', argv: ['query', 'x.kql', '-e', 'print 1', ...store], code: 2, err: /not both/ },
  {
    what: 'a file that is not there',
    argv: ['query', 'missing.kql', ...store],
    code: 2,
    err: /cannot read missing\.kql/,
  },
  { what: 'too many files', argv: ['query', 'a', 'b', ...store], code: 2, err: /too many arguments/ },
  { what: 'the version', argv: ['--version'], code: 0, out: /^\d+\.\d+\.\d+\n$/ },
  { what: 'a bad port', argv: ['serve', '--port', '70000', ...store], code: 2, err: /--port 70000 is no port/ },
  { what: 'ingest of nothing', argv: ['ingest', ...store], code: 2, err: /give a file/ },
  { what: 'ingest of a missing file', argv: ['ingest', join(folder, 'no.csv'), ...store], code: 1, err: /INGEST0002/ },
  { what: 'empty tables', argv: ['tables', ...store], code: 0, out: /0 rows/, err: /The store is empty/ },
  { what: 'explain', argv: ['explain', '-e', 'print a=1', ...store], code: 0, out: /^SELECT/ },
  {
    what: 'explain --plan',
    argv: ['explain', '-e', 'print a=1', '--plan', ...store],
    code: 0,
    out: /SELECT[\s\S]*PROJECTION/,
  },
  {
    what: 'a store that cannot be',
    argv: ['query', '-e', 'print 1', '--store', join(file('plain', ''), 'store')],
    code: 3,
    err: /STORE0005/,
  },
  {
    what: 'a mistake in the settings',
    argv: query('print 1', '--config', file('bad.yaml', 'port: many')),
    code: 2,
    err: /CONF0001: .*bad\.yaml line 1, column 7: port is a number/,
  },
];

for (const { what, argv, code, out, err, surroundings } of rows) {
  test(what, async () => {
    const result = await ran(argv, surroundings);
    assert.equal(result.code, code, result.err);
    if (out) assert.match(result.out, out);
    if (err) assert.match(result.err, err);
  });
}

for (const name of Object.keys(commands)) {
  test(`${name} --help ends in an example to paste`, async () => {
    const { code, out } = await ran([name, '--help']);
    assert.equal(code, 0);
    assert.match(out, new RegExp(`Example:\\n  npx mailhunt ${name} .*\\n$`));
  });
}

test('ingest, then tables and query: rows come in, bad lines are told and counted', async () => {
  const rowsFile = file(
    'EmailEvents.jsonl',
    '{"Timestamp":"2026-07-01T00:00:00Z","NetworkMessageId":"a","Subject":"s"}\n{oops\n',
  );
  const taken = await ran(['ingest', rowsFile, ...store]);
  assert.equal(taken.code, 1);
  assert.match(taken.out, /1 row came in/);
  assert.match(taken.err, /EmailEvents\.jsonl line 2: /);
  assert.match((await ran(['tables', ...store])).out, /EmailEvents +1 +2026-07-01T00:00:00Z/);
  assert.match((await ran(query('EmailEvents | project Subject', '--format', 'csv'))).out, /^Subject\r\ns\r\n$/);
});

test('ingest tells a value that was lost with its place and exit code 1, one that was repaired with 0', async () => {
  const line = (id: string, count: string) =>
    `{"NetworkMessageId":"${id}","RecipientEmailAddress":"r","UrlCount":${count}}\n`;
  const repaired = file('repaired.jsonl', line('b', '"3"'));
  const lost = file('lost.jsonl', line('c', '3') + line('d', '"many"'));
  const take = (path: string) => ran(['ingest', '--table', 'EmailEvents', path, ...store]);
  const [fine, not] = [await take(repaired), await take(lost)];
  assert.equal(fine.code, 0);
  assert.match(fine.out, / {2}EmailEvents\.UrlCount: text to number {2}1, first "3" in \S+repaired\.jsonl line 1\n/);
  assert.equal(fine.err, '');
  assert.equal(not.code, 1);
  assert.match(not.err, / {2}EmailEvents\.UrlCount: not a number {2}1, first "many" in \S+lost\.jsonl line 2\n/);
  assert.doesNotMatch(not.out, /repaired:/);
});

test('a stopped command ends with 130', async () => {
  const { code } = await ran(query('print 1'), { signal: AbortSignal.abort() });
  assert.equal(code, 130);
});
