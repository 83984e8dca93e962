import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

const query = 'EmailEvents\n| where parse_json(AuthenticationDetails).DMARC == "fail"\n';

describe('mailhunt rules test', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mailhunt-rules-test-'));
  });
  after(() => rm(folder, { recursive: true }));

  const files = async (contents: Readonly<Record<string, string>>): Promise<string> => {
    const below = await mkdtemp(join(folder, 'rules-'));
    for (const [name, text] of Object.entries(contents)) await writeFile(join(below, name), text);
    return below;
  };
  const proving = 'fires: [exact-domain-spoof-reject]\nquiet: [exact-domain-p-reject]\n';

  it('proves a rule by mail of the lab', async () => {
    const rules = await files({ 'a.kql': query, 'a.test.yaml': proving });
    const { code, out, err } = await ran(['rules', 'test', rules, '--variations', '2']);
    assert.equal(code, 0, out + err);
    assert.match(out, /^a +proved +1\/1 +1\/1 /m);
    assert.match(out, /1 rule: 1 proved, 0 unproved, 0 failing, 0 refused; 2 variations, seed 1/);
    assert.equal(err, '');
  });

  it('tells each rule by itself, and ends with 1 where one fails', async () => {
    const rules = await files({
      'bad.kql': 'EmailEvents | where Betreff == ""',
      'broken.kql': query,
      'broken.test.yaml': 'fires:\n- no-such-case-at-all',
      'failing.kql': query,
      'failing.test.yaml': 'fires: [exact-domain-p-reject]',
      'good.kql': query,
      'good.test.yaml': proving,
      'lonely.test.yaml': proving,
      'untested.kql': query,
    });
    const { code, out } = await ran(['rules', 'test', rules, '--variations', '1']);
    assert.equal(code, 1);
    for (const [name, verdict] of [
      ['bad', 'refused'],
      ['broken', 'refused'],
      ['failing', 'failing'],
      ['good', 'proved'],
      ['untested', 'unproved'],
    ] as const)
      assert.match(out, new RegExp(`^${name} +${verdict} `, 'm'));
    assert.match(out, /The name 'Betreff' does not refer to .*\(line 1, column 21\)/);
    assert.match(out, /broken\.test\.yaml line 2, column 3: fires\[0\] names "no-such-case-at-all"/);
    assert.match(out, /lonely\.test\.yaml: there is no rule beside these tests/);
  });

  it('lets an unproved rule pass, but not with --strict', async () => {
    const rules = await files({ 'a.kql': query });
    assert.equal((await ran(['rules', 'test', rules])).code, 0);
    assert.equal((await ran(['rules', 'test', rules, '--strict'])).code, 1);
  });

  it('knows which rule of several tests are about', async () => {
    const block = (name: string, text: string) => `## ${name}\n\n\`\`\`kql\n${text}\`\`\`\n\n`;
    const markdown = `# Hunts\n\n${block('First', query)}${block('Second', 'EmailEvents | where Subject == "never"\n')}`;
    const rules = await files({ 'a.md': markdown, 'a.test.yaml': `rule: "Hunts: First"\n${proving}` });
    const { out } = await ran(['rules', 'test', rules, '--variations', '1', '--format', 'json']);
    const verdicts = JSON.parse(out).rules.map(({ name, verdict }: Record<string, string>) => [name, verdict]);
    assert.deepEqual(verdicts, [
      ['Hunts: First', 'proved'],
      ['Hunts: Second', 'unproved'],
    ]);
    const unclear = await files({ 'a.md': markdown, 'a.test.yaml': proving });
    assert.match(
      (await ran(['rules', 'test', unclear])).out,
      /the file beside it has 2 rules: say which with rule: NAME/,
    );
  });

  it('names with --mutate what no test notices', async () => {
    const rules = await files({ 'a.kql': `${query}| where EmailDirection == "Inbound"\n`, 'a.test.yaml': proving });
    const { out, code } = await ran(['rules', 'test', rules, '--variations', '1', '--mutate']);
    assert.equal(code, 0);
    assert.match(out, /mutations: a: \d+ of \d+ changes noticed, \d+ %/);
    assert.match(out, /a\.kql line 3, column 3: where: without where EmailDirection == "Inbound"/);
    assert.doesNotMatch(out, /without where parse_json/);
  });

  it('refuses what is no option', async () => {
    for (const [option, value] of [
      ['--variations', '0'],
      ['--seed', 'x'],
      ['--format', 'xml'],
      ['--target', 'splunk'],
    ] as const) {
      const { code, err } = await ran(['rules', 'test', folder, option, value]);
      assert.equal(code, 2);
      assert.match(err, new RegExp(`CLI0001: ${option} ${value}`));
    }
  });

  it('stops with Ctrl-C', async () => {
    const rules = await files({ 'a.kql': query, 'a.test.yaml': proving });
    const stop = new AbortController();
    stop.abort(new Error('Ctrl-C'));
    assert.equal((await ran(['rules', 'test', rules], { signal: stop.signal })).code, 130);
  });
});
