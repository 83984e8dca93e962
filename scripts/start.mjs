/** `npm start [-- --port N --store DIR]`: installs what is missing and serves the demo. */
import { runPinned } from './with-node.mjs';

runPinned(['bin/mailhunt.mjs', 'serve', '--demo', ...process.argv.slice(2)]);
