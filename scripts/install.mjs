/**
 * Set-up that asks for nothing: installs what package-lock.json says where node_modules differs from it, and finds the
 * pinned Node.js. Plain JavaScript for Node 20 without dependencies, because it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the clone. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** The pinned Node.js of the npm package `node`. */
export const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node');

/** The version that package-lock.json pins, for example `24.21.0`. */
export const pinnedVersion = (folder = root) => lockOf(folder).packages['node_modules/node'].version;

/**
 * Installs where needed; says so in one line first. Ends the process with 3 where npm fails.
 */
export function ensureInstalled() {
  const reason = staleness(root);
  if (reason !== undefined) {
    process.stderr.write(`mailhunt: installing the packages of package-lock.json (${reason}); about a minute, once\n`);
    // Not `npm ci`: it refuses a lock that lacks the optional packages of other systems, as one made on a single system does.
    npm('install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error');
  }
  ensurePinnedNode();
}

/**
 * Why node_modules is not what package-lock.json says, or undefined where it is. npm writes its own list of what it
 * installed last, as its last step, so that an install which was cut off counts as missing.
 */
export function staleness(folder) {
  const installedList = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(installedList)) return 'none are there yet';
  const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages;
  for (const [path, wanted] of Object.entries(lockOf(folder).packages)) {
    if (path === '') continue;
    if (installed[path] === undefined ? !wanted.optional : installed[path].version !== wanted.version) {
      return `${path.replace(/^.*node_modules\//, '')} ${wanted.version} is missing`;
    }
  }
  return undefined;
}

const lockOf = (folder) => JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));

/** npm can be told to run no install scripts; then the package `node` has not fetched its binary. */
function ensurePinnedNode() {
  const wanted = `v${pinnedVersion()}`;
  if (versionOf(pinnedNode) === wanted) return;
  process.stderr.write(`mailhunt: fetching Node.js ${wanted}\n`);
  const script = join(root, 'node_modules', 'node');
  spawnSync(process.execPath, ['installArchSpecificPackage'], { cwd: script, stdio: ['ignore', 2, 2] });
  const found = versionOf(pinnedNode);
  if (found !== wanted) fail(`Node.js ${wanted} could not be installed, found ${found ?? 'none'}`);
}

const versionOf = (node) => {
  const { status, stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

function npm(...args) {
  // npm's chatter goes to stderr: what a script prints on stdout is its own.
  const { status, error } = spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) fail(`npm ${args[0]} failed${error ? `: ${error.message}` : ''}`);
}

function fail(text) {
  process.stderr.write(`mailhunt: ${text}\n`);
  process.exit(3);
}
