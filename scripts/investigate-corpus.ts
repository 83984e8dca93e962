/** Real phishing that lies in a folder beside the clone, investigated with nothing else known: which verdicts it gets. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { evidenceOfMessage } from '../src/evidence/index.ts';
import { defaultJudgeOptions } from '../src/ingest/index.ts';
import { type VerdictWord, verdictOf } from '../src/investigate/index.ts';
import { parseZone, zoneResolver } from '../src/mail/index.ts';
import { LabDesk } from '../test/investigate/lab-desk.ts';

/** Takes a check's name and what is wrong with it: nothing where all is well. */
type Note = (name: string, problem: string) => void;

/**
 * What Microsoft's stamp refused must not be called honest. What passed every check may be: nothing but the text tells, and
 * the store knows nobody.
 *
 * @param folder with `index.tsv` and the messages that it names
 */
export async function runCorpusInvestigations(folder: string, note: Note): Promise<void> {
  await using desk = await LabDesk.empty();
  const index = readFileSync(join(folder, 'index.tsv'), 'utf8').trim().split('\n').slice(1);
  const resolver = zoneResolver(parseZone('', 'empty.zone'));
  const judge = { ...defaultJudgeOptions, verdicts: 'received' as const, trusted: ['microsoft'], now: 0 };
  const counts = new Map<string, Map<VerdictWord, number>>();
  const problems: string[] = [];
  for (const [id = '', , , , dmarc = '', , compauth = ''] of index.map((line) => line.split('\t'))) {
    const bytes = readFileSync(join(folder, `${id}.eml`));
    const evidence = await evidenceOfMessage({ bytes, place: id, judge, resolver }, desk.means());
    const { word } = verdictOf(evidence);
    const stamp = `dmarc=${dmarc} compauth=${compauth}`;
    const row = counts.get(stamp) ?? new Map<VerdictWord, number>();
    counts.set(stamp, row.set(word, (row.get(word) ?? 0) + 1));
    if (word === 'legitimate' && (dmarc === 'fail' || compauth === 'fail')) problems.push(`${id} (${stamp})`);
  }
  for (const [stamp, row] of [...counts].sort())
    process.stdout.write(`  ${stamp.padEnd(36)} ${[...row].map(([word, count]) => `${count} ${word}`).join(', ')}\n`);
  note(`${index.length} real messages investigated: none that failed is called honest`, problems.join('; '));
}

if (import.meta.main) {
  const folder = join(process.argv[2] ?? '../shared', 'corpus', 'eml');
  await runCorpusInvestigations(folder, (name, problem) =>
    process.stdout.write(`${problem === '' ? 'ok' : 'FAILED'} ${name} ${problem}\n`),
  );
}
