/** `mailhunt rules` and its verbs list and import. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { rules } from '../../src/cli/rules.ts';
import { ran } from './world.ts';

const folder = mkdtempSync(join(tmpdir(), 'cli-rules-'));
after(() => rmSync(folder, { recursive: true }));
const pack = join(folder, 'pack');
mkdirSync(pack);
writeFileSync(
  join(pack, 'a.yaml'),
  'name: "A\\x1b[2J"\nseverity: Low\nrelevantTechniques: [T1566]\nquery: |\n  EmailEvents\n  | join UrlClickEvents on NetworkMessageId // AlertInfo\n',
);
writeFileSync(join(pack, 'b.kql'), '// Title: B\nSigninLogs | take 1\n');

test('rules: its verbs are listed, and each has its own help', async () => {
  for (const argv of [['rules'], ['rules', '--help'], ['rules', 'help']]) {
    const { code, out } = await ran(argv);
    assert.equal(code, 0);
    for (const verb of Object.keys(rules.verbs)) assert.match(out, new RegExp(`^  rules ${verb} `, 'm'));
  }
  for (const verb of Object.keys(rules.verbs)) {
    const { code, out } = await ran(['rules', verb, '--help']);
    assert.equal(code, 0);
    assert.match(
      out,
      new RegExp(`^Usage: mailhunt rules ${verb} [\\s\\S]*Example:\\n  npx mailhunt rules ${verb} .*\\n$`),
    );
  }
});

const wrong: readonly (readonly [readonly string[], RegExp])[] = [
  [['rules', 'hunt'], /CLI0001: there is no command rules hunt: there are .*list.*\n.*mailhunt rules --help shows/],
  [['rules', 'constructor'], /no command rules constructor/],
  [['rules', 'list', '--colour'], /Unknown option '--colour'\n.*mailhunt rules list --help/],
  [['rules', 'list', '--format', 'csv'], /--format csv is unknown/],
  [['rules', 'import'], /give a folder/],
  [['rules', 'import', 'a', 'b'], /too many arguments/],
  [['rules', 'import', pack, '--name', '../x'], /--name takes letters/],
];

for (const [argv, words] of wrong) {
  test(`wrong use: mailhunt ${argv.join(' ').replace(folder, '')}`, async () => {
    const { code, err } = await ran(argv);
    assert.equal(code, 2);
    assert.match(err, words);
  });
}

test('rules list: a table without what a terminal would act upon, and JSON', async () => {
  const table = await ran(['rules', 'list', pack]);
  assert.equal(table.code, 0, table.err);
  assert.match(table.out, /^A␛\[2J +hunting +Low +T1566 +EmailEvents, UrlClickEvents +sentinel +\S*a\.yaml$/m);
  assert.match(table.out, /\n2 rows\n$/);
  const [a, b] = JSON.parse((await ran(['rules', 'list', pack, '--format', 'json'])).out);
  assert.deepEqual(
    [a.Tables, b.Name, b.Tables, b.Severity],
    [['EmailEvents', 'UrlClickEvents'], 'B', ['SigninLogs'], ''],
  );
});

test('rules list: the rules that come with mailhunt are the default', async () => {
  const { out } = await ran(['rules', 'list', '--format', 'json']);
  assert.ok(JSON.parse(out).length > 0);
});

test('rules list: what cannot be read is said, and the rest is listed', async () => {
  const { code, out, err } = await ran(['rules', 'list', pack, join(folder, 'no')]);
  assert.equal(code, 1);
  assert.match(out, /2 rows/);
  assert.match(err, /RULE0001: .*no could not be read/);
});

test('rules import: text, JSON, RSS, and what changed', async () => {
  const rss = join(folder, 'out', 'rules.xml');
  const run = (...more: string[]) => ran(['rules', 'import', pack, '--into', join(folder, 'feeds'), ...more]);
  const begun = await run();
  assert.deepEqual([begun.code, begun.err], [0, '']);
  assert.match(begun.out, /^pack: 2 rules in 2 files\n {2}the first import of this feed\n$/);
  writeFileSync(join(pack, 'b.kql'), '// Title: B\nSigninLogs | take 2\u0007\n');
  writeFileSync(join(pack, 'c.yaml'), 'name: "');
  const next = await run('--rss', rss);
  assert.equal(next.code, 1);
  assert.match(
    next.out,
    /0 new, 1 changed, 0 moved, 0 gone\n {2}~ B\n {6}b\.kql\n {6}@@ -1,1 \+1,1 @@\n {6}-SigninLogs \| take 1\n {6}\+SigninLogs \| take 2␇\n/,
  );
  assert.match(next.err, /RULE0002: c\.yaml line 1, column \d/);
  assert.match(readFileSync(rss, 'utf8'), /<title>Changed: B<\/title>/);
  const json = JSON.parse((await run('--format', 'json')).out);
  assert.deepEqual([json.rules, json.changes, json.problems.length, json.isFirst], [2, [], 1, false]);
});

test('rules import: the default place is the store', async () => {
  const store = join(folder, 'store');
  assert.equal((await ran(['rules', 'import', pack, '--name', 'mine', '--store', store])).code, 1);
  assert.match(readFileSync(join(store, 'rules', 'feeds', 'mine.json'), 'utf8'), /"version": 1/);
});
