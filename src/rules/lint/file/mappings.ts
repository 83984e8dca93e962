import { type Fields, isFields } from '../../document-fields.ts';
import { resultColumns } from '../deploy/pipeline.ts';
import type { Finding, Lint, Subject } from '../lint.ts';
import { nearest } from '../nearest.ts';
import { listOf, quoted, sentinelLint } from './document.ts';
import { type EntityKind, entityKinds } from './entities.ts';

const rule = (lines: string, project = 'Timestamp, ReportId, RecipientEmailAddress, SenderIPv4') =>
  `name: Own domain fails DMARC\n${lines}query: |\n  EmailEvents\n  | project ${project}\n`;
const mapping = (type: string, ...fields: readonly string[]) =>
  `entityMappings:\n  - entityType: ${type}\n    fieldMappings:\n${fields.map(fieldOf).join('')}`;
const fieldOf = (pair: string): string => {
  const [identifier, columnName] = pair.split('=');
  return `      - identifier: ${identifier}\n        columnName: ${columnName}\n`;
};
const mailbox = rule(mapping('Mailbox', 'MailboxPrimaryAddress=RecipientEmailAddress'));

/** A sound column name, as Sentinel takes it. */
const COLUMN = /^[a-zA-Z_]\w{0,499}$/;

const entityMapping = sentinelLint(
  {
    id: 'MH421',
    name: 'entity-mapping',
    severity: 'error',
    summary:
      'An entity mapping names a type or an identifier that there is not, too many, or lacks the one that is needed.',
    why: 'Entities are what incidents are joined by and what playbooks act upon. A rule has one to ten mappings with one to three fields each; each type has its identifiers, and one that tells a thing from another must be among them: a Mailbox needs `MailboxPrimaryAddress`, a FileHash both `Algorithm` and `Value`.',
    source: 'https://learn.microsoft.com/azure/sentinel/entities-reference',
    examples: [
      { wrong: rule(mapping('MailBox', 'MailboxPrimaryAddress=RecipientEmailAddress')), right: mailbox },
      { wrong: rule(mapping('Mailbox', 'Address=RecipientEmailAddress')), right: mailbox },
      { wrong: rule(mapping('Mailbox', 'Upn=RecipientEmailAddress')), right: mailbox },
      {
        wrong: rule(mapping('IP', 'Address=SenderIPv4', 'Address=RecipientEmailAddress')),
        right: rule(mapping('IP', 'Address=SenderIPv4')),
      },
      { wrong: rule('entityMappings: []\n'), right: mailbox },
    ],
  },
  function* ({ entityMappings }): Iterable<Finding> {
    if (entityMappings === undefined || entityMappings === null) return;
    const mappings = listOf(entityMappings);
    if (mappings.length < 1 || mappings.length > 10)
      yield {
        field: ['entityMappings'],
        message: `There are ${mappings.length} entity mappings; Sentinel takes 1 to 10.`,
      };
    for (const [i, entry] of mappings.slice(0, 10).entries())
      if (isFields(entry)) yield* mappingFindings(entry, ['entityMappings', i]);
  },
);

type Path = readonly (string | number)[];

function* mappingFindings({ entityType, fieldMappings }: Fields, path: Path): Iterable<Finding> {
  const type = String(entityType);
  const kind = Object.hasOwn(entityKinds, type) ? entityKinds[type] : undefined;
  if (kind === undefined) {
    const near = nearest(type, Object.keys(entityKinds));
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    yield { field: [...path, 'entityType'], message: `There is no entity type ${quoted(entityType)}.${hint}` };
    return;
  }
  const fields = listOf(fieldMappings).filter(isFields);
  if (fields.length < 1 || fields.length > 3)
    yield { field: path, message: `This ${type} has ${fields.length} fields; Sentinel takes 1 to 3.` };
  const names = fields.map(({ identifier }) => String(identifier));
  for (const [j, name] of names.entries())
    yield* identifierFindings(name, names.slice(0, j), type, kind, [...path, 'fieldMappings', j]);
  if (fields.length > 0 && !kind.required.some((choice) => choice.every((name) => names.includes(name)))) {
    const needed = kind.required.map((choice) => choice.join(' with ')).join(', ');
    yield {
      field: path,
      message: `A ${type} is told from others by one of: ${needed}. This one has ${names.join(', ')}.`,
    };
  }
}

