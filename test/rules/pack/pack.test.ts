import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { readRules } from '../../../src/rules/index.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const { rules, problems } = await readRules(join(root, 'rules'), { relativeTo: root });

test('at least 25 rules are read, and none is broken', () => {
  assert.deepEqual(
    problems.map(({ message }) => message),
    [],
  );
  assert.ok(rules.length >= 25, `${rules.length} rules`);
});

test('every rule has an id of its own', () => {
  assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
});

for (const rule of rules) {
  const { story } = rule;
  const file = join(root, rule.provenance.path);

  test(`${rule.name}: says all that a reader needs`, () => {
    assert.ok(story.hypothesis && story.confidence && story.severityReason, 'hypothesis, confidence, reason');
    assert.ok((story.response ?? []).length >= 2, 'response');
    assert.ok((story.investigation ?? []).length >= 2, 'investigation');
    for (const name of ['falsePositives', 'tuning', 'references'] as const) assert.ok(story[name]?.length, name);
  });

  test(`${rule.name}: its companions are rules of the pack`, () => {
    const names = new Set(rules.map(({ name }) => name));
    assert.deepEqual(
      (story.companions ?? []).filter((name) => !names.has(name) || name === rule.name),
      [],
    );
  });

  test(`${rule.name}: the lists of its query are there, and each false positive's list is read by the query`, () => {
    const read = new Set([...rule.query.matchAll(/_GetWatchlist\('([^']+)'\)/g)].map(([, alias]) => alias!));
    const told = (story.falsePositives ?? []).flatMap(({ watchlist }) => watchlist ?? []);
    assert.deepEqual(
      told.filter((alias) => !read.has(alias)),
      [],
    );
    for (const alias of read) assert.ok(existsSync(join(root, 'rules/lists', `${alias}.csv`)), alias);
  });

  test(`${rule.name}: a test stands beside it, with attacks that fire and innocents that do not`, async () => {
    const tests = parse(await readFile(file.replace(/\.yaml$/, '.test.yaml'), 'utf8'));
    const rows: { fires: boolean }[] = tests.rows ?? [];
    const firing = (tests.fires ?? []).length + rows.filter(({ fires }) => fires).length;
    const quiet = (tests.quiet ?? []).length + rows.filter(({ fires }) => !fires).length;
    assert.ok(firing >= 2 && quiet >= 2, `${firing} fire, ${quiet} stay quiet`);
  });

  test(`${rule.name}: the case of its atomic test is one of the lab`, async () => {
    const folder = join(root, 'scenarios');
    const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
    assert.ok(
      texts.some((text) => text.includes(`name: ${story.atomicTest?.scenario}\n`)),
      story.atomicTest?.scenario,
    );
  });

  test(`${rule.name}: stands in its group's folder`, () => assert.notEqual(dirname(rule.provenance.path), 'rules'));
}
