import type { Field, Fields } from './field.ts';
import { gatewayFields } from './gateway-fields.ts';

/** The page `docs/gateway-settings.md`, made from the table of fields. */
export function gatewaySettingsPage(): string {
  return [
    '<!-- Generated from src/gateway/setup: npm run docs -->',
    '# gateway.yaml',
    '',
    'All that [the gate](gateway.md) can be told. Relative paths are those of the file’s folder. A time is a number with `ms`,',
    '`s`, `m`, `h` or `d`; a size one with `B`, `KB` (1024 bytes), `MB`, `GB`; a network an address or a CIDR block, or a list',
    'of them. What is out of its range, or no field, is refused with its place (`GATE0001`).',
    '',
    '```',
    'mailhunt gateway --check gateway.yaml             what is wrong with it, its policy, keys, certificates and DNS',
    'mailhunt gateway --schema > gateway.schema.json   for an editor that completes and underlines',
    '```',
    '',
    'Accepted domains, trusted sealers, allowed and blocked senders and name servers are those of `mailhunt.yaml`',
    '([settings.md](settings.md)).',
    ...sections('', gatewayFields),
    '',
  ].join('\n');
}

/** A table of a map's fields, then one for each map in it. */
function sections(name: string, fields: Fields): readonly string[] {
  const rows = Object.entries(fields).map(([key, one]) => `| \`${key}\` | ${one.about} | ${otherwise(one)} |`);
  const below = Object.entries(fields).flatMap(([key, { members }]) =>
    members === undefined ? [] : sections(name === '' ? key : `${name}.${key}`, members),
  );
  const title = name === '' ? [] : ['', `## ${name}`];
  return [...title, '', '| field | what it says | left out |', '| --- | --- | --- |', ...rows, ...below];
}

const otherwise = ({ isNeeded, usual, members }: Field<unknown>): string => {
  if (isNeeded) return 'must be there';
  if (usual !== undefined) return usual;
  if (members === undefined) return '';
  return Object.values(members).some((one) => one.isNeeded) ? 'none' : 'as below';
};
