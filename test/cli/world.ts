import { Readable } from 'node:stream';
import { main, type World } from '../../src/cli/index.ts';

/** What a command line printed and ended with. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a test may set about the surroundings. */
export interface Surroundings {
  readonly stdin?: string;
  readonly width?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Told what goes to the second output, as it goes there. */
  readonly watch?: (err: string) => void;
}

/** Runs a command line in this process. */
export async function ran(argv: readonly string[], surroundings: Surroundings = {}): Promise<Ran> {
  let [out, err] = ['', ''];
  const output = (take: (text: string) => void) => ({
    isTerminal: surroundings.width !== undefined,
    width: surroundings.width ?? Number.POSITIVE_INFINITY,
    write: async (text: string) => take(text),
  });
  const world: World = {
    stdin: Readable.from(surroundings.stdin === undefined ? [] : [Buffer.from(surroundings.stdin)]),
    out: output((text) => (out += text)),
    err: output((text) => {
      err += text;
      surroundings.watch?.(text);
    }),
    env: surroundings.env ?? {},
    now: () => Date.parse('2026-07-18T14:00:00Z'),
    signal: surroundings.signal ?? new AbortController().signal,
  };
  const code = await main(argv, world);
  return { code, out, err };
}
