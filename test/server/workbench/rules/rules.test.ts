import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, mock } from 'node:test';
import { RuleLibrary } from '../../../../src/server/workbench/rules/rule-library.ts';
import { NOW, rig, send } from '../../rig.ts';

const KEY = 'dmarc-failure-delivered';
const minimal = (name: string, query: string) =>
  `name: ${name}\nkind: Scheduled\nseverity: Low\nquery: |\n  ${query}\n`;

describe('saving over HTTP', () => {
  it('has the time of the linter and no more', { timeout: 60_000 }, async () => {
    await using here = await rig();
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const text = minimal('slow', `EmailEvents${' | extend a=strcat(Subject,"x")'.repeat(300)}`);
      const saving = send(here.server.address, '/api/v1/rules/slow', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ name: 'slow.yaml', text }),
      });
      // Until the linter has begun no time is measured.
      for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
      mock.timers.tick(15_000);
      const { status, text: answer } = await saving;
      assert.equal(status, 504, answer);
      assert.match(answer, /HTTP0009/);
      assert.equal(existsSync(join(here.store.path, 'rules', 'slow.yaml')), false);
    } finally {
      mock.timers.reset();
    }
  });
});

describe('the rules of the workbench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rules-library-'));
  let library: RuleLibrary;
  before(() => {
    library = new RuleLibrary(folder, () => NOW);
  });
  after(async () => {
    await library.close();
    rmSync(folder, { recursive: true });
  });

  it('lists those that come with mailhunt, each proved', async () => {
    const { rules, problems } = await library.list();
    assert.deepEqual(problems, []);
    assert.equal(rules.length, 40);
    assert.deepEqual(
      rules.filter(({ standing }) => standing.verdict !== 'proved').map(({ key }) => key),
      [],
      'scripts/pack-proofs.ts proves the rules anew',
    );
  });

  it('gives one whole: text, tests, description, findings', async () => {
    const page = await library.page(KEY);
    assert.equal(page.key, KEY);
    assert.match(page.text, /^id: /m);
    assert.match(page.testText ?? '', /fires/);
    assert.match(page.query, /EmailEvents/);
    assert.ok(page.story.hypothesis);
    assert.equal(page.standing.lint?.error, 0);
    await assert.rejects(library.page('no-such-rule'), { code: 'RULE0040' });
    await assert.rejects(library.page('../../etc/passwd'), { code: 'RULE0040' });
  });

  it('lints a text, and says where there is no rule in it', async () => {
    const wrong = await library.lint({
      name: 'x.yaml',
      text: minimal('x', 'EmailEvents | where DeliveryAction == "delivered"'),
    });
    assert.ok(wrong.findings.length > 0);
    assert.deepEqual(wrong.problems, []);
    const none = await library.lint({ name: 'x.yaml', text: 'a: b\n' });
    assert.ok(none.problems.length > 0);
  });

  it('saves a rule of one’s own, which counts in place of the one that comes with mailhunt, and removes it', async () => {
    const text = minimal('Mine', 'EmailEvents | take 1');
    await library.save(`${KEY}.yaml`, text, undefined);
    const mine = await library.page(KEY);
    assert.deepEqual([mine.name, mine.origin, mine.standing.verdict], ['Mine', 'own', undefined]);
    assert.equal((await library.list()).rules.length, 40);
    await library.remove(KEY);
    assert.equal((await library.page(KEY)).origin, 'pack');
    await assert.rejects(library.remove(KEY), { code: 'RULE0042' });
  });

  for (const name of [
    '../x.yaml',
    '.x.yaml',
    'x',
    'x.test.yaml',
    'X.yaml',
    'a/b.yaml',
    `${'x'.repeat(101)}.yaml`,
    'x.exe',
  ])
    it(`saves nothing as ${name.slice(0, 20)}`, async () => {
      await assert.rejects(library.save(name, 'x', undefined), { code: 'RULE0041' });
    });

  it('remembers what a rule found, also after a new start', async () => {
    await library.ran(KEY, { count: 3, hasFired: true, milliseconds: 12.4 });
    const again = new RuleLibrary(folder, () => NOW);
    const card = (await again.list()).rules.find(({ key }) => key === KEY);
    assert.deepEqual(card?.last, { at: new Date(NOW).toISOString(), count: 3, hasFired: true, milliseconds: 12 });
    await again.close();
  });

  it('refuses a second file of the same stem, and says so of one that is there', async () => {
    const own = join(folder, 'rules');
    await library.save('twin.kql', 'EmailEvents | take 1', 'tests: []');
    await library.save('twin.kql', 'EmailEvents | take 2', undefined);
    const facts = { file: 'twin.yaml', other: 'twin.kql', key: 'twin' };
    await assert.rejects(library.save('twin.yaml', minimal('Twin', 'EmailEvents'), undefined), {
      code: 'RULE0043',
      facts,
    });
    assert.equal(existsSync(join(own, 'twin.yaml')), false);
    mkdirSync(join(own, 'below'));
    writeFileSync(join(own, 'below', 'other.yaml'), minimal('Below', 'EmailEvents | take 3'));
    await assert.rejects(library.save('other.kql', 'EmailEvents', undefined), { code: 'RULE0043' });
    writeFileSync(join(own, 'twin.md'), '# A\n\n```kusto\nEmailEvents | take 4\n```\n');
    const { rules, problems } = await library.list();
    assert.deepEqual(problems, ['twin.md and twin.kql have one name, twin: only twin.kql counts']);
    assert.deepEqual(
      rules.filter(({ origin }) => origin === 'own').map(({ path }) => path),
      ['below/other.yaml', 'twin.kql'],
    );
    rmSync(join(own, 'twin.md'));
    rmSync(join(own, 'below'), { recursive: true });
    await library.remove('twin');
    assert.equal(existsSync(join(own, 'twin.test.yaml')), false);
    await assert.rejects(library.textOf('twin'), { code: 'RULE0040' });
  });

  it('takes several rules of one file, each by a name of its own', async () => {
    const rule = (n: number) => `## Rule ${n}\n\n\`\`\`kusto\nEmailEvents | take ${n}\n\`\`\`\n`;
    await library.save('several.md', `# Several\n\n${rule(1)}\n${rule(2)}`, undefined);
    const { rules, problems } = await library.list();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      rules.filter(({ path }) => path === 'several.md').map(({ key }) => key),
      ['several', 'several~2'],
    );
    await library.remove('several');
  });

  it('who gives up leaves the line, and the others go on', async () => {
    const slow = minimal('slow', `EmailEvents${' | extend a=strcat(Subject,"x")'.repeat(300)}`);
    const quick = { name: 'x.yaml', text: minimal('x', 'EmailEvents | take 1') };
    const stop = new AbortController();
    const running = library.lint({ name: 'x.yaml', text: slow }, { signal: stop.signal });
    const behind = library.lint(quick, { signal: stop.signal });
    const other = library.lint(quick);
    stop.abort(new Error('enough'));
    await assert.rejects(running, /enough/);
    await assert.rejects(behind, /enough/);
    assert.deepEqual((await other).problems, []);
  });

  it('proves a text by its tests, tells what it does, and can be stopped', async () => {
    const { text, tests = '' } = await library.textOf(KEY);
    const words: string[] = [];
    const { verdict, tests: count } = await library.test({ name: 'mine.yaml', text, tests }, 1, {
      tell: (one) => words.push(one),
    });
    assert.equal(verdict, 'proved');
    assert.ok(count >= 2 && words.length > 0);
    const blunt = text.replace(/== "fail"/, '== "nothing"');
    assert.equal((await library.test({ name: 'mine.yaml', text: blunt, tests }, 1)).verdict, 'failing');
    const stop = AbortSignal.timeout(50);
    await assert.rejects(library.test({ name: 'mine.yaml', text, tests }, 50, { signal: stop }), {
      name: 'TimeoutError',
    });
  });
});
