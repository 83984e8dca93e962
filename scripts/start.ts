/**
 * `npm start` once everything is installed: serves the demo, builds the workbench beside it, and makes the start-up
 * snapshot for the other commands.
 */
import { runProcess } from '../src/cli/index.ts';
import { ensureSnapshot } from './snapshot.ts';
import { ensureWeb } from './web.ts';

// Until it is there, the server's pages say so and come back.
ensureWeb().then((wrong) => {
  if (wrong !== '') process.stderr.write(`the workbench could not be built:\n${wrong}\n`);
});

// Without the snapshot commands only start more slowly: the server goes on.
const soon = setTimeout(() => {
  ensureSnapshot().catch((error: Error) => process.stderr.write(`${error.message}\n`));
}, 5_000);
soon.unref();

await runProcess(['serve', '--demo', ...process.argv.slice(2)]);
