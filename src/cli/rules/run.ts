import { MailhuntError } from '../../errors/index.ts';
import {
  durationWords,
  isOfRule,
  namedTables,
  packFolder,
  type Rule,
  type RuleRun,
  readRules,
  runRule,
} from '../../rules/index.ts';
import type { Session } from '../../server/index.ts';
import { formatDatetime, ticksFromUnixMs } from '../../values/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { formats } from '../formats.ts';
import { harmless, harmlessJson } from '../harmless.ts';
import { progressLine } from '../progress.ts';
import { parameterHelp, parameterOption, parametersOf } from '../query-parameters.ts';
import { openSession } from '../store-session.ts';
import { reportProblems } from './problems.ts';
import { placeWords, refusalText } from './refusal.ts';
import { rulesNamed } from './rules-named.ts';

/** `mailhunt rules run`: rules over the store. */
export const run: Command = {
  usage: 'rules run [NAME|PATH…] [--rows N] [--whole] [--param NAME=VALUE] [--format table|json]',
  summary: 'Runs rules over the store and says which fire; 1 where one does.',
  help: `  NAME|PATH…         names of rules that come with mailhunt, or files and folders (default: all that come with it)
  --rows N           shows that many rows of each result (0)
  --whole            scheduled rules see all rows, not only those of their queryPeriod before now
${parameterHelp}  --format F         table (default) or json
`,
  example: 'rules run dmarc-failure-delivered --rows 5',
  options: {
    rows: { type: 'string', default: '0' },
    whole: { type: 'boolean' },
    format: { type: 'string', default: 'table' },
    ...parameterOption,
  },
  positionals: 10_000,
  run: runRules,
};

/** A rule, with what it found or why it could not. */
type Outcome = { readonly found: RuleRun } | { readonly rule: Rule; readonly error: MailhuntError };

type Write = (outcomes: readonly Outcome[], call: Call) => Promise<void>;

const writers: Readonly<Record<string, Write>> = { table: writeTable, json: writeJson };

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'rules run' });

async function runRules(call: Call): Promise<ExitCode> {
  const { values, signal, err } = call;
  const format = String(values.format);
  const write = Object.hasOwn(writers, format) ? writers[format] : undefined;
  if (write === undefined) throw wrong(`--format ${format}: ${Object.keys(writers).join(', ')} are known`);
  const rows = /^\d{1,6}$/.test(String(values.rows)) ? Number(values.rows) : undefined;
  if (rows === undefined) throw wrong(`--rows ${values.rows}: give a whole number`);
  const parameters = parametersOf(call, 'rules run');
  const { rules, read } = await rulesNamed(call.positionals, packFolder(), (paths) => readRules(paths, { signal }));
  await using session = await openSession(call);
  const line = progressLine(err, () => performance.now());
  const means = {
    store: session,
    now: ticksFromUnixMs(call.now()),
    signal,
    functions: read.functions,
    parameters,
    rows,
    isWhole: values.whole === true,
    stopwatch: () => performance.now(),
  };
  const outcomes: Outcome[] = [];
  for (const [i, rule] of rules.entries()) {
    line.show(`${i + 1} of ${rules.length} ${rule.name}`);
    const outcome = await attempt(rule, () => runRule(rule, means)).finally(line.clear);
    signal.throwIfAborted();
    outcomes.push(outcome);
  }
  await write(outcomes, call);
  await warn(outcomes, await session.summary(), means.now, call);
  const problems = await reportProblems(read, err);
  return outcomes.some((one) => 'error' in one || one.found.hasFired) ? 1 : problems;
}

/** What lies in a rule is told of it and the others go on; a store that is gone, or a defect, ends the run. */
async function attempt(rule: Rule, work: () => Promise<RuleRun>): Promise<Outcome> {
  try {
    return { found: await work() };
  } catch (error) {
    if (isOfRule(error)) return { rule, error };
    throw error;
  }
}

const seen = ({ rule, lookBack }: RuleRun): string =>
  lookBack === undefined
    ? rule.kind === 'scheduled'
      ? 'all rows'
      : 'as its query says'
    : `last ${durationWords(lookBack)}`;

