import { stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { readPlainFile } from '../read/plain-file.ts';

/** Where a checkout comes from, as far as its `.git` says. */
export interface GitOrigin {
  /** The address of its remote, without user and password: `https://github.com/Azure/Azure-Sentinel`. */
  readonly repository?: string;
  /** 40 (or with SHA-256: 64) hex digits. */
  readonly commit?: string;
  /** The folder that `.git` stands in. */
  readonly root?: string;
}

const MOST_BYTES = 16 * 1024 * 1024;
const HASH = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/** Symbolic refs may point at each other. */
const MOST_STEPS = 5;

/**
 * Repository and commit of the checkout that a folder is in, read from the files of its `.git`: no git program runs, as
 * one could be made to by the checkout's own configuration. Where there is none, nothing is said.
 */
export async function gitOrigin(folder: string): Promise<GitOrigin> {
  const found = await gitFolder(resolve(folder));
  if (found === undefined) return {};
  const { root, git } = found;
  // a worktree has a HEAD of its own and shares the rest
  const shared = (await textOf(join(git, 'commondir')))?.trim();
  const common = shared === undefined ? git : resolve(git, shared);
  const repository = repositoryIn((await textOf(join(common, 'config'))) ?? '');
  const commit = await commitOf('HEAD', [git, common]);
  return { root, ...(repository === undefined ? {} : { repository }), ...(commit === undefined ? {} : { commit }) };
}

async function gitFolder(folder: string): Promise<{ readonly root: string; readonly git: string } | undefined> {
  const path = join(folder, '.git');
  const kind = await stat(path).catch(() => undefined);
  if (kind?.isDirectory()) return { root: folder, git: path };
  if (kind?.isFile()) {
    const [, target] = /^gitdir: (.+)$/m.exec((await textOf(path)) ?? '') ?? [];
    return target === undefined ? undefined : { root: folder, git: resolve(folder, target.trim()) };
  }
  return dirname(folder) === folder ? undefined : gitFolder(dirname(folder));
}

async function commitOf(ref: string, folders: readonly string[], steps = 0): Promise<string | undefined> {
  if (steps > MOST_STEPS || ref.split('/').includes('..') || isAbsolute(ref)) return undefined;
  for (const folder of folders) {
    const text = (await textOf(join(folder, ref)))?.trim();
    if (text === undefined) continue;
    if (HASH.test(text)) return text;
    const [, target] = /^ref: (\S+)$/.exec(text) ?? [];
    if (target !== undefined) return commitOf(target, folders, steps + 1);
  }
  const packed = await textOf(join(folders.at(-1)!, 'packed-refs'));
  const line = packed?.split('\n').find((line) => line.endsWith(` ${ref}`));
  const hash = line?.slice(0, -ref.length - 1);
  return hash !== undefined && HASH.test(hash) ? hash : undefined;
}

/** The address of the remote `origin`, or of the only one that there is. */
function repositoryIn(config: string): string | undefined {
  const urls = new Map<string, string>();
  let remote: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) remote = /^remote "(.*)"$/.exec(section)?.[1];
    const url = /^\s*url\s*=\s*(\S+)/.exec(line)?.[1];
    if (remote !== undefined && url !== undefined && !urls.has(remote)) urls.set(remote, url);
  }
  const [only] = urls.size === 1 ? urls.values() : [];
  return publicAddress(urls.get('origin') ?? only ?? '');
}

/** An address as a browser takes it, without what only its owner should know. */
function publicAddress(url: string): string | undefined {
  const ssh = /^(?:ssh:\/\/)?[\w.-]+@([\w.-]+)[:/](?:\d+\/)?(.+)$/.exec(url);
  const address = URL.parse(ssh === null ? url : `https://${ssh[1]}/${ssh[2]}`);
  if (address === null || !/^https?:$/.test(address.protocol)) return undefined;
  return `${address.protocol}//${address.host}${address.pathname.replace(/(?:\.git)?\/*$/, '')}`;
}

/** A file of `.git`; undefined where it is not there, cannot be read or is larger than such files are. */
async function textOf(path: string): Promise<string | undefined> {
  try {
    return (await readPlainFile(path, MOST_BYTES)).bytes?.toString('utf8');
  } catch {
    return undefined;
  }
}
