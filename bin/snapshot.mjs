/**
 * The V8 start-up snapshot: the heap of a process that has loaded the compiler of queries and its parser, so that a
 * command need not load them again. It belongs to one Node.js and to the code it was made of; where it does not fit it
 * is not used.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A snapshot's program: the folder of the package, the one of the code, and the Node.js. */
const blobOf = ({ root }) => join(cacheOf(root), 'mailhunt.blob');
const stampFileOf = ({ root }) => join(cacheOf(root), 'mailhunt.stamp');

const cacheOf = (root) =>
  existsSync(join(root, 'node_modules')) ? join(root, 'node_modules', '.cache') : join(root, '.cache');

/**
 * What a snapshot is stamped with: names, sizes and times of the files that it depends on, which costs a few
 * milliseconds where reading them would cost a hundred.
 */
function stampOf({ root, code, node }) {
  const hash = createHash('sha256');
  const note = (file) => {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  };
  note(node);
  note(join(root, 'package.json'));
  for (const entry of readdirSync(code, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) note(join(entry.parentPath ?? entry.path, entry.name));
  }
  return hash.digest('hex');
}

/**
 * The path of the snapshot where it fits, else undefined.
 *
 * @example freshSnapshot({ root: '/clone', code: '/clone/src', node: process.execPath })
 */
export function freshSnapshot(program) {
  try {
    return readFileSync(stampFileOf(program), 'utf8') === stampOf(program) ? blobOf(program) : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the snapshot from one CommonJS file of the program, and tries it before it counts. */
export async function buildSnapshot(program, bundle) {
  const blob = blobOf(program);
  const draft = `${blob}.${process.pid}`;
  mkdirSync(cacheOf(program.root), { recursive: true });
  const stamp = stampOf(program);
  // The bundle stands for the files of this folder, two below the package's.
  const at = pathToFileURL(join(program.code, 'cli', 'snapshot.js')).href;
  try {
    await run(program.node, [`--snapshot-blob=${draft}`, '--build-snapshot', bundle], { MAILHUNT_BUNDLE_URL: at });
    await run(program.node, [`--snapshot-blob=${draft}`, 'mailhunt', '--version'], {});
    rmSync(stampFileOf(program), { force: true });
    renameSync(draft, blob);
    writeFileSync(stampFileOf(program), stamp);
  } finally {
    rmSync(draft, { force: true });
  }
}

async function run(node, args, env) {
  const child = spawn(node, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    words += text;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`the start-up snapshot could not be made: ${words}`);
}

// `node bin/snapshot.mjs ROOT CODE BUNDLE`: what bin/mailhunt.mjs starts behind a command that found no snapshot.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , root, code, bundle] = process.argv;
  await buildSnapshot({ root, code, node: process.execPath }, bundle);
}
