import { MailhuntError } from '../errors/index.ts';
import type { Call } from './command.ts';

/** The option of the commands that take a query. */
export const parameterOption = { param: { type: 'string', multiple: true } } as const;

export const parameterHelp = `  --param NAME=VALUE a value for declare query_parameters, as KQL writes it: days=7, from=datetime(2026-07-01);
                     a string needs no quotes; may be given several times
`;

/** Values for `declare query_parameters`, by name. Throws CLI0001 for what is no NAME=VALUE, or a name given twice. */
export function parametersOf({ values }: Call, command: string): Readonly<Record<string, string>> {
  const given = (values.param ?? []) as readonly string[];
  const pairs = given.map((text) => {
    const [, name, value] = /^([\p{L}_][\p{L}\p{N}_]*)=(.*)$/su.exec(text) ?? [];
    if (name === undefined) throw new MailhuntError('CLI0001', { text: `--param ${text}: give NAME=VALUE`, command });
    return [name, value!] as const;
  });
  const names = new Set<string>();
  for (const [name] of pairs) {
    if (names.has(name)) throw new MailhuntError('CLI0001', { text: `--param ${name} is given twice`, command });
    names.add(name);
  }
  return Object.fromEntries(pairs);
}
