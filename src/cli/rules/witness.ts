import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { MailhuntError } from '../../errors/index.ts';
import { type Rule, type RuleWitness, readRules, shownRow, witnessRule } from '../../rules/index.ts';
import { openSandbox } from '../../store/index.ts';
import { dynamicToJson, dynamicToText, ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, harmlessJson } from '../harmless.ts';
import { progressLine } from '../progress.ts';
import { reportProblems } from './problems.ts';
import { refusalText } from './refusal.ts';

/** `mailhunt rules witness`: rows that make a rule fire, out of its query. */
export const witness: Command = {
  usage: 'rules witness PATH… [--name TEXT] [--format table|json|test] [--out DIR]',
  summary:
    'Builds, from the query alone, rows and where it can a message that make a rule fire; or says what is in the way.',
  help: `  --name TEXT        only rules whose name has this in it
  --format F         table (default): the cells that matter; json: every cell; test: cases for a test file
  --out DIR          writes the rows there as JSON lines that mailhunt ingest reads, and the message as .eml
  --own-domain D     a domain in whose name a message may be (those of accepted_domains may; others must be reserved ones)
  --seed N           another witness (1)
`,
  example: 'rules witness rules/authentication/dmarc-failure-delivered.yaml',
  options: {
    name: { type: 'string' },
    format: { type: 'string', default: 'table' },
    out: { type: 'string' },
    'own-domain': { type: 'string', multiple: true },
    seed: { type: 'string', default: '1' },
  },
  positionals: 10_000,
  run,
};

const writers: Readonly<Record<string, (found: RuleWitness) => string>> = {
  table: asTable,
  json: asJson,
  test: asTest,
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = Object.hasOwn(writers, format) ? writers[format]! : undefined;
  if (write === undefined) throw wrong(`--format ${format}: ${Object.keys(writers).join(', ')} are known`);
  if (call.positionals.length === 0) throw wrong('say the file of a rule');
  const seed = /^\d{1,9}$/.test(String(call.values.seed)) ? Number(call.values.seed) : undefined;
  if (seed === undefined) throw wrong(`--seed ${call.values.seed}: give a whole number`);
  const read = await readRules(call.positionals, { signal: call.signal });
  const wanted = String(call.values.name ?? '').toLowerCase();
  const rules = read.rules.filter(({ name }) => name.toLowerCase().includes(wanted));
  const own = [
    ...call.settings.accepted_domains,
    ...((call.values['own-domain'] as readonly string[] | undefined) ?? []),
  ];
  await using sandbox = await openSandbox();
  const line = progressLine(call.err, () => performance.now());
  const means = {
    sandbox,
    now: ticksFromUnixMs(call.now()),
    seed,
    functions: read.functions,
    own,
    signal: call.signal,
  };
  let without = 0;
  for (const [i, rule] of rules.entries()) {
    line.show(`${i + 1} of ${rules.length} ${rule.name}`);
    const found = await attempt(rule, () => witnessRule(rule, means), call).finally(line.clear);
    if (found?.witness === undefined) without++;
    if (found !== undefined) await call.out.write(write(found));
    if (found?.witness !== undefined && call.values.out !== undefined)
      await save(found, folderOf(String(call.values.out), rule, i, rules.length));
  }
  if (rules.length > 1) await call.err.write(`${rules.length - without} of ${rules.length} rules have a witness\n`);
  const problems = await reportProblems(read, call.err);
  return without > 0 ? 1 : problems;
}

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules witness' });

/** A rule that does not compile is told of, and the others go on. */
async function attempt<T>(rule: Rule, work: () => Promise<T>, { err }: Call): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof MailhuntError)) throw error;
    await err.write(refusalText(rule, error));
    return undefined;
  }
}

function asTable(found: RuleWitness): string {
  const lines = [found.rule.name, ...(found.witness === undefined ? obstacleLines(found) : witnessLines(found)), ''];
  return `${lines.map(harmless).join('\n')}\n`;
}

