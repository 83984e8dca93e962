/** `npm start` once everything is installed: serves the demo, and makes the start-up snapshot for the other commands. */
import { runProcess } from '../src/cli/index.ts';
import { ensureSnapshot } from './snapshot.ts';

// Without the snapshot commands only start more slowly: the server goes on.
const soon = setTimeout(() => {
  ensureSnapshot().catch((error: Error) => process.stderr.write(`${error.message}\n`));
}, 5_000);
soon.unref();

await runProcess(['serve', '--demo', ...process.argv.slice(2)]);
