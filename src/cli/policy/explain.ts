import { basename } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { printedJson } from '../harmless.ts';
import { judgeOptionsFor, mailHelp, mailOptions, resolverFor } from '../mail-settings.ts';
import { messageBytes } from '../message-file.ts';
import { explanationText } from './explanation-text.ts';
import { policyHelp, policyOf, policyOptions } from './policy-file.ts';

/** `mailhunt policy explain`: what a policy says to one message, and why. */
export const explain: Command = {
  usage: 'policy explain FILE.eml [--policy FILE] [--json]',
  summary:
    'Shows what a policy does with a message (- for standard input): which rule, why, and why not the others; 1 where it is not delivered.',
  help: `${policyHelp}  --json             everything, for programs
${mailHelp}`,
  example: 'policy explain suspicious.eml --policy policy.yaml',
  options: { ...mailOptions, ...policyOptions, json: { type: 'boolean' } },
  positionals: 1,
  run,
};

const NAME = 'policy explain';

async function run(call: Call): Promise<ExitCode> {
  const [file] = call.positionals;
  if (file === undefined)
    throw new MailhuntError('CLI0001', { text: 'give a message: a file, or - for standard input', command: NAME });
  const asked = await policyOf(call, NAME);
  const bytes = await messageBytes(call, file, NAME);
  // As a gate, which decides before it looks for codes in pictures.
  const options = { ...judgeOptionsFor(call, 'auto'), qrCodes: false };
  const [{ judge }, policy] = await Promise.all([import('../../ingest/index.ts'), import('../../policy/index.ts')]);
  const place = file === '-' ? 'standard input' : basename(file);
  const resolver = await resolverFor(call, NAME);
  const judged = await judge({ bytes, place, position: 0 }, options, resolver);
  if ('dead' in resolver && resolver.dead !== undefined) throw resolver.dead;
  const item = policy.judgedItem(judged, {
    acceptedDomains: options.acceptedDomains,
    trustedSealers: options.composite?.trustedSealers ?? [],
  });
  const found = policy.explain(asked, item, call.now());
  await call.out.write(call.values.json === true ? printedJson(found) : explanationText(found, call.out.width));
  return found.inEnforce.kind === 'Deliver' ? 0 : 1;
}
