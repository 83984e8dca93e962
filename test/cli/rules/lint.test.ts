import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ran } from '../world.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mailhunt-lint-'));
});
after(() => rm(folder, { recursive: true }));

const lint = (...args: readonly string[]) => ran(['rules', 'lint', ...args, '--store', folder]);

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const wrong = 'EmailEvents\n| where Subject has “invoice”\n';
const right = 'EmailEvents\n| where Subject has "invoice"\n| project Timestamp, Subject\n';

describe('mailhunt rules lint', () => {
  it('says place, severity, id, name and why, with the line and a caret', async () => {
    const path = await file('wrong.kql', wrong);
    const { code, out, err } = await lint(path);
    assert.equal(code, 1);
    assert.equal(err, '');
    const lines = out.split('\n');
    const at = lines.findIndex((line) => line.includes('MH427'));
    assert.equal(
      lines[at],
      `${path}:2:21: error MH427 typographic-characters: Here stands U+201C, which looks like \`"\` and is refused.`,
    );
    assert.deepEqual(lines.slice(at + 1, at + 3), ['    | where Subject has “invoice”', `    ${' '.repeat(20)}^`]);
    assert.match(out, /\n\d+ errors?.* found in 1 rule\.\n$/);
  });

  it('ends with 0 where there is nothing', async () => {
    const { code, out } = await lint(await file('right.kql', right));
    assert.deepEqual([code, out], [0, 'nothing found in 1 rule.\n']);
  });

  it('reads standard input', async () => {
    const { code, out } = await ran(['rules', 'lint', '-', '--store', folder], { stdin: '\ufeffEmailEvents | wher x' });
    assert.equal(code, 1);
    assert.match(out, /^standard input:1:15: error MH401 does-not-parse: /m);
  });

  it('ends with 0 for notes', async () => {
    const path = await file('noted.kql', `${right.trimEnd()} // mailhunt-ignore MH401: a slip of the pen\n`);
    const { code, out } = await lint(path);
    assert.equal(code, 0);
    assert.match(out, /note MH493 /);
  });

  it('goes on beside a file that cannot be read, and ends with 1', async () => {
    const broken = await file('broken.yaml', 'name: [\nquery: x');
    const { code, out, err } = await lint(broken, await file('right.kql', right));
    assert.equal(code, 1);
    assert.match(err, /RULE0002/);
    assert.match(out, /nothing found in 1 rule\./);
  });

  it('fixes the file and says so; the second time there is nothing to fix', async () => {
    const path = await file('fix.kql', `\ufeff${wrong.replaceAll('\n', '\r\n')}`);
    const dry = await lint(path, '--fix', '--dry-run');
    assert.match(dry.err, /would fix MH427 typographic-characters in .*fix\.kql:2/);
    assert.match(dry.err, /- \| where Subject has “invoice”.*\n\+ \| where Subject has "invoice"/);
    assert.ok((await readFile(path, 'utf8')).includes('“'));
    const { err } = await lint(path, '--fix');
    assert.match(err, /^fixed 2 findings in 1 file$/m);
    assert.equal(await readFile(path, 'utf8'), '\ufeffEmailEvents\r\n| where Subject has "invoice"\r\n');
    assert.match((await lint(path, '--fix')).err, /^fixed 0 findings in 0 files$/m);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.endsWith('mailhunt-fix')),
      [],
    );
  });

  it('keeps a baseline and reports only what is new', async () => {
    const path = await file('known.kql', wrong);
    const base = join(folder, 'base.json');
    assert.equal((await lint(path, '--write-baseline', base)).code, 0);
    const known = await lint(path, '--baseline', base);
    assert.equal(known.code, 0);
    assert.match(known.out, /^nothing found in 1 rule \(\d+ known findings left out\)\.\n$/);
    await file('known.kql', `// moved\n${wrong}| where Subject has ”x“`);
    assert.equal((await lint(path, '--baseline', base)).code, 1);
    const missing = await lint(path, '--baseline', join(folder, 'none.json'));
    assert.match(missing.err, /LINT0002/);
  });

  it('follows the settings', async () => {
    const config = await file('own.yaml', 'lint:\n  severities:\n    MH427: off\n    MH401: note\n    MH998: off\n');
    const { code, out, err } = await lint(await file('wrong.kql', wrong), '--config', config);
    assert.equal(code, 0, out);
    assert.match(out, /note MH401/);
    assert.doesNotMatch(out, /MH427/);
    assert.match(err, /there is no lint MH998/);
  });

  it('says which entries of the settings are of no use', async () => {
    const path = await file('wrong.kql', wrong);
    const entry = (rule: string, id: string) => `    - {rule: "${rule}", lint: ${id}, reason: known}\n`;
    const entries = [entry(path, 'MH427'), entry(path, 'MH402'), entry('another', 'MH402')].join('');
    const { out, err } = await lint(path, '--config', await file('own.yaml', `lint:\n  ignore:\n${entries}`));
    assert.doesNotMatch(out, /MH427/);
    assert.equal(err, `mailhunt.yaml: lint: ignore: MH402 finds nothing in ${path}\n`);
  });

  it('refuses settings that are none', async () => {
    for (const text of [
      'target: azure',
      'severities: {MH1: off}',
      'severities: {MH101: loud}',
      'ignore: [{rule: a, lint: MH101}]',
      'rules: {}',
    ]) {
      const config = await file('bad.yaml', `lint:\n  ${text}\n`);
      const { code, err } = await lint('--config', config);
      assert.equal(code, 2, text);
      assert.match(err, /CONF0001/);
    }
  });

  it('writes JSON and SARIF', async () => {
    const path = await file('wrong.kql', wrong);
    const json = JSON.parse((await lint(path, '--format', 'json')).out);
    assert.deepEqual([json.version, json.rules], [1, 1]);
    const [first] = json.findings.filter((found: { lint: string }) => found.lint === 'MH427');
    assert.deepEqual([first.path, first.line, first.column, first.severity], [path, 2, 21, 'error']);
    const log = JSON.parse((await lint(path, '--format', 'sarif')).out);
    assert.equal(log.version, '2.1.0');
    assert.ok(log.runs[0].results.some(({ ruleId }: { ruleId: string }) => ruleId === 'MH427'));
  });

  it('shows nothing to a terminal that it would act upon', async () => {
    const path = await file('evil.yaml', 'name: "\\e]0;evil\\a"\nquery: |\n  EmailEvents | where \u202e“x”\n');
    for (const format of ['text', 'json', 'sarif']) {
      const { out, err } = await lint(path, '--format', format);
      assert.doesNotMatch(out + err, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/, format);
    }
  });

  it('refuses wrong use', async () => {
    for (const args of [['--format', 'xml'], ['--target', 'azure'], ['--dry-run'], ['-', 'a.kql'], ['-', '--fix']]) {
      const { code, err } = await lint(...args);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, /CLI0001/);
    }
  });
});
