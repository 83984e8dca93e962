/**
 * The program as a V8 start-up snapshot holds it: the compiler of queries loaded and warm. `scripts/snapshot.ts` makes one
 * file of it and `node --build-snapshot` runs that file.
 */
import { startupSnapshot } from 'node:v8';
import { type Catalog, compile } from '../kql/index.ts';
import { tables } from '../schema/index.ts';
import { bareSurroundings } from '../surroundings/index.ts';

/** Queries that touch what most queries touch. */
const usual = [
  'print 1',
  'EmailEvents | where Timestamp > ago(30d) | where Subject has "x" or SenderFromDomain in ("a.example", "b.example")' +
    ' | extend d = tostring(parse_json(AuthenticationDetails).DMARC), n = iff(Subject == "", 1, 0)' +
    ' | summarize n = count(), oldest = min(Timestamp) by d, bin(Timestamp, 1d) | order by n desc | take 10',
  'let t = UrlClickEvents | project NetworkMessageId, Url; EmailEvents | join kind=leftouter t on NetworkMessageId',
];

const catalog: Catalog = {
  database: 'mail',
  version: 'snapshot',
  tables: tables.map(({ name, columns }) => ({ name, columns, relation: `"${name}"` })),
};

const surroundings = bareSurroundings();
for (const text of usual) compile(text, { catalog, surroundings, now: 638_000_000_000_000_000n });

// What holds handles of the operating system (sockets, files, the database) cannot be in a snapshot: it is loaded here.
startupSnapshot.setDeserializeMainFunction(async () => {
  const { runProcess } = await import('./index.ts');
  await runProcess(process.argv.slice(2));
});
