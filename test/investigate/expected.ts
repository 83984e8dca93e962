import { readFileSync } from 'node:fs';
import type { VerdictWord } from '../../src/investigate/index.ts';

/** What each case of the lab is, by its name: the right verdict. */
export const expectedVerdicts: Readonly<Record<string, VerdictWord>> = JSON.parse(
  readFileSync(new URL('expected-verdicts.json', import.meta.url), 'utf8'),
);
