import type { VerdictWord } from '../../../src/investigate/index.ts';

/** What a colour says. Never said by the colour alone: a word or a drawing stands with it. */
export type Tone = 'quiet' | 'accent' | 'good' | 'warn' | 'bad';

/** The tone of a check's result: `pass`, `fail`, `softfail`, `none`, … */
export const toneOfResult = (result: string): Tone => results[result.toLowerCase()] ?? 'quiet';

const results: Readonly<Record<string, Tone>> = {
  pass: 'good',
  bestguesspass: 'good',
  fail: 'bad',
  softfail: 'warn',
  permerror: 'warn',
  temperror: 'warn',
  policy: 'warn',
};

/** The verdicts of an investigation in words, with their tones. */
export const verdicts: Readonly<Record<VerdictWord, { readonly name: string; readonly tone: Tone }>> = {
  spoof: { name: 'Spoof', tone: 'bad' },
  impersonation: { name: 'Impersonation', tone: 'bad' },
  'misconfigured-sender': { name: 'Misconfigured sender', tone: 'warn' },
  'third-party-platform': { name: 'Third-party platform', tone: 'accent' },
  'forwarder-or-list': { name: 'Forwarder or list', tone: 'accent' },
  'temporary-failure': { name: 'Temporary failure', tone: 'warn' },
  legitimate: { name: 'Legitimate', tone: 'good' },
};

/** The tone of a severity or a risk. */
export const toneOfRisk = (level: string): Tone => risks[level.toLowerCase()] ?? 'quiet';

const risks: Readonly<Record<string, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'accent',
  informational: 'quiet',
  none: 'quiet',
};
