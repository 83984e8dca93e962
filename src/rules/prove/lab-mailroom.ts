import type { MailhuntError } from '../../errors/index.ts';
import { loadScenarios, receive } from '../../lab/index.ts';
import { type Mailroom, remembering } from './mailroom.ts';

/** The lab's mailroom, and the scenarios that could not be read. */
export interface LabMailroom extends Mailroom {
  readonly problems: readonly MailhuntError[];
}

/** Which rows the lab's mail leaves. */
export interface LabOptions {
  /** Whether AuthenticationDetails holds the words of the header too, as `mailhunt ingest` writes them and Defender does not. */
  readonly withHeaderForm: boolean;
  /** The scenarios. @default the shipped ones */
  readonly folder?: string;
}

/** Opens the lab's scenarios as mail for tests. */
export async function labMailroom({ withHeaderForm, folder }: LabOptions): Promise<LabMailroom> {
  const { scenarios, problems } = await loadScenarios(folder);
  const cases = new Map(scenarios.flatMap(({ harmless, attack }) => [harmless, attack]).map((one) => [one.name, one]));
  const { names, receive: receiveOnce } = remembering({
    names: new Set(cases.keys()),
    receive: async (name, receipt) => (await receive(cases.get(name)!, { ...receipt, withHeaderForm })).batches,
  });
  return { names, receive: receiveOnce, problems };
}
