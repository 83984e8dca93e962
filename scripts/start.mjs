/** `npm start [-- --port N --store DIR]`: installs what is missing and serves the demo. */
import { runPinned } from './with-node.mjs';

runPinned(['scripts/start.ts', ...process.argv.slice(2)]);
