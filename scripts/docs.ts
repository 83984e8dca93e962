/** Writes the pages of `docs/` that are made from tables of the source: `npm run docs`. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { catalogue } from '../src/errors/index.ts';
import { gatewaySettingsPage } from '../src/gateway/index.ts';
import { investigationPage } from '../src/investigate/index.ts';
import { warningCodes } from '../src/kql/index.ts';
import { compositeAuthenticationPage } from '../src/mail/index.ts';
import { policyFilesPage } from '../src/policy/index.ts';
import { lintPages } from '../src/rules/index.ts';
import { type Setting, settingTable } from '../src/settings/index.ts';
import { gateScenariosPage } from './gate-scenarios.ts';
import { kqlSupportPage } from './kql-support.ts';

const folder = new URL('../docs/', import.meta.url);

/** The page of each lint: its examples are linted for it. */
const lintPagesByName = Object.entries(await lintPages()).map(([name, page]) => [`lints/${name}`, () => page] as const);
const gateScenarios = await gateScenariosPage();

/** The generated pages: file name and text. */
export const generatedPages: Readonly<Record<string, () => string>> = {
  'composite-authentication.md': compositeAuthenticationPage,
  'errors.md': errorsPage,
  'gateway-scenarios.md': () => gateScenarios,
  'gateway-settings.md': gatewaySettingsPage,
  'investigate.md': investigationPage,
  'kql-support.md': kqlSupportPage,
  'policy-files.md': policyFilesPage,
  'settings.md': settingsPage,
  'warnings.md': warningsPage,
  ...Object.fromEntries(lintPagesByName),
};

/** One line for each page that is not what `npm run docs` would write. */
export function staleDocs(pages = generatedPages, at = folder): string[] {
  const stale = Object.entries(pages)
    .filter(([name, page]) => readPage(new URL(name, at)) !== page())
    .map(([name]) => `docs/${name} is stale: npm run docs`);
  return [...stale, ...orphans(pages, at).map((name) => `docs/${name} is of no lint any more: npm run docs`)];
}

/** Pages of lints that there are no more. */
function orphans(pages: typeof generatedPages, at: URL): string[] {
  const lints = new URL('lints/', at);
  const there = existsSync(lints) ? readdirSync(lints).map((name) => `lints/${name}`) : [];
  return there.filter((name) => !Object.hasOwn(pages, name));
}

const readPage = (file: URL): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

function errorsPage(): string {
  const rows = Object.entries(catalogue).map(
    ([code, { message, advice }]) => `| \`${code}\` | ${message} | ${advice} |`,
  );
  return [
    '<!-- Generated from src/errors/catalogue.ts: npm run docs -->',
    '# Errors',
    '',
    'Every error that mailhunt reports has a code that keeps its meaning. Words in braces stand for the facts of the case.',
    '',
    '| code | what happened | what to do |',
    '| --- | --- | --- |',
    ...rows.map((row) => row.replace(/\{(\w+)\}/g, '`{$1}`')),
    '',
  ].join('\n');
}

function warningsPage(): string {
  const rows = Object.entries(warningCodes).map(
    ([code, { message, advice }]) => `| \`${code}\` | ${message} | ${advice} |`,
  );
  return [
    '<!-- Generated from src/kql/run/warnings.ts: npm run docs -->',
    '# Warnings',
    '',
    'A query that runs may have warnings: its rows are what the text says, and yet perhaps not what was meant. Commands write them',
    'to standard error with their place in the text; Kusto clients get them as `QueryWarning` events of the',
    'QueryCompletionInformation table (v2) and as `Info` rows of the QueryStatus table (v1). A code keeps its meaning.',
    '',
    '| code | what it says | what to do |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function settingsPage(): string {
  const rows = Object.entries<Setting>(settingTable).map(
    ([name, { type, default: value, doc }]) => `| \`${name}\` | ${type} | \`${JSON.stringify(value)}\` | ${doc} |`,
  );
  return [
    '<!-- Generated from src/settings/settings.ts: npm run docs -->',
    '# Settings',
    '',
    'mailhunt reads `mailhunt.yaml` in the folder of the store, or the file that `--config` or `MAILHUNT_CONFIG` names.',
    'What it does not say has its default; a mistake is reported with its line and column (`CONF0001`). Options of a',
    'command win over it.',
    '',
    '| setting | type | default | what it does |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    '| environment | what it does |',
    '| --- | --- |',
    '| `MAILHUNT_STORE` | the folder of the store, as `--store` |',
    '| `MAILHUNT_CONFIG` | the settings file, as `--config` |',
    '| `MAILHUNT_SNAPSHOT` | `0` starts without the V8 start-up snapshot |',
    '',
  ].join('\n');
}

if (import.meta.main) {
  mkdirSync(new URL('lints/', folder), { recursive: true });
  for (const name of orphans(generatedPages, folder)) rmSync(new URL(name, folder));
  for (const [name, page] of Object.entries(generatedPages)) writeFileSync(new URL(name, folder), page());
}
