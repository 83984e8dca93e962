/**
 * Measures the verdicts of `mailhunt investigate` on the lab's scenarios: how often the documented table of weights is right,
 * how often tables are that were fitted with one family of scenarios left out, and how often an innocent is accused.
 *
 * @example node scripts/investigate-measure.ts                    // 20 variations of each case: takes an hour
 * @example node scripts/investigate-measure.ts 2 --keep evidence  // two, and what was found out is kept in a folder
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Examined, LabDesk } from '../test/investigate/lab-desk.ts';
import { confusionText, leftOut, type Measure, measured, signsAlone } from '../test/investigate/measure.ts';

const { values, positionals } = parseArgs({ options: { keep: { type: 'string' } }, allowPositionals: true });
const variations = Number(positionals[0] ?? 20);

/** Every case as its file tells it, and so many variations of it. */
async function examineAll(): Promise<readonly Examined[]> {
  await using desk = await LabDesk.open();
  const found: Examined[] = [];
  for (let variation = 0; variation <= variations; variation++) {
    for (const one of desk.cases) {
      const file = values.keep === undefined ? undefined : join(values.keep, `${variation}-${one.name}.json`);
      if (file !== undefined && existsSync(file)) {
        const { evidence, house } = JSON.parse(readFileSync(file, 'utf8'));
        found.push({ one, variation, evidence, house });
        continue;
      }
      const examined = await desk.examine(one, variation);
      found.push(examined);
      const { evidence, house } = examined;
      if (file !== undefined) writeFileSync(file, JSON.stringify({ evidence, house }));
    }
    process.stderr.write(`\r${variation} of ${variations} variations `);
  }
  process.stderr.write('\n');
  return found;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function print(title: string, measure: Measure): void {
  const wrong = measure.judged.filter(({ right, found }) => right !== found);
  const names = new Map<string, number>();
  for (const { name, right, found } of wrong) {
    const text = `${name}: ${found}, not ${right}`;
    names.set(text, (names.get(text) ?? 0) + 1);
  }
  process.stdout.write(
    [
      `\n${title}`,
      `right ${percent(measure.accuracy)} of ${measure.judged.length}; innocents accused ${percent(measure.falseRefusals)}; attacks excused ${percent(measure.missed)}`,
      confusionText(measure),
      ...[...names].map(([text, count]) => `  ${count} x ${text}`),
      '',
    ].join('\n'),
  );
}

if (values.keep !== undefined) mkdirSync(values.keep, { recursive: true });
const examined = await examineAll();
print('The documented table, on everything it was written with in mind', measured(examined));
print('One family left out at a time, fitted on the others from the documented table', leftOut(examined));
print(
  'The same, fitted from signs alone: every point of the table at one, for or against',
  leftOut(examined, signsAlone),
);
