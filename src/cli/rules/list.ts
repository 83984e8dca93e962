import { MailhuntError } from '../../errors/index.ts';
import type { ResultTable } from '../../kql/index.ts';
import { namedTables, packFolder, type Rule, readRules } from '../../rules/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { formats } from '../formats.ts';
import { reportProblems } from './problems.ts';

/** `mailhunt rules list`: what rules there are. */
export const list: Command = {
  usage: 'rules list [PATH…] [--format table|json]',
  summary: 'Lists rules: kind, severity, techniques, tables that they read.',
  help: `  PATH…              files and folders with rules (default: the rules that come with mailhunt)
  --format F         table (default) or json
`,
  example: 'rules list --format json',
  options: { format: { type: 'string', default: 'table' } },
  positionals: Number.POSITIVE_INFINITY,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const format = String(call.values.format);
  const write = format === 'table' || format === 'json' ? formats[format] : undefined;
  if (write === undefined) {
    throw new MailhuntError('CLI0001', { text: `--format ${format} is unknown`, command: 'rules list' });
  }
  const paths = call.positionals.length > 0 ? call.positionals : [packFolder()];
  const read = await readRules(paths, { signal: call.signal });
  await write(tableOf(read.rules, format), call.out);
  return reportProblems(read, call.err);
}

const columns = ['Name', 'Kind', 'Severity', 'Techniques', 'Tables', 'Format', 'Path'] as const;

/** In JSON what is a list stays one. */
function tableOf(rules: readonly Rule[], format: string): ResultTable {
  const several = (items: readonly string[]) => (format === 'json' ? items : items.join(', '));
  const cells = (rule: Rule) => [
    rule.name,
    rule.kind,
    rule.severity ?? '',
    several(rule.techniques),
    several(namedTables(rule.query)),
    rule.format,
    rule.provenance.path,
  ];
  return {
    name: 'rules',
    columns: columns.map((name) => ({ name, type: 'string' })),
    blocks: (async function* () {
      yield rules.map((rule) => JSON.stringify(cells(rule)));
    })(),
    visualization: undefined,
    sql: '',
  };
}
