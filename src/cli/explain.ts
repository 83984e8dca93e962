import { ticksFromUnixMs } from '../values/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { located } from './error-text.ts';
import { harmless } from './harmless.ts';
import { warningText } from './query.ts';
import { parameterHelp, parameterOption, parametersOf } from './query-parameters.ts';
import { queryText } from './query-text.ts';
import { laidOut } from './sql-layout.ts';
import { openSession } from './store-session.ts';

/** `mailhunt explain`: shows what a query becomes, without running it. */
export const explain: Command = {
  usage: 'explain [FILE] [-e KQL] [--plan] [--param NAME=VALUE]',
  summary: 'Shows the SQL that a KQL query becomes, without running it.',
  help: `  -e KQL             the query itself
  --plan             the database's plan of it too
${parameterHelp}`,
  example: `explain -e 'EmailEvents | where Timestamp > ago(1d) | count' --plan`,
  options: { e: { type: 'string', short: 'e' }, plan: { type: 'boolean' }, ...parameterOption },
  positionals: 1,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const parameters = parametersOf(call, 'explain');
  const source = await queryText(call, 'explain');
  await using session = await openSession(call);
  try {
    const now = ticksFromUnixMs(call.now());
    const options = { now, parameters, plan: call.values.plan === true, signal: call.signal };
    const { tables, warnings } = await session.explain(source.text, options);
    for (const warning of warnings) await call.err.write(warningText(warning, source));
    for (const { sql, plan } of tables) {
      const lines = [...laidOut(sql).split('\n'), ...(plan === undefined ? [] : ['', ...plan.trimEnd().split('\n')])];
      await call.out.write(`${lines.map(harmless).join('\n')}\n`);
    }
  } catch (error) {
    throw located(error, source);
  }
  return 0;
}
