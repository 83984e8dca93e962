import { type Case, type CaseLetter, loadScenarios, type Scenario } from '../src/lab/index.ts';
import { defaultPolicy, type FinalAction } from '../src/policy/index.ts';

/** What the gate does with a letter of the lab under the default policy in Enforce. */
export interface GateOutcome {
  /** `Deliver` also where an exception keeps a rule from acting. */
  readonly action: FinalAction['kind'];
  /** The rule that acts, or that would but for its exception, or of which DNS kept back whether it does. */
  readonly rule: string | undefined;
  /** A trusted sealer vouches for it. */
  readonly isExcepted: boolean;
}

const { rules } = defaultPolicy(0);
const ruleThat = (kind: FinalAction['kind']): string | undefined =>
  rules.find(({ do: actions }) => actions.some((action) => action.kind === kind))?.name;

const actionsAsked = { none: 'Deliver', quarantine: 'Quarantine', reject: 'Reject' } as const;

/**
 * What must become of a letter, by what its scenario's file states alone: `test/gateway/proxy/lab.test.ts` sends every letter
 * by SMTP and compares.
 *
 * @example outcomeOf({ claim: undefined, smtp: '250' }).action // 'Deliver'
 */
export function outcomeOf({ claim, smtp }: Pick<CaseLetter, 'claim' | 'smtp'>): GateOutcome {
  const asked = claim?.dmarc === 'fail' ? actionsAsked[claim.disposition] : 'Deliver';
  if (smtp.startsWith('4'))
    return { action: 'Defer', rule: ruleThat(asked === 'Deliver' ? 'Defer' : asked), isExcepted: false };
  const isExcepted = asked !== 'Deliver' && claim?.reason === '130';
  return { action: isExcepted ? 'Deliver' : asked, rule: ruleThat(asked), isExcepted };
}

const words: Readonly<Partial<Record<FinalAction['kind'], string>>> = { Quarantine: ', kept apart' };

/** `` `550 5.7.26` (dmarc=fail, reject asked) ``. */
function told(letter: CaseLetter): string {
  const { claim, smtp } = letter;
  const { action, isExcepted } = outcomeOf(letter);
  const asked = claim?.dmarc === 'fail' ? `, ${claim.disposition} asked` : '';
  const verdict = claim === undefined ? 'not checked' : `dmarc=${claim.dmarc}${asked}`;
  const seal = isExcepted ? ', trusted sealer' : claim?.arc === 'temperror' ? ', arc=temperror' : '';
  return `\`${smtp}\`${words[action] ?? ''} (${verdict}${seal})`;
}

const all = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const toldOf = ({ name, letters }: Case): string => `${name}: ${all(letters.map(told)).join('; ')}`;

function rulesOf(scenario: Scenario): string {
  const letters = [scenario.harmless, scenario.attack].flatMap(({ letters }) => letters);
  const asked = letters.map(outcomeOf).flatMap(({ rule }) => rule ?? []);
  return all(asked).join('; ') || '–';
}

/** Innocents that are refused, put off or kept apart, each with its file. */
const hurtIn = (scenarios: readonly Scenario[]): readonly string[] =>
  scenarios
    .filter(({ harmless }) => harmless.letters.some((letter) => outcomeOf(letter).action !== 'Deliver'))
    .map(({ name, harmless }) => `[${harmless.name}](../scenarios/${name}.yaml)`);

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** `docs/gateway-scenarios.md`: what every scenario of the lab is told. */
export async function gateScenariosPage(): Promise<string> {
  const { scenarios } = await loadScenarios();
  const rows = scenarios.map((scenario) =>
    [
      `[${scenario.theme}](../scenarios/${scenario.name}.yaml)`,
      toldOf(scenario.harmless),
      toldOf(scenario.attack),
      rulesOf(scenario),
    ]
      .map(cell)
      .join(' | '),
  );
  return [
    '<!-- Generated from scenarios/ and src/policy: npm run docs -->',
    '# What the gate says to each scenario',
    '',
    'Each [scenario of the lab](lab.md) is a pair: mail that somebody wants, and an attack whose headers look like it. Under the',
    'default policy in Enforce ([policy-files.md](policy-files.md)) the gate tells their senders what stands here, as an SMTP proxy and',
    'as a milter of Postfix: `test/gateway/proxy/lab.test.ts` and `test/gateway/milter/postfix-lab.test.ts` send every letter by SMTP,',
    'look up DNS over a socket, and compare the answer, what was delivered, what was quarantined, and the rows in `EmailEvents`.',
    '',
    'An attack that is told `250` is kept apart where that is asked for. Else it passes DMARC, its domain asks for nothing, it comes',
    'from a mailbox of the house, or a sealer that the receiver trusts vouches for it: no policy of the owner can refuse it, and',
    'it is what [rules](rules.md) hunt for.',
    '',
    'Innocents who are refused, put off or kept apart, for the way on which their mail goes leaves nothing that speaks for them; whom of',
    'your own correspondents that hurts, [`policy simulate`](policy-simulate.md) tells before it is switched on:',
    `${hurtIn(scenarios).join(', ')}.`,
    '',
    '| scenario | harmless mail | attack | rule |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}
