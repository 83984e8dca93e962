import { caretAt } from '../../errors/index.ts';
import { ticksFromUnixMs } from '../../values/index.ts';
import { exampleForm, exampleRules, exampleTarget } from './example-rules.ts';
import type { Found } from './found.ts';
import type { Lint, LintExample, LintGroup } from './lint.ts';
import { lints } from './lints.ts';
import { pageName } from './page-name.ts';
import { runLints } from './run-lints.ts';
import { suppressionLints } from './suppression-lints.ts';

const groupTitles: Readonly<Record<LintGroup, string>> = {
  logic: 'Never true, always true, never used',
  silent: 'Silently wrong',
  deploy: 'Not deployable',
  file: 'The file itself',
};

const targetNames = { defender: 'Defender XDR', sentinel: 'Microsoft Sentinel', mailhunt: 'mailhunt' } as const;

/** So that pages stay the same. */
const NOW = ticksFromUnixMs(Date.UTC(2026, 10, 1));

const GENERATED = '<!-- Generated from the rows of src/rules/lint: npm run docs -->';

/** The pages of `docs/lints/`, one a lint and a list of all, by file name; made from the rows and what they find in their examples. */
export async function lintPages(): Promise<Readonly<Record<string, string>>> {
  const pages: Record<string, string> = { 'README.md': overview() };
  for (const lint of lints) pages[pageName(lint)] = await pageOf(lint);
  return pages;
}

function overview(): string {
  const groups = Object.entries(groupTitles).flatMap(([group, title]) => {
    const rows = lints.filter((lint) => lint.group === group);
    if (rows.length === 0) return [];
    const lines = rows.map(
      (lint) => `| [${lint.id}](${pageName(lint)}) | ${lint.name} | ${lint.severity} | ${cell(lint.summary)} |`,
    );
    return [`## ${title}`, '', '| id | name | severity | what |', '| --- | --- | --- | --- |', ...lines, ''];
  });
  return [GENERATED, '# Lints', '', ...intro, ...groups].join('\n');
}

const intro = [
  'What `mailhunt rules lint` finds without any data. Ids keep their meaning and are never used again for another lint.',
  '',
  'A finding that is known and wanted is suppressed by a comment in the query, with the reason behind a colon:',
  '',
  '```kusto',
  'EmailEvents',
  '| take 10 // mailhunt-ignore MH203: this line',
  '// mailhunt-ignore MH203, MH305: the next line with code',
  '| project Timestamp, Subject',
  '// mailhunt-ignore-rule MH401: the whole rule, and what is about the file',
  '```',
  '',
  'Files that have no place for comments (Graph JSON, NRT rules) are named in `mailhunt.yaml`, which also sets severities:',
  '',
  '```yaml',
  'lint:',
  '  target: defender',
  '  severities:',
  '    MH203: off',
  '  ignore:',
  '    - rule: 5c2a3c7e-5a0b-4c6e-9d55-0d6b8f0c7a11 # an id, a name or a path',
  '      lint: MH305',
  '      reason: it runs once a day and nobody is woken',
  '```',
  '',
  '`--write-baseline FILE` keeps what is found today; with `--baseline FILE` only what is new counts. Exit codes: 0 nothing or',
  'notes only, 1 findings, 2 wrong use, 3 a lint failed.',
  '',
];

async function pageOf(lint: Lint): Promise<string> {
  const examples: string[] = [];
  for (const [i, example] of lint.examples.entries()) examples.push(...(await exampleLines(lint, example, i)));
  const targets = lint.targets?.map((target) => targetNames[target]).join(', ') ?? 'everywhere';
  return [
    GENERATED,
    `# ${lint.id} ${lint.name}`,
    '',
    lint.summary,
    '',
    `Severity: ${lint.severity}. Applies: ${targets}. Group: ${groupTitles[lint.group].toLowerCase()}.`,
    '',
    '## Why',
    '',
    lint.why,
    '',
    ...examples,
    '## Suppress',
    '',
    `Behind the line in the query: \`// mailhunt-ignore ${lint.id}: reason\`. For a whole rule: \`// mailhunt-ignore-rule ${lint.id}: reason\`,`,
    'or an entry under `lint: ignore:` of `mailhunt.yaml`; see [all lints](README.md).',
    '',
    '## Source',
    '',
    sourceLine(lint.source),
    '',
  ].join('\n');
}

/** Addresses as links, words as they are. */
const sourceLine = (source: string): string =>
  source.replaceAll(/https?:\/\/[^\s,;]+[^\s,;.]/g, (address) => `<${address}>`);

async function exampleLines(lint: Lint, example: LintExample, i: number): Promise<string[]> {
  const rules = exampleRules(example.wrong, example);
  // lints about suppressions find what others do not
  const running = suppressionLints.includes(lint) ? lints : [lint];
  const { findings } = await runLints(rules, running, { now: NOW, target: exampleTarget(lint, example) });
  const own = findings.filter((found) => found.lint === lint && found.rule === rules[0]);
  const around = circumstances(example);
  const number = lint.examples.length === 1 ? '' : ` ${i + 1}`;
  const isAsBefore = lint.examples[i - 1]?.right === example.right;
  const right = [`## Right${number}`, '', ...fenced(exampleForm(example.right), example.right)];
  return [
    `## Wrong${number}`,
    '',
    ...(around === '' ? [] : [around, '']),
    ...fenced(exampleForm(example.wrong), example.wrong),
    ...fenced('text', own.map(shown).join('\n')),
    ...(isAsBefore ? ['Right: as before.', ''] : right),
  ];
}

/** What kind of rule is around a query that depends on it. */
function circumstances({ kind = 'hunting', rule, target, beside }: LintExample): string {
  const words = [
    ...(kind === 'hunting' ? [] : [kind === 'nrt' ? 'as a rule that runs continuously (NRT)' : 'as a scheduled rule']),
    ...(target === undefined ? [] : [`for ${targetNames[target]}`]),
    ...(rule?.name === undefined ? [] : [`named “${rule.name}”`]),
    ...(rule?.description === undefined ? [] : [`described “${rule.description}”`]),
    ...(beside === undefined ? [] : ['beside another file with the same']),
  ];
  return words.length === 0 ? '' : `${words.join(', ').replace(/^./, (first) => first.toUpperCase())}:`;
}

function shown({ message, span, rule, place }: Found): string {
  const at = span === undefined ? [] : caretAt(rule.query, span).split('\n');
  return [...at, `line ${place.line}, column ${place.column}: ${message}`].join('\n');
}

/** A code block; one whose text holds a fence itself gets a longer one. */
function fenced(language: string, text: string): string[] {
  const fence = text.includes('```') ? '````' : '```';
  return [`${fence}${language}`, text.replace(/\n$/, ''), fence, ''];
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
