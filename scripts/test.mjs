/** `npm test [-- FILE…]`: installs what is missing, then runs every check. `npm run soak` adds what takes long. */
import { runPinned } from './with-node.mjs';

runPinned(['scripts/checks.ts', ...process.argv.slice(2)]);