function* identifierFindings(
  name: string,
  before: readonly string[],
  type: string,
  kind: EntityKind,
  path: Path,
): Iterable<Finding> {
  if (before.includes(name)) yield { field: path, message: `The identifier ${name} of this ${type} is there twice.` };
  if (kind.identifiers.includes(name)) return;
  const near = nearest(name, kind.identifiers);
  const hint = near === undefined ? `there are ${kind.identifiers.slice(0, 12).join(', ')}` : `did you mean ${near}?`;
  yield {
    field: [...path, 'identifier'],
    message: `A ${type} has no identifier ${quoted(name)}: ${hint.replace(/\w$/, '$&.')}`,
  };
}

/** A column that a field names, and where. */
type Named = readonly [column: unknown, field: Path, what: string];

/** Each column that the file names outside of the query. */
function* namedColumns(document: Fields): Iterable<Named> {
  for (const [i, entry] of listOf(document.entityMappings).entries())
    for (const [j, field] of listOf(isFields(entry) ? entry.fieldMappings : undefined).entries())
      if (isFields(field))
        yield [field.columnName, ['entityMappings', i, 'fieldMappings', j, 'columnName'], 'entity mapping'];
  const { customDetails, alertDetailsOverride: override } = document;
  for (const [key, column] of Object.entries(isFields(customDetails) ? customDetails : {}))
    yield [column, ['customDetails', key], `custom detail ${key}`];
  for (const [key, value] of Object.entries(isFields(override) ? override : {})) {
    const field = ['alertDetailsOverride', key];
    if (key.endsWith('ColumnName')) yield [value, field, key];
    if (key.endsWith('Format') && typeof value === 'string')
      for (const [, column] of value.matchAll(/\{\{\s*([^{}]{1,500}?)\s*\}\}/g)) yield [column, field, key];
    for (const [i, property] of listOf(key === 'alertDynamicProperties' ? value : undefined).entries())
      if (isFields(property))
        yield [property.value, [...field, i, 'value'], `alert property ${String(property.alertProperty)}`];
  }
}

/** The columns of the result where they are known for sure. */
function certainColumns({ reading }: Subject): readonly string[] | undefined {
  if (reading === undefined || reading.refusal !== undefined) return undefined;
  if (reading.diagnostics.some(({ severity }) => severity === 'Error')) return undefined;
  return resultColumns(reading);
}

const missingColumn = sentinelLint(
  {
    id: 'MH422',
    name: 'column-not-in-result',
    severity: 'error',
    summary: 'An entity mapping, custom detail or alert text names a column that the query does not give.',
    why: 'Sentinel refuses the rule on saving, or the entity stays empty and the incident has nothing to act upon. Keep the column to the end of the query: `project` and `summarize` drop all that they do not name. Columns are written in the same case.',
    source: 'https://learn.microsoft.com/azure/sentinel/map-data-fields-to-entities',
    examples: [
      {
        wrong: rule(mapping('Mailbox', 'MailboxPrimaryAddress=RecipientEmailAddress'), 'Timestamp, ReportId'),
        right: mailbox,
      },
      {
        wrong: rule('customDetails:\n  Client: SenderIPV4\n'),
        right: rule('customDetails:\n  Client: SenderIPv4\n'),
      },
      {
        wrong: rule("alertDetailsOverride:\n  alertDisplayNameFormat: 'Spoofed mail to {{Recipient}}'\n"),
        right: rule("alertDetailsOverride:\n  alertDisplayNameFormat: 'Spoofed mail to {{RecipientEmailAddress}}'\n"),
      },
    ],
  },
  function* (document, subject): Iterable<Finding> {
    const columns = certainColumns(subject);
    if (columns === undefined) return;
    for (const [column, field, what] of namedColumns(document)) {
      if (columns.includes(String(column))) continue;
      const near = nearest(String(column), columns);
      const hint = near === undefined ? '' : ` Did you mean ${near}?`;
      yield {
        field,
        message: `The ${what} reads the column ${quoted(column)}, which is not in the result of the query.${hint}`,
      };
    }
  },
);

