/** The ways in which a checkout says where it comes from. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { gitOrigin } from '../../../src/rules/feed/git-origin.ts';
import { testFolder } from '../read/folder.ts';

const { folder } = testFolder();
const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
const config = (url: string): string => `[remote "origin"]\n\turl = ${url}\n`;

const rows: readonly {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly commit?: string;
  readonly repository?: string;
}[] = [
  { what: 'a branch', files: { '.git/HEAD': 'ref: refs/heads/x/y\n', '.git/refs/heads/x/y': `${a}\n` }, commit: a },
  { what: 'a detached HEAD', files: { '.git/HEAD': `${b}\n` }, commit: b },
  {
    what: 'packed refs',
    files: {
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/packed-refs': `# pack-refs with: peeled\n${b} refs/heads/not/refs/heads/main\n${a} refs/heads/main\n^${b}\n`,
    },
    commit: a,
  },
  {
    what: 'a loose ref before a packed one',
    files: { '.git/HEAD': 'ref: refs/heads/m', '.git/refs/heads/m': a, '.git/packed-refs': `${b} refs/heads/m\n` },
    commit: a,
  },
  { what: 'a branch without a commit', files: { '.git/HEAD': 'ref: refs/heads/main\n' } },
  {
    what: 'refs that point at each other',
    files: { '.git/HEAD': 'ref: refs/a\n', '.git/refs/a': 'ref: refs/b', '.git/refs/b': 'ref: refs/a' },
  },
  { what: 'a ref that leads out', files: { '.git/HEAD': 'ref: ../secret\n', secret: a } },
  { what: 'no HEAD of that kind', files: { '.git/HEAD': 'nonsense' } },
  {
    what: 'an address with a password',
    files: { '.git/config': config('https://me:pw@git.example/o/r.git') },
    repository: 'https://git.example/o/r',
  },
  {
    what: 'an address for ssh',
    files: { '.git/config': config('git@git.example:o/r.git') },
    repository: 'https://git.example/o/r',
  },
  {
    what: 'an ssh URL with a port',
    files: { '.git/config': config('ssh://git@git.example:22/o/r') },
    repository: 'https://git.example/o/r',
  },
  { what: 'a folder as remote', files: { '.git/config': config('/srv/git/r.git') } },
  {
    what: 'another remote first',
    files: { '.git/config': `[remote "fork"]\nurl = https://git.example/f/r\n${config('https://git.example/o/r')}` },
    repository: 'https://git.example/o/r',
  },
];

for (const { what, files, commit, repository } of rows) {
  test(what, async () => {
    const path = folder(files);
    const expected = { root: path, ...(repository && { repository }), ...(commit && { commit }) };
    assert.deepEqual(await gitOrigin(path), expected);
  });
}

test('a worktree has its own HEAD and the refs and remotes of its repository', async () => {
  const path = folder({
    'repo/.git/config': config('https://git.example/o/r'),
    'repo/.git/refs/heads/side': a,
    'repo/.git/worktrees/w/HEAD': 'ref: refs/heads/side\n',
    'repo/.git/worktrees/w/commondir': '../..\n',
    'w/rules/x.yaml': '',
  });
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(path, 'w', '.git'), `gitdir: ${join(path, 'repo/.git/worktrees/w')}\n`);
  const expected = { root: join(path, 'w'), repository: 'https://git.example/o/r', commit: a };
  assert.deepEqual(await gitOrigin(join(path, 'w')), expected);
  assert.deepEqual(await gitOrigin(join(path, 'w', 'rules')), expected);
});