async function writeTable(outcomes: readonly Outcome[], { out }: Call): Promise<void> {
  const cells = (one: Outcome) => {
    if ('error' in one) return [one.rule.name, null, 'refused', '', '', null];
    const { rule, count, hasFired, trigger, milliseconds } = one.found;
    return [rule.name, count, hasFired ? 'yes' : 'no', trigger ?? 'any row', seen(one.found), Math.round(milliseconds)];
  };
  await formats.table!(
    {
      name: 'rules',
      columns: [
        { name: 'Rule', type: 'string' },
        { name: 'Rows', type: 'long' },
        { name: 'Fires', type: 'string' },
        { name: 'On', type: 'string' },
        { name: 'Sees', type: 'string' },
        { name: 'ms', type: 'long' },
      ],
      blocks: oneBlock(outcomes.map((one) => JSON.stringify(cells(one)))),
      visualization: undefined,
      sql: '',
    },
    out,
  );
  for (const one of outcomes) {
    if ('error' in one || one.found.rows.length === 0) continue;
    const { rule, columns, rows } = one.found;
    await out.write(`\n${harmless(rule.name)}\n`);
    await formats.table!({ name: 'rows', columns, blocks: oneBlock(rows), visualization: undefined, sql: '' }, out);
  }
}

async function* oneBlock(rows: readonly string[]): AsyncGenerator<readonly string[]> {
  yield rows;
}

async function writeJson(outcomes: readonly Outcome[], { out }: Call): Promise<void> {
  const objects = outcomes.map((one) => {
    if ('error' in one) {
      const { rule, error } = one;
      const place = error.span && rule.placeOf(error.span.start);
      const refused = { code: error.code, message: error.message, advice: error.advice, ...place };
      return JSON.stringify({ name: rule.name, id: rule.id, path: rule.provenance.path, refused });
    }
    const { rule, count, hasFired, trigger, lookBack, columns, rows, warnings, milliseconds } = one.found;
    const head = JSON.stringify({
      name: rule.name,
      id: rule.id,
      path: rule.provenance.path,
      count,
      fires: hasFired,
      trigger: trigger ?? 'any row',
      lookBackMilliseconds: lookBack ?? null,
      milliseconds: Math.round(milliseconds),
      warnings: warnings.map(({ code, message, span }) => ({ code, message, ...(span && rule.placeOf(span.start)) })),
      columns: columns.map(({ name }) => name),
    });
    // rows are JSON already: numbers of 64 bits would not survive being parsed
    return `${head.slice(0, -1)},"rows":[${rows.join(',')}]}`;
  });
  await out.write(
    objects.length === 0 ? '[]\n' : `[\n${objects.map((text) => `  ${harmlessJson(text)}`).join(',\n')}\n]\n`,
  );
}

/** Says why rules were refused, what their results must be read with, and which tables have nothing in their look-back. */
async function warn(
  outcomes: readonly Outcome[],
  summary: Awaited<ReturnType<Session['summary']>>,
  now: bigint,
  { err }: Call,
): Promise<void> {
  const newest = new Map(summary.map(({ name, to }) => [name, to]));
  for (const one of outcomes) {
    if ('error' in one) {
      await err.write(refusalText(one.rule, one.error));
      continue;
    }
    const { rule, lookBack, warnings } = one.found;
    for (const { code, message, span } of warnings) {
      const at = span === undefined ? '' : ` (${placeWords(rule, span).trimStart()})`;
      await err.write(`${harmless(rule.name)}: ${code}: ${harmless(message)}${at}\n`);
    }
    if (lookBack === undefined) continue;
    for (const table of namedTables(rule.query)) {
      const last = newest.get(table);
      if (typeof last !== 'bigint' || last >= now - BigInt(lookBack) * 10_000n) continue;
      await err.write(
        `${harmless(rule.name)}: it sees the last ${durationWords(lookBack)}, and the newest row of ${table} is of ${formatDatetime(last)}: --now or --whole\n`,
      );
    }
  }
}
