import { aggregateFunctions } from '../src/kql/aggregates/index.ts';
import { scalarFunctions } from '../src/kql/functions/index.ts';
import { operators } from '../src/kql/lower/operators/index.ts';

const reference = 'https://learn.microsoft.com/kusto/query/';

/** Where KQL spells an operator in another way than its kind in Microsoft's syntax. */
const spellings: Readonly<Record<string, string>> = {
  filter: 'where',
  'get-schema': 'getschema',
  sort: 'sort, order',
  take: 'take, limit',
};

const operatorName = (kind: string): string => {
  const name = kind
    .replace(/Operator$/, '')
    .replace(/(?<!^)[A-Z]/g, '-$&')
    .toLowerCase();
  return spellings[name] ?? name;
};

/** `docs/kql-support.md`: what runs, from the tables that the engine itself reads. */
export function kqlSupportPage(): string {
  const rows = (items: readonly { readonly name: string; readonly page: string }[]): string[] =>
    [...items]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, page }) => `| \`${name.replaceAll('|', '\\|')}\` | [${page}](${reference}${page}) |`);
  return [
    '<!-- Generated from src/kql: npm run docs -->',
    '# The KQL that runs',
    '',
    'Everything else is refused by name and place before anything runs. How to add to it: `docs/adding-kql.md`.',
    '',
    '## Tabular operators',
    '',
    `Sources: a table of the store, \`datatable\`, \`print\`, \`range\`, \`union\`, \`materialize\`, \`let\` views and functions.`,
    '',
    ...Object.keys(operators)
      .map(operatorName)
      .sort()
      .map((name) => `- \`${name}\``),
    '',
    '## Aggregates',
    '',
    '| aggregate | reference |',
    '| --- | --- |',
    ...rows(aggregateFunctions),
    '',
    '## Scalar functions and operators',
    '',
    '`now()` and `ago()` are one instant for the whole query.',
    '',
    '| function or operator | reference |',
    '| --- | --- |',
    ...rows(scalarFunctions),
    '',
  ].join('\n');
}
