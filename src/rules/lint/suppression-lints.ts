import type { Lint } from './lint.ts';

/**
 * What may be wrong with a suppression. The runner alone knows what lints there are and what they found, so it makes these
 * findings itself (`suppress.ts`); the rows are here for their pages and settings.
 */
const row = (lint: Omit<Lint, 'group' | 'source' | 'check'>): Lint => ({
  ...lint,
  group: 'file',
  source: 'docs/lints/README.md',
  check: () => [],
});

export const suppressionWithoutReason = row({
  id: 'MH491',
  name: 'suppression-without-reason',
  severity: 'warning',
  summary: 'A finding is suppressed and nothing says why.',
  why: 'Who reads the rule next year must be able to judge whether the reason still holds. Until there is one the comment suppresses nothing. Write it behind a colon: `// mailhunt-ignore MH203: one row a message is what we want`.',
  examples: [
    {
      wrong: 'EmailEvents\n| take 10 // mailhunt-ignore MH494',
      right: 'EmailEvents\n| take 10',
    },
  ],
});

export const suppressionOfNoLint = row({
  id: 'MH492',
  name: 'suppression-of-no-lint',
  severity: 'warning',
  summary: 'A comment suppresses an id that no lint has.',
  why: 'A slip in the id leaves the finding standing and the comment looking as if it helped. Ids are `MH` and three digits; [the list](README.md) has them all.',
  examples: [
    {
      wrong: 'EmailEvents\n| take 10 // mailhunt-ignore MH000: a sample is enough',
      right: 'EmailEvents\n| take 10',
    },
  ],
});

export const uselessSuppression = row({
  id: 'MH493',
  name: 'useless-suppression',
  severity: 'note',
  summary: 'A comment suppresses a finding that is not there.',
  why: 'The query was changed since, or the comment stands on another line than the finding. Left in, it would hide the next one. Remove it, or put it behind the code that it is about.',
  examples: [
    {
      wrong: 'EmailEvents\n| take 10 // mailhunt-ignore MH401: a sample is enough',
      right: 'EmailEvents\n| take 10',
    },
  ],
});

export const suppressionLints: readonly Lint[] = [suppressionWithoutReason, suppressionOfNoLint, uselessSuppression];
