import {
  acquaintanceOf,
  type Evidence,
  type EvidenceMeans,
  evidenceOf,
  type House,
  sceneOf,
} from '../../src/evidence/index.ts';
import { answerOf, compileOn } from '../../src/kql/index.ts';
import { type Case, loadScenarios, receive } from '../../src/lab/index.ts';
import { type Batch, openSandbox, type Sandbox } from '../../src/store/index.ts';
import { ticksFromUnixMs } from '../../src/values/index.ts';

/** The clock of the lab's desk. */
export const NOW = Date.parse('2026-07-18T14:00:00Z');
const DAY = 86_400_000;
/** Mail of the others came between so many days ago. */
const around = { from: 4, to: 25 };

/** One message of the lab with all that a store would know of it. */
export interface Examined {
  readonly one: Case;
  readonly variation: number;
  readonly evidence: Evidence;
  readonly house: House;
}

/**
 * A desk at which cases of the lab are investigated: the store holds the harmless mail of all other scenarios in the weeks
 * before (what an organisation gets), what the case says of its true sender's past, and the case itself. Nothing of the
 * case's own scenario is known that its file does not tell.
 */
export class LabDesk implements AsyncDisposable {
  readonly cases: readonly Case[];
  readonly #sandbox: Sandbox;
  readonly #background: ReadonlyMap<string, readonly Batch[]>;

  private constructor(cases: readonly Case[], sandbox: Sandbox, background: ReadonlyMap<string, readonly Batch[]>) {
    [this.cases, this.#sandbox, this.#background] = [cases, sandbox, background];
  }

  static async open(): Promise<LabDesk> {
    const { scenarios } = await loadScenarios();
    const background = new Map<string, readonly Batch[]>();
    for (const [i, { name, harmless }] of scenarios.entries()) {
      const now = NOW - (around.from + ((i * 7) % (around.to - around.from))) * DAY - i * 61_000;
      background.set(name, (await receive(harmless, { seed: 7, now })).batches);
    }
    const cases = scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);
    return new LabDesk(cases, await openSandbox(), background);
  }

  /** A desk whose store knows nothing. */
  static async empty(): Promise<LabDesk> {
    return new LabDesk([], await openSandbox(), new Map());
  }

  /** The last message of a case as the store knows it. */
  async examine(one: Case, variation = 0): Promise<Examined> {
    const { batches, letters } = await receive(one, { seed: 1, now: NOW, variation });
    const others = [...this.#background].filter(([name]) => name !== one.scenario).flatMap(([, rows]) => rows);
    await this.#sandbox.fill(merged([...others, ...batches]));
    const house = { acceptedDomains: one.acceptedDomains, trustedSealers: one.trustedSealers };
    const { networkMessageId, bytes } = letters.at(-1)!;
    const means = this.means(bytes);
    const evidence = await evidenceOf(networkMessageId, means);
    const acquaintance = await acquaintanceOf(sceneOf(evidence, house), means);
    return { one, variation, evidence: { ...evidence, acquaintance }, house };
  }

  /** With what evidence is asked for at this desk; `kept` is the message itself, as a store that keeps mail has it. */
  means(kept?: Buffer): EvidenceMeans {
    const { engine, catalog } = this.#sandbox;
    const signal = new AbortController().signal;
    const store: EvidenceMeans['store'] = {
      query: async (text, options) => {
        const compiled = await compileOn(text, { catalog, engine, ...options });
        // Nobody reads the warnings of these queries, and finding them asks the engine again.
        const tables = compiled.tables.map((table) => ({ ...table, doubts: [] }));
        return answerOf({ ...compiled, tables }, { engine, signal: options.signal });
      },
    };
    return { store, now: ticksFromUnixMs(NOW), signal, keptMessage: async () => kept };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sandbox.close();
  }
}

/** A batch a table: each costs its own way into the database. */
function merged(batches: readonly Batch[]): readonly Batch[] {
  const found = new Map<string, Batch>();
  for (const one of batches) {
    const key = `${one.table} ${one.columns.join()}`;
    const rows = [...(found.get(key)?.rows ?? []), ...one.rows];
    found.set(key, { ...one, rows });
  }
  return [...found.values()];
}
