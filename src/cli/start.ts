/** The process that `bin/mailhunt.mjs` starts where no start-up snapshot is at hand. */
import { runProcess } from './index.ts';

await runProcess(process.argv.slice(2));
