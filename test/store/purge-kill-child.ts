/**
 * The victim of the test of killed purges: takes rows in and purges somebody, again and again, and says each time what is
 * safe. Ends only by being killed.
 *
 *     node test/store/purge-kill-child.ts FOLDER
 */
import { writeSync } from 'node:fs';
import { openStore } from '../../src/store/index.ts';
import { mail } from './rig.ts';

const store = await openStore(process.argv[2]!, { idle: 0 });
writeSync(1, 'open\n');
for (let n = await store.position('mail'); ; n += 2) {
  const rows: Parameters<typeof mail>[0] = [
    [`m${n}`, `bob${n}@contoso.com`, `secret ${n}`],
    [`m${n + 1}`, 'eve@contoso.com', `open ${n + 1}`],
  ];
  await store.append(mail(rows, { id: 'mail', position: n + 2 }));
  writeSync(1, `${n + 2}\n`);
  await store.purge({ persons: [`bob${n}@contoso.com`], dryRun: false });
  writeSync(1, `-${n}\n`);
}
