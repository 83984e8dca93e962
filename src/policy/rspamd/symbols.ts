import type { Test } from '../policy.ts';

/** Symbols of rspamd that stand for the words of a verdict. @source rspamd, modules spf, dkim, dmarc and arc */
const symbols: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  SPF: {
    pass: ['R_SPF_ALLOW'],
    fail: ['R_SPF_FAIL'],
    softfail: ['R_SPF_SOFTFAIL'],
    neutral: ['R_SPF_NEUTRAL'],
    none: ['R_SPF_NA'],
    temperror: ['R_SPF_DNSFAIL'],
    permerror: ['R_SPF_PERMFAIL'],
  },
  DKIM: {
    pass: ['R_DKIM_ALLOW'],
    fail: ['R_DKIM_REJECT'],
    none: ['R_DKIM_NA'],
    temperror: ['R_DKIM_TEMPFAIL'],
    permerror: ['R_DKIM_PERMFAIL'],
  },
  DMARC: {
    pass: ['DMARC_POLICY_ALLOW'],
    fail: ['DMARC_POLICY_REJECT', 'DMARC_POLICY_QUARANTINE', 'DMARC_POLICY_SOFTFAIL'],
    none: ['DMARC_NA'],
    temperror: ['DMARC_DNSFAIL'],
    permerror: ['DMARC_BAD_POLICY'],
  },
  ARC: { pass: ['ARC_ALLOW'], fail: ['ARC_REJECT', 'ARC_INVALID'], none: ['ARC_NA'], temperror: ['ARC_DNSFAIL'] },
};

/** Where DMARC fails, the symbol says what its owner asks for. */
const failed: Readonly<Record<string, readonly string[]>> = {
  reject: ['DMARC_POLICY_REJECT'],
  quarantine: ['DMARC_POLICY_QUARANTINE'],
  none: ['DMARC_POLICY_SOFTFAIL'],
  unknown: [],
};

/** An expression over symbols, or why there is none, with the expression that comes nearest. */
export type Said = { readonly expression: string } | { readonly why: string; readonly nearest?: string };

/** True for tests that symbols answer. */
export const isVerdict = (predicate: string): boolean => predicate === 'DMARCPolicy' || predicate in symbols;

/** Tests of verdicts, those of DMARC and of its policy as one. */
export function verdictExpressions(tests: readonly Test[]): readonly Said[] {
  const policies = tests.filter(({ predicate }) => predicate === 'DMARCPolicy');
  if (policies.length === 0) return tests.map(ofVerdict);
  const results = tests.filter(({ predicate }) => predicate === 'DMARC');
  const others = tests.filter(({ predicate }) => predicate !== 'DMARC' && predicate !== 'DMARCPolicy');
  const isFailure = results.some(({ value }) => (value as readonly string[]).join() === 'fail');
  if (isFailure) return [...policies.map(ofFailure), ...others.map(ofVerdict)];
  const why =
    'DMARCPolicy: rspamd says what the owner asks for only where DMARC fails; elsewhere it is an option of a symbol, which no expression sees.';
  return [...results.map(ofVerdict), { why }, ...others.map(ofVerdict)];
}

function ofVerdict({ predicate, value }: Test): Said {
  const words = value as readonly string[];
  const known = words.filter((word) => word in symbols[predicate]!);
  const found = anyOf(known.flatMap((word) => symbols[predicate]![word]!));
  const missing = words.filter((word) => !known.includes(word));
  if (missing.length === 0) return found;
  const why = `${predicate}: rspamd has no symbol for ${missing.join(', ')}.`;
  return known.length === 0 ? { why } : { why, nearest: found.expression };
}

const anyOf = (names: readonly string[]): { readonly expression: string } => ({
  expression: names.length === 1 ? names[0]! : names.length === 0 ? '' : `(${names.join(' | ')})`,
});

const ofFailure = ({ value }: Test): Said => {
  const found = anyOf((value as readonly string[]).flatMap((word) => failed[word]!));
  return found.expression === '' ? { why: 'DMARCPolicy: where DMARC fails, the policy is known.' } : found;
};
