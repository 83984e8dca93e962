import { signalTable } from '../evidence/index.ts';
import { riskLevels, riskTable } from './risk/risk-of.ts';
import { playbook } from './steps/playbook.ts';
import { together } from './verdict/together.ts';
import { weights } from './verdict/weights.ts';
import { allWords, type Points, verdictWords } from './verdict/words.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const pointsText = (points: Points): string =>
  Object.entries(points)
    .map(([word, value]) => `${word} ${value > 0 ? '+' : '−'}${Math.abs(value)}`)
    .join(', ');

const byWhom = { nobody: 'no', client: 'where the client’s address is only assumed', sender: 'yes' } as const;

/** The tables of `docs/investigate.md`: what is seen, what it counts and why, what makes a risk, what is to be done. */
export function investigationPage(): string {
  const rows = new Map(weights.map((weight) => [weight.signal, weight]));
  const seen = signalTable.map(({ name, about, forgeable }) => {
    const weight = rows.get(name);
    return row(
      `\`${name}\``,
      cell(about),
      byWhom[forgeable],
      pointsText(weight?.points ?? {}),
      cell(weight?.reason ?? ''),
    );
  });
  return [
    ...introduction,
    '## The words',
    '',
    row('verdict', 'it is', 'accuses'),
    row('---', '---', '---'),
    ...allWords.map((word) => row(word, verdictWords[word].meaning, verdictWords[word].accuses ? 'yes' : '')),
    '',
    '## The table of weights',
    '',
    row('signal', 'when it is there', 'can the sender bring it about', 'points', 'why so much'),
    row('---', '---', '---', '---', '---'),
    ...seen,
    '',
    '## Signals together',
    '',
    'One of each group has to be there; `delivered` and `clicked` are what became of the message, `to-many-colleagues` is mail',
    'inside to five recipients and more.',
    '',
    row('name', 'groups', 'points', 'why'),
    row('---', '---', '---', '---'),
    ...together.map(({ name, groups, points, reason }) =>
      row(`\`${name}\``, groups.map((group) => group.join(' or ')).join('; '), pointsText(points), cell(reason)),
    ),
    '',
    '## Risk',
    '',
    `Risk is apart from the verdict: ${[...riskLevels]
      .reverse()
      .map(([level, from]) => `${level} from ${from}`)
      .join(', ')} points.`,
    '',
    row('row', 'when', 'points'),
    row('---', '---', '---'),
    ...riskTable.map(({ name, about, points }) => row(`\`${name}\``, cell(about), String(points))),
    '',
    '## The playbook',
    '',
    row('step', 'when'),
    row('---', '---'),
    ...playbook.map(({ name, about }) => row(`\`${name}\``, cell(about))),
    '',
  ].join('\n');
}

const introduction: readonly string[] = [
  '<!-- Generated from src/investigate and src/evidence/signals: npm run docs -->',
  '# Investigate',
  '',
  '`dmarc=fail` is a clue and not the answer. `mailhunt investigate` follows a message until it is clear what it was:',
  '',
  '```',
  'mailhunt investigate c12b42e7-328c-4840-a6f7-7cf1ac8a8220     a message of the store, by its NetworkMessageId',
  'mailhunt investigate letter.eml --html report.html            a message as a file',
  'mailhunt investigate --sender accounts@bank.example           all of a sender, or of a domain',
  'mailhunt investigate --since 30d                              what failed, the gravest first',
  '```',
  '',
  'It says why authentication failed, in words; what happened to the message; who else got it; who clicked, and how long',
  'after the delivery; what those users did afterwards; whether the sender was seen before and how it authenticated then; what',
  'the message asks for; who answered. Then a verdict with its reasons, and what to do: queries and entries that are ready, and',
  'for a misconfigured sender the letter to its postmaster.',
  '',
  'The exit code is 1 where something deceives (spoof, impersonation), else 0; 2 for wrong use, 3 where it could not run.',
  '`--json`, `--markdown` and `--html FILE` give the report in other forms; the HTML file has no script, no link and nothing',
  'remote.',
  '',
  '## How a verdict comes about',
  '',
  'What is seen of a message is a list of signals. Each has a row in the table of weights below: points for and against each',
  'verdict, logarithms of odds, with the reason. They are added up; the verdict is the word with the most, and its confidence',
  'is its share. Some signals say more together than each alone and have rows of their own.',
  '',
  '**What the sender could have written never excuses.** List-Id, Precedence, Received fields below the receiver’s own, an ARC',
  'seal of a stranger, a broken signature in the author’s name, an envelope in a forwarder’s form, In-Reply-To: anybody can',
  'write these. First all is added up without what they say for the innocent verdicts. Only where one of these leads all the',
  'same do they count, to tell which it is. So no set of them turns an accusation into an excuse. What excuses is kept or',
  'published by others: the past of a source in your own store, the seal of somebody whom you trust, a host’s name by the',
  'author’s DNS, a connector of yours.',
  '',
  'Where the address of the client is only assumed (a file without a Received field of a receiver that you trust), what rests',
  'on it counts as written by the sender, a DMARC pass by SPF too. Set `trusted_receivers`.',
  '',
  'The stamp of a receiver in `trusted_receivers` is believed (see [mail-tables.md](mail-tables.md)). Of a file the checks are',
  'made here as well, and where DMARC does not pass by them though the stamp says so, that is among the reasons. The stamp',
  'still counts above the field in which your border took the message, for there nobody else can write. Below it a sender can:',
  'there our check counts, as long as the message is no older than seven days, its client is known and SPF does not pass for it.',
  '',
  '## How to argue with it',
  '',
  'Every reason of a verdict names its row, its points and, where it stands in the tables, the KQL that shows it. A row that',
  'is wrong for your organisation can be set in `mailhunt.yaml`:',
  '',
  '```yaml',
  'investigation_weights:',
  '  first-contact: { impersonation: 0.2 }       # we hear from new people every day',
  '  own-connector: { misconfigured-sender: 1 }  # our connector lets more in than it should',
  '```',
  '',
  'The weights are measured on the lab’s scenarios (62 pairs of harmless mail and attack, each with variations) in a store that',
  'has the harmless mail of all other scenarios: `node scripts/investigate-measure.ts` prints how often they are right, the',
  'confusion matrix, and how often an innocent message is accused. With 20 variations of each case, 2,604 messages:',
  '',
  '| table | right | innocents accused | attacks excused |',
  '| --- | --- | --- | --- |',
  '| as documented, written with these scenarios in mind | 99.5 % | 1.0 % | 0 % |',
  '| fitted on the others, one family of scenarios left out at a time | 97.2 % | 3.4 % | 2.2 % |',
  '| the same, knowing of each cell only whether it is for or against | 88.3 % | 5.1 % | 7.0 % |',
  '',
  'The second row is the one to go by, and it is of the project’s own mail: a floor to hold, no promise for yours. What is wrong',
  'there: a CRM that was seen once before, and a scanner by a connector that was never seen before (accused); a mailbox in wrong',
  'hands that sends to many colleagues, and some mail in an executive’s name (excused). Of 80 real phishing messages, looked at',
  'with an empty store, none that failed is called legitimate; of the 11 that passed every check all are, for nothing but their',
  'text could tell.',
  '',
];