function* witnessLines({ witness: built, message }: RuleWitness): Generator<string> {
  const { rows, lists } = built!;
  yield `  fires on ${rows.length === 1 ? 'this row' : `these ${rows.length} rows`}`;
  for (const row of rows.slice(0, MOST_SHOWN)) {
    const { table, cells, odd } = shownRow(row);
    yield `  ${table}`;
    for (const [name, value] of Object.entries(cells))
      yield `    ${name} = ${dynamicToText(value)}${odd.includes(name) ? '   (not known to be ever so: mailhunt rules lint)' : ''}`;
  }
  if (rows.length > MOST_SHOWN) yield `  and ${rows.length - MOST_SHOWN} more: --format json has all of them`;
  for (const list of lists.filter((one) => one.rows.length > 0))
    yield `  ${list.name} holds ${list.rows.map((row) => JSON.stringify(dynamicToText(row.get(keyOf(list.schema)) ?? null))).join(', ')}`;
  if (message === undefined) return;
  yield 'refusal' in message ? `  no message: ${message.refusal}` : '  and so does a real message: --out DIR writes it';
}

const keyOf = (schema: readonly { readonly name: string }[]): string =>
  schema.find(({ name }) => name === 'SearchKey')?.name ?? schema[0]?.name ?? '';

const MOST_SHOWN = 20;

const reasons = {
  'never-true': 'could not be made true together with the rest',
  unforeseen: 'all conditions hold, but what the query computes of the rows cannot be foretold',
  'no-rows': 'it can have no row, or needs too many for it',
} as const;

function* obstacleLines({ obstacles }: RuleWitness): Generator<string> {
  yield '  no witness was found';
  for (const { kind, text, place } of obstacles) {
    const at = place === undefined ? '' : `line ${place.line}, column ${place.column}: `;
    yield `  ${at}${text === '' ? '' : `${text} `}${reasons[kind]}`;
  }
}

function asJson({ rule, witness: built, message, obstacles }: RuleWitness): string {
  const rows = built?.rows.map((row) => shownRow(row, true));
  const lists = built?.lists.map(({ name, schema, rows: own }) => ({
    name,
    rows: own.map((row) =>
      Object.fromEntries(schema.map((column) => [column.name, dynamicToText(row.get(column.name) ?? null)])),
    ),
  }));
  const shown =
    message === undefined
      ? undefined
      : 'refusal' in message
        ? message
        : { eml: message.bytes.toString('latin1'), dns: message.records };
  const found = {
    rule: rule.name,
    path: rule.provenance.path,
    fires: built !== undefined,
    lists,
    message: shown,
    obstacles,
  };
  const text = JSON.stringify(found);
  const printed = `[${(rows ?? []).map(({ table, cells }) => `{"table":${JSON.stringify(table)},"cells":${objectOf(cells)}}`).join(',')}]`;
  return `${harmlessJson(`${text.slice(0, -1)},"rows":${printed}}`)}\n`;
}

const objectOf = (cells: ReturnType<typeof shownRow>['cells']): string =>
  `{${Object.entries(cells)
    .map(([name, value]) => `${JSON.stringify(name)}:${dynamicToJson(value)}`)
    .join(',')}}`;

/** A case for the test file beside the rule. */
function asTest({ rule, witness: built }: RuleWitness): string {
  if (built === undefined) return `# ${harmless(rule.name)}: no witness was found\n`;
  const tables: Record<string, unknown[]> = {};
  for (const row of built.rows) {
    const { table, cells } = shownRow(row);
    tables[table] = [...(tables[table] ?? []), JSON.parse(objectOf(cells))];
  }
  return stringify({ rows: [{ name: `witness of ${rule.name}`, fires: true, tables }] });
}

const folderOf = (out: string, { name }: Rule, i: number, count: number): string =>
  count === 1 ? out : join(out, `${i + 1}-${name.replace(/[^\w-]+/g, '-').slice(0, 60)}`);

async function save({ witness: built, message }: RuleWitness, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const rows = built!.rows.map((row) => shownRow(row, true));
  for (const table of new Set(rows.map((row) => row.table))) {
    const lines = rows.filter((row) => row.table === table).map(({ cells }) => `${objectOf(cells)}\n`);
    await writeFile(join(folder, `${table}.jsonl`), lines.join(''));
  }
  if (message !== undefined && 'bytes' in message) await writeFile(join(folder, 'message.eml'), message.bytes);
}