const columnForm = sentinelLint(
  {
    id: 'MH423',
    name: 'custom-details',
    severity: 'error',
    summary: 'Custom details are too many, or a key or column is not of the form that Sentinel takes.',
    why: 'At most 20, each key at most 20 characters, beginning with a letter, without blanks; each value is the name of one column.',
    source: 'https://learn.microsoft.com/azure/sentinel/surface-custom-details-in-alerts',
    examples: [
      {
        wrong: rule('customDetails:\n  Sender address: SenderIPv4\n'),
        right: rule('customDetails:\n  SenderAddress: SenderIPv4\n'),
      },
      {
        wrong: rule('customDetails:\n  AddressOfTheSendingHost: SenderIPv4\n'),
        right: rule('customDetails:\n  SenderAddress: SenderIPv4\n'),
      },
      {
        wrong: rule('customDetails:\n  SenderAddress: strcat(SenderIPv4, 1)\n'),
        right: rule('customDetails:\n  SenderAddress: SenderIPv4\n'),
      },
    ],
  },
  function* ({ customDetails }): Iterable<Finding> {
    const pairs = Object.entries(isFields(customDetails) ? customDetails : {});
    if (pairs.length > 20)
      yield {
        field: ['customDetails'],
        message: `There are ${pairs.length} custom details; Sentinel takes at most 20.`,
      };
    for (const [key, column] of pairs) {
      const field = ['customDetails', key];
      if (!/^[a-zA-Z]\w*$/.test(key))
        yield { field, message: `The key ${quoted(key)} is not a letter followed by letters, digits and _.` };
      else if (key.length > 20)
        yield { field, message: `The key ${key} has ${key.length} characters; Sentinel takes at most 20.` };
      if (!COLUMN.test(String(column))) yield { field, message: `${quoted(column)} is not the name of a column.` };
    }
  },
);

const alertText = sentinelLint(
  {
    id: 'MH424',
    name: 'alert-text',
    severity: 'error',
    summary: 'An alert text is too long or has more than three columns in it.',
    why: 'A title has at most 256 characters, a description 5,000, each with at most three `{{column}}`. Columns in a title also part alerts into incidents.',
    source: 'https://learn.microsoft.com/azure/sentinel/customize-alert-details',
    examples: [
      {
        wrong: rule(
          "alertDetailsOverride:\n  alertDisplayNameFormat: '{{Timestamp}} {{ReportId}} {{RecipientEmailAddress}} {{SenderIPv4}}'\n",
        ),
        right: rule("alertDetailsOverride:\n  alertDisplayNameFormat: 'Spoofed mail to {{RecipientEmailAddress}}'\n"),
      },
    ],
  },
  function* ({ alertDetailsOverride: override }): Iterable<Finding> {
    if (!isFields(override)) return;
    for (const [key, limit] of [
      ['alertDisplayNameFormat', 256],
      ['alertDescriptionFormat', 5000],
    ] as const) {
      const text = override[key];
      if (typeof text !== 'string') continue;
      const field = ['alertDetailsOverride', key];
      const columns = text.match(/\{\{[^{}]*\}\}/g)?.length ?? 0;
      if (text.length > limit)
        yield { field, message: `${key} has ${text.length} characters; Sentinel takes at most ${limit}.` };
      if (columns > 3) yield { field, message: `${key} names ${columns} columns; Sentinel takes at most 3.` };
    }
  },
);

export const mappingLints: readonly Lint[] = [entityMapping, missingColumn, columnForm, alertText];
