import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { processesOf, runTestFiles, testFilesBelow } from '../../scripts/test-files.ts';

/** Runs one test file with that text. */
async function runText(text: string, timeoutMs = 20_000): Promise<{ passed: number; failed: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'test-files-'));
  const file = join(folder, 'a.test.ts');
  writeFileSync(file, `import { test } from 'node:test';\n${text}`);
  try {
    let said = '';
    const tally = await runTestFiles([file], { root: folder, timeoutMs, report: (words) => (said += words) });
    return { ...tally, said };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const rows: readonly [what: string, text: string, passed: number, failed: number, said: RegExp][] = [
  [
    'counts passed and failed tests',
    "test('a', () => {}); test('b', () => { throw new Error('no luck') });",
    1,
    1,
    /no luck/,
  ],
  ['a skipped test is neither', "test('a', () => {}); test.skip('b', () => {});", 1, 0, /^$/],
  ['a file that does not load fails', "import './missing.ts';", 0, 1, /missing\.ts/],
  ['a process that dies fails', "test('a', () => {}); setTimeout(() => process.exit(7), 50); ", 1, 1, /a\.test\.ts/],
  [
    'a test that connects outside fails',
    "import net from 'node:net';\ntest('a', () => { net.connect(80, '192.0.2.1'); });",
    0,
    1,
    /outside this machine: connect to 192\.0\.2\.1/,
  ],
  [
    'a fetch outside fails, even when its error is swallowed',
    "test('a', async () => { await fetch('http://192.0.2.1/').catch(() => {}); });",
    1,
    1,
    /connect to 192\.0\.2\.1/,
  ],
  [
    'a DNS question fails',
    "import dns from 'node:dns/promises';\ntest('a', async () => { await dns.resolveTxt('example.com'); });",
    0,
    1,
    /DNS question for example\.com/,
  ],
  [
    'loopback is allowed',
    `import net from 'node:net';
     test('a', (t, done) => {
       const server = net.createServer((s) => s.end()).listen(0, '127.0.0.1', () => {
         net.connect(server.address().port, 'localhost').on('close', () => server.close(done)).resume();
       });
     });`,
    1,
    0,
    /^$/,
  ],
];

for (const [what, text, passed, failed, said] of rows) {
  test(what, async () => {
    const result = await runText(text);
    assert.deepEqual([result.passed, result.failed > 0 ? 1 : 0], [passed, failed], result.said);
    assert.match(result.said, said);
  });
}

test('files of a folder that may share a process do so, no more than eight', () => {
  const eight = Array.from({ length: 8 }, (_, at) => `test/kql/${at}.test.ts`);
  const rows: readonly [files: readonly string[], processes: readonly number[]][] = [
    [
      [...eight, 'test/kql/one-more.test.ts'],
      [8, 1],
    ],
    [
      ['test/kql/a.test.ts', 'test/mail/a.test.ts', 'test/mail/b.test.ts'],
      [1, 2],
    ],
    [
      ['test/gateway/a.test.ts', 'test/gateway/b.test.ts'],
      [1, 1],
    ],
    [
      ['test/kql/a.test.ts', 'test/cli/a.test.ts', 'test/kql/b.test.ts'],
      [1, 1, 1],
    ],
    [['/x/test/kql/a.test.ts', 'test/kql/b.test.ts'], [2]],
  ];
  for (const [files, processes] of rows) {
    const found = processesOf(files, '/x');
    assert.deepEqual([found.flat(), found.map(({ length }) => length)], [files, processes]);
  }
});

test('of files in one process, a failure is told with its own file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'test-files-'));
  mkdirSync(join(folder, 'test/kql'), { recursive: true });
  const texts = { a: "test('one', () => {});", b: "test('two', () => { throw new Error('no luck'); });" };
  const files = Object.entries(texts).map(([name, text]) => {
    const file = join(folder, `test/kql/${name}.test.ts`);
    writeFileSync(file, `import { test } from 'node:test';\n${text}`);
    return file;
  });
  try {
    let said = '';
    const { passed, failed } = await runTestFiles(files, {
      root: folder,
      timeoutMs: 20_000,
      report: (words) => (said += words),
    });
    assert.deepEqual([passed, failed], [1, 1]);
    assert.match(said, /FAILED two \(test\/kql\/b\.test\.ts:2\)/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file that does not end is stopped', async () => {
  const { failed, said } = await runText("test('a', () => new Promise(() => setInterval(() => {}, 1000)));", 1500);
  assert.ok(failed > 0);
  assert.match(said, /timed out/);
});

test('files are found in order, folders left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'test-files-'));
  for (const name of ['b', 'a', 'soak']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'x.test.ts'), '');
    writeFileSync(join(folder, name, 'x.ts'), '');
  }
  assert.deepEqual(testFilesBelow(folder, ['soak']), [join(folder, 'a/x.test.ts'), join(folder, 'b/x.test.ts')]);
  rmSync(folder, { recursive: true });
});
