import type { GatewaySetup } from '../../gateway/index.ts';
import type { Call, ExitCode } from '../command.ts';
import { harmless } from '../harmless.ts';
import { inspections } from './inspections.ts';
import { readSetupFile } from './setup-file.ts';

/** What was found about one part of a setup. */
export interface Finding {
  readonly grade: 'ok' | 'warning' | 'error';
  /** The field of `gateway.yaml` or of `mailhunt.yaml` that it is about. */
  readonly about: string;
  readonly text: string;
}

/** Looks at one part of a setup; what it throws is an error of that part. */
export interface Inspection {
  readonly about: string;
  readonly look: (call: Call, setup: GatewaySetup) => Promise<readonly Omit<Finding, 'about'>[]>;
}

/**
 * `mailhunt gateway --check`: opens nothing and changes nothing; says what is wrong with a setup, part by part. 1 where
 * something is.
 *
 * @throws MailhuntError GATE0001 with the place of a mistake in the file itself
 */
export async function checkGateway(call: Call, file: string): Promise<ExitCode> {
  const setup = await readSetupFile(call, file);
  let isWrong = false;
  const tell = async ({ grade, about, text }: Finding): Promise<void> => {
    isWrong ||= grade === 'error';
    await call.out.write(`${grade.padEnd(8)} ${about.padEnd(WIDTH)} ${harmless(text)}\n`);
  };
  await tell({ grade: 'ok', about: file, text: 'can be read' });
  for (const { about, look } of inspections) {
    const found = await look(call, setup).catch((error: Error) => [{ grade: 'error' as const, text: error.message }]);
    for (const one of found) await tell({ about, ...one });
  }
  return isWrong ? 1 : 0;
}

/** Characters of the longest name of a part. */
const WIDTH = Math.max(...inspections.map(({ about }) => about.length));
