import { call, type Failure, ServerError } from '../api/index.ts';

/** One test of a proof, as `mailhunt rules test --format json` tells it. */
export interface ProofTest {
  readonly name: string;
  readonly expects: 'fires' | 'quiet';
  readonly holds: boolean;
  readonly line: number;
  readonly runs: number;
  readonly milliseconds: number;
  readonly idle?: boolean;
  readonly failure?: { readonly message: string; readonly hints: readonly string[]; readonly rows: readonly unknown[] };
}

/** What proving a rule gave. */
export interface ProofAnswer {
  readonly verdict: 'proved' | 'unproved' | 'failing' | 'refused';
  readonly run: {
    readonly variations: number;
    readonly rules: readonly {
      readonly missing?: readonly string[];
      readonly error?: { readonly message: string };
      readonly results: readonly ProofTest[];
    }[];
    readonly problems: readonly { readonly message: string }[];
  };
}

/** What is to be proved: a saved rule by its key, or a text that is being written. */
export type Provable =
  | { readonly key: string }
  | { readonly name: string; readonly text: string; readonly tests?: string };

/**
 * Proves a rule on the server; `onProgress` hears what is being done. Aborting the signal ends it there.
 *
 * @throws ServerError
 */
export async function prove(
  rule: Provable,
  variations: number,
  signal: AbortSignal,
  onProgress: (words: string) => void,
): Promise<ProofAnswer> {
  const response = await call('POST', '/api/v1/rules/test', { body: { ...rule, variations }, signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  let answer: ProofAnswer | undefined;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const word = JSON.parse(line) as { progress?: string; error?: Failure } & Partial<ProofAnswer>;
      if (word.error) throw new ServerError(200, word.error);
      if (word.progress !== undefined) onProgress(word.progress);
      else answer = word as ProofAnswer;
    }
  }
  if (answer === undefined) throw new Error('the server ended the proof before it was whole');
  return answer;
}
