/** The texts of `AuthenticationDetails` in the benchmark's mail: few distinct ones, as in real mail. */

type Verdict = readonly [
  perMille: number,
  spf: string,
  dkim: string,
  dmarc: string,
  compauth: string,
  reason: string,
  action?: string,
];

const judgedHere: readonly Verdict[] = [
  [547, 'pass', 'pass', 'pass', 'pass', '100'],
  [60, 'pass', 'pass', 'bestguesspass', 'pass', '109'],
  [50, 'pass', 'none', 'bestguesspass', 'pass', '109'],
  [40, 'fail', 'pass', 'pass', 'pass', '100'],
  [30, 'softfail', 'pass', 'pass', 'pass', '100'],
  [30, 'pass', 'fail', 'pass', 'pass', '100'],
  [30, 'none', 'pass', 'pass', 'pass', '100'],
  [20, 'pass', 'none', 'none', 'softpass', '202'],
  [15, 'none', 'none', 'none', 'none', '405'],
  [10, 'softfail', 'none', 'none', 'fail', '001'],
  [8, 'neutral', 'pass', 'pass', 'pass', '100'],
  [5, 'temperror', 'pass', 'pass', 'pass', '100'],
  [3, 'temperror', 'none', 'temperror', 'none', '451'],
  [3, 'pass', 'fail', 'temperror', 'none', '451'],
  [2, 'permerror', 'pass', 'pass', 'pass', '100'],
  [2, 'none', 'none', 'permerror', 'none', '451'],
  [8, 'fail', 'none', 'fail', 'fail', '000', 'oreject'],
  [6, 'fail', 'fail', 'fail', 'fail', '000', 'oreject'],
  [4, 'softfail', 'none', 'fail', 'fail', '000', 'quarantine'],
  [3, 'pass', 'none', 'fail', 'fail', '000', 'none'],
  [3, 'softfail', 'fail', 'fail', 'fail', '001', 'none'],
  [2, 'none', 'none', 'fail', 'fail', '000', 'oreject'],
  [2, 'fail', 'none', 'fail', 'pass', '703', 'none'],
  [1, 'none', 'fail', 'fail', 'softpass', '202'],
  [1, 'neutral', 'none', 'fail', 'fail', '000'],
];

/** Mail that came in with an export has Defender's four members only, or nothing at all. */
const imported: readonly Verdict[] = [
  [100, 'pass', 'pass', 'pass', 'pass', ''],
  [3, 'fail', 'none', 'fail', 'fail', ''],
];
const EMPTY_PER_MILLE = 12;

const members = ([, spf, dkim, dmarc, compauth]: Verdict) => ({
  SPF: spf,
  DKIM: dkim,
  DMARC: dmarc,
  CompAuth: compauth,
});

const resultWords = ([, spf, dkim, dmarc, compauth, reason, action]: Verdict): string =>
  `spf=${spf} dkim=${dkim} dmarc=${dmarc}${action ? ` action=${action}` : ''} compauth=${compauth} reason=${reason}`;

const repeated = (verdict: Verdict, text: string): string[] => new Array<string>(verdict[0]).fill(text);

/** A thousand texts, each as often as mail has it: a row draws one of them. About 3 % say `dmarc=fail`. */
export const authenticationTexts: readonly string[] = [
  ...judgedHere.flatMap((verdict) =>
    repeated(verdict, JSON.stringify({ ...members(verdict), AuthenticationResults: resultWords(verdict) })),
  ),
  ...imported.flatMap((verdict) => repeated(verdict, JSON.stringify(members(verdict)))),
  ...new Array<string>(EMPTY_PER_MILLE).fill(''),
];
