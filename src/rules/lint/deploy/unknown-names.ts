import type { Span } from '../../../errors/index.ts';
import { type Diagnostic, membersOf, type Reading, type SyntaxNode } from '../../../kql/index.ts';
import { tableNamed, tables } from '../../../schema/index.ts';
import type { Finding, Fix, Lint, LintTarget, Subject } from '../lint.ts';
import { nearest } from '../nearest.ts';
import { nodesOfKind } from '../nodes.ts';
import { tablesRead } from './pipeline.ts';
import { type RetiredName, retiredColumns, retiredTables } from './retired-names.ts';

/** A name that the binder does not know. */
interface UnknownName {
  readonly kind: 'table' | 'name' | 'function';
  readonly name: string;
  readonly span: Span;
  /** Where it stands; its columns are those of what is before it in the pipeline. */
  readonly node: SyntaxNode | undefined;
}

const kinds: Readonly<Record<string, UnknownName['kind']>> = { KS142: 'name', KS204: 'table', KS211: 'function' };

const known = new WeakMap<Reading, readonly UnknownName[]>();

/** The names that the binder does not know, each once, where it stands first. */
function unknownNames(reading: Reading): readonly UnknownName[] {
  const found = known.get(reading) ?? [...findUnknown(reading)];
  known.set(reading, found);
  return found;
}

function* findUnknown({ root, text, diagnostics }: Reading): Iterable<UnknownName> {
  const seen = new Set<string>();
  const nodes = new Map(nodesOfKind(root, 'NameReference').map((node) => [node.span.start, node]));
  for (const { code, span } of diagnostics) {
    const kind = kinds[code];
    const name = text.slice(span.start, span.start + span.length);
    const node = nodes.get(span.start);
    if (kind === undefined || seen.has(name) || !/^[A-Za-z_]\w{0,127}$/.test(name) || isMember(node)) continue;
    seen.add(name);
    yield { kind, name, span, node };
  }
}

/** What is read of a value, as `AdditionalFields.PipeName`, is no column; in the portals more columns are dynamic than the pages say. */
const isMember = (node: SyntaxNode | undefined): boolean =>
  node?.role === 'Selector' && node.parent?.kind === 'PathExpression';

const isBroken = ({ severity, code }: Diagnostic): boolean => severity === 'Error' && kinds[code] === undefined;

/** Behind a mistake of the grammar, or a table that is not known, names are unknown that are none of their own fault. */
const isReliable = (reading: Reading): boolean =>
  !reading.diagnostics.some(isBroken) && unknownNames(reading).every(({ kind }) => kind === 'name');

/** Whether a query reads whatever tables there are: then nobody knows its columns. */
const readsAnything = ({ root }: Reading): boolean =>
  nodesOfKind(root, 'SearchOperator', 'FindOperator').length > 0 ||
  nodesOfKind(root, 'UnionOperator').some((union) =>
    membersOf(union.child('Expressions')).some(({ text }) => /^\(?\w*\*\w*\)?$/.test(text.trim())),
  );

/** The columns at a place of a query: those of what stands before the operator around it. */
function columnsAt(node: SyntaxNode | undefined): readonly string[] {
  for (let up = node; up !== undefined; up = up.parent) {
    if (up.role === 'Operator' && up.parent?.kind === 'PipeExpression')
      return up.parent.child('Expression')?.columns?.map(({ name }) => name) ?? [];
  }
  return [];
}

const replacing = (span: Span, text: string): readonly Fix[] => [{ span, text }];

/**
 * Another name for a column wherever the query says it; nothing where a name is made of it (`max_TimeGenerated`), where
 * the query gives that name to something itself, or where a table is not known.
 */
function renaming(reading: Reading, name: string, other: string): Pick<Finding, 'fix'> {
  const { root, text } = reading;
  const isPartOf = new RegExp(`\\w${name}\\b|\\b${name}\\w`);
  const isDeclared = nodesOfKind(root, 'NameDeclaration').some((declared) => declared.text === name);
  if (isPartOf.test(text) || isDeclared || unknownNames(reading).some(({ kind }) => kind !== 'name')) return {};
  const places = nodesOfKind(root, 'NameReference').filter((node) => node.text === name);
  return { fix: places.map(({ span }) => ({ span, text: other })) };
}

const targetNames: Readonly<Record<LintTarget, string>> = {
  defender: 'Defender',
  sentinel: 'Sentinel',
  mailhunt: 'mailhunt',
};

const saidOf = ({ successor, since }: RetiredName): string =>
  `${since === undefined ? 'now' : `since ${since}`} it is ${successor}`;

function* retiredTable({ reading }: Subject): Iterable<Finding> {
  if (reading === undefined) return;
  const places = [
    ...tablesRead(reading).map(({ symbol, span }) => ({ name: symbol?.name ?? '', span })),
    ...unknownNames(reading).filter(({ kind }) => kind !== 'function'),
  ];
  for (const { name, span } of places) {
    const retired = Object.hasOwn(retiredTables, name) ? retiredTables[name] : undefined;
    if (retired === undefined) continue;
    const message = `The table ${name} is retired: ${saidOf(retired)}.`;
    // it kept all columns but this one
    const isSame = retired.isRenamed && !/\bAadDeviceId\b/.test(reading.text);
    yield { span, message, ...(isSame ? { fix: replacing(span, retired.successor) } : {}) };
  }
}

function* retiredColumn({ reading }: Subject): Iterable<Finding> {
  if (reading === undefined) return;
  for (const { kind, name, span, node } of unknownNames(reading)) {
    const retired = kind === 'name' && Object.hasOwn(retiredColumns, name) ? retiredColumns[name] : undefined;
    if (retired === undefined) continue;
    const isThere = retired.isRenamed && columnsAt(node).includes(retired.successor);
    const message = `The column ${name} is retired: ${saidOf(retired)}.`;
    yield { span, message, ...(isThere ? renaming(reading, name, retired.successor) : {}) };
  }
}

const nearTable = (name: string): string | undefined =>
  nearest(
    name,
    tables.map((table) => table.name),
  );

function* unknownTable({ reading, target }: Subject): Iterable<Finding> {
  if (reading === undefined || reading.diagnostics.some(isBroken)) return;
  for (const { kind, name, span } of unknownNames(reading)) {
    if (kind !== 'table' || Object.hasOwn(retiredTables, name) || tableNamed(name)?.name === name) continue;
    // who keeps tables of his own in a workspace names them so
    if (/_CL$/.test(name)) continue;
    const near = nearTable(name);
    if (near === undefined && target !== 'mailhunt') continue;
    const message = `${targetNames[target]} has no table ${name}${near === undefined ? '' : `; ${near} is nearest`}.`;
    const isCase = near?.toLowerCase() === name.toLowerCase();
    yield { span, message, ...(isCase && near !== undefined ? { fix: replacing(span, near) } : {}) };
  }
}

/** A workspace has hundreds of tables, and saved functions are read like tables: a name that is like none here may be one of these. */
function* unheardOf({ reading, target }: Subject): Iterable<Finding> {
  if (reading === undefined || reading.diagnostics.some(isBroken)) return;
  for (const { kind, name, span } of unknownNames(reading)) {
    if (kind !== 'table' || Object.hasOwn(retiredTables, name) || tableNamed(name)?.name === name) continue;
    if (/_CL$/.test(name) || nearTable(name) !== undefined) continue;
    const message = `${name} is no table that is known here: ${targetNames[target]} reads it only where a workspace of Sentinel or a saved function brings it.`;
    yield { span, message };
  }
}

function* elsewhere(subject: Subject): Iterable<Finding> {
  const { reading, target } = subject;
  if (reading === undefined) return;
  yield* unheardOf(subject);
  const found = unknownNames(reading).filter(
    ({ kind, name }) => kind !== 'function' && tableNamed(name)?.name === name && !Object.hasOwn(retiredTables, name),
  );
  const isOurs = ({ name }: UnknownName): boolean => !tableNamed(name)?.source.startsWith('https://');
  for (const { name, span } of found.filter(isOurs))
    yield { span, message: `${name} is a table of mailhunt, which ${targetNames[target]} does not have.` };
  const [first, ...more] = found.filter((table) => !isOurs(table));
  if (first === undefined) return;
  const names = [first, ...more].map(({ name }) => name).join(', ');
  const where =
    target === 'defender'
      ? 'Defender reads them only where a Sentinel workspace is connected'
      : 'Sentinel does not have them';
  yield { span: first.span, message: `Tables of another place: ${names}; ${where}.` };
}

/** What both portals have, under the name that belongs to the other. */
const timeOf: Partial<Record<LintTarget, readonly [string, string]>> = {
  defender: ['TimeGenerated', 'Timestamp'],
  sentinel: ['Timestamp', 'TimeGenerated'],
};

/** Columns that every table shows in a portal with a workspace. */
const ofWorkspace: ReadonlySet<string> = new Set([
  ...['TenantId', 'SourceSystem', 'Type', 'MG', '_ResourceId', '_SubscriptionId', '_ItemId', '_TimeReceived'],
  ...['_IsBillable', '_BilledSize'],
]);

/** Columns that published hunts read in the portals and that the pages of their tables leave out or spell otherwise. */
const unlisted: ReadonlySet<string> = new Set([
  ...['ISP', 'MachineGroup', 'EpssScore', 'CvssVector', 'EventOriginId', 'TimeCollected'],
  ...['ThreadType', 'ThreadName', 'ThreadSubType', 'MessageType', 'MessageSubtype'],
]);

/** What IdentityInfo has beside in Sentinel, where user behaviour analytics fills it. */
const ofBehaviour: ReadonlySet<string> = new Set([
  ...['AccountSID', 'AccountUPN', 'AccountCloudSID', 'AccountTenantId', 'MailAddress', 'AdditionalMailAddresses'],
  ...['OnPremisesDistinguishedName', 'OnPremisesExtensionAttributes', 'UserType', 'UserState', 'RiskState'],
  ...['EntityRiskScore', 'ExtensionProperty', 'InvestigationPriority', 'IsMFARegistered', 'UserAccountControl'],
]);

function* unknownColumn({ reading, target }: Subject): Iterable<Finding> {
  if (reading === undefined || !isReliable(reading) || readsAnything(reading)) return;
  for (const { kind, name, span, node } of unknownNames(reading)) {
    if (unlisted.has(name) && target !== 'mailhunt') continue;
    if (target === 'sentinel' && ofBehaviour.has(name) && /\bIdentityInfo\b/.test(reading.text)) continue;
    if (kind !== 'name' || Object.hasOwn(retiredColumns, name) || name === timeOf[target]?.[0]) continue;
    if (Object.hasOwn(retiredTables, name) || tableNamed(name)?.name === name || ofWorkspace.has(name)) continue;
    const columns = columnsAt(node);
    const near = nearest(name, columns);
    const isCase = near?.toLowerCase() === name.toLowerCase();
    const hint = near === undefined ? '' : isCase ? `; names keep their case: ${near}` : `; ${near} is nearest`;
    const message = `There is no column ${name} here in ${targetNames[target]}${hint}.`;
    yield { span, message, ...(isCase && near !== undefined ? renaming(reading, name, near) : {}) };
  }
}

/** Functions of ASIM, which a workspace of Sentinel has as tables. */
const ofAsim = /^_?(?:im|asim|vim)_?[A-Z]/i;

function* unknownFunction({ reading, target }: Subject): Iterable<Finding> {
  if (reading === undefined || reading.diagnostics.some(isBroken)) return;
  for (const { kind, name, span } of unknownNames(reading)) {
    if (kind !== 'function' || ofAsim.test(name)) continue;
    const message = `No function ${name}() is known here: ${targetNames[target]} refuses the query, unless one is saved there under this name.`;
    yield { span, message };
  }
}

function* timeColumn({ reading, target }: Subject): Iterable<Finding> {
  const [foreign, own] = timeOf[target] ?? [];
  if (reading === undefined || foreign === undefined || own === undefined) return;
  const found = unknownNames(reading).find(({ kind, name }) => kind === 'name' && name === foreign);
  if (found === undefined || !columnsAt(found.node).includes(own)) return;
  const where =
    target === 'defender'
      ? 'shows only where a Sentinel workspace is connected to the portal'
      : 'is not in this table of Sentinel';
  yield {
    span: found.span,
    message: `${foreign} ${where}; the same time is ${own}.`,
    ...renaming(reading, foreign, own),
  };
}

const changesPage = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-changes';
const schemaPage = 'https://learn.microsoft.com/defender-xdr/advanced-hunting-schema-tables';

export const nameLints: readonly Lint[] = [
  {
    id: 'MH340',
    name: 'retired-table',
    group: 'deploy',
    severity: 'warning',
    summary: 'The query reads a table that Microsoft has replaced.',
    why: 'Saved queries and custom detections were carried over by Microsoft; queries kept in repositories were not. The fix puts in the new name where the columns stayed.',
    source: changesPage,
    examples: [
      {
        wrong: 'AADSignInEventsBeta\n| where ErrorCode == 0',
        right: 'EntraIdSignInEvents\n| where ErrorCode == 0',
      },
    ],
    check: retiredTable,
  },
  {
    id: 'MH341',
    name: 'retired-column',
    group: 'deploy',
    severity: 'error',
    summary: 'The query reads a column that was renamed or replaced.',
    why: 'The name is not known any more, so that the query fails. The fix puts in the new name where the column was renamed and nothing else.',
    source: changesPage,
    examples: [
      {
        wrong: 'EmailEvents\n| where FinalEmailAction == "Send to quarantine"',
        right: 'EmailEvents\n| where EmailAction == "Send to quarantine"',
      },
      {
        wrong: 'EmailEvents\n| where PhishFilterVerdict == "Phish"',
        right: 'EmailEvents\n| where ThreatTypes has "Phish"',
      },
    ],
    check: retiredColumn,
  },
  {
    id: 'MH342',
    name: 'unknown-table',
    group: 'deploy',
    severity: 'error',
    summary: 'The query reads a table that the target does not have.',
    why: 'A query over a table that is not there is refused as a whole. Names keep their case.',
    source: schemaPage,
    examples: [{ wrong: 'EmailEvent\n| take 10', right: 'EmailEvents\n| take 10' }],
    check: unknownTable,
  },
  {
    id: 'MH343',
    name: 'unknown-column',
    group: 'deploy',
    severity: 'error',
    summary: 'The query reads a column that is not there at this place of the query.',
    why: 'The table never had it, or an operator before this place left it out. Names keep their case.',
    source: schemaPage,
    examples: [
      {
        wrong: 'EmailEvents\n| where SenderFromAdress endswith "@example.com"',
        right: 'EmailEvents\n| where SenderFromAddress endswith "@example.com"',
      },
      {
        wrong: 'EmailEvents\n| project Timestamp\n| where Subject has "invoice"',
        right: 'EmailEvents\n| where Subject has "invoice"\n| project Timestamp',
      },
    ],
    check: unknownColumn,
  },
  {
    id: 'MH344',
    name: 'table-of-another-place',
    group: 'deploy',
    severity: 'note',
    summary: 'The query reads a table that exists elsewhere and not where the rule is to run.',
    why: 'Tables of a Sentinel workspace are in advanced hunting only where the workspace is connected to the Defender portal; some tables of Defender are not streamed to Sentinel; and mailhunt has tables of its own.',
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-microsoft-defender',
    targets: ['defender', 'sentinel'],
    examples: [
      { wrong: 'SigninLogs\n| where ResultType == "0"', right: 'EntraIdSignInEvents\n| where ErrorCode == 0' },
      {
        wrong: 'EmailAuthentication\n| where Method == "DMARC" and Result == "fail"',
        right: 'EmailEvents\n| where parse_json(AuthenticationDetails).DMARC == "fail"',
      },
    ],
    check: elsewhere,
  },
  {
    id: 'MH345',
    name: 'time-of-another-place',
    group: 'deploy',
    severity: 'note',
    summary: 'The query names the time of events as the other portal does.',
    why: 'Defender has Timestamp, Sentinel has TimeGenerated (and Timestamp in some of the same tables). The Defender portal shows TimeGenerated too where a workspace of Sentinel is connected, the API of a tenant without one does not know it. Queries that are copied from one to the other keep the name of the other.',
    source: 'https://learn.microsoft.com/defender-xdr/advanced-hunting-microsoft-defender',
    targets: ['defender', 'sentinel'],
    examples: [
      {
        wrong: 'EmailEvents\n| where TimeGenerated > ago(1d)',
        right: 'EmailEvents\n| where Timestamp > ago(1d)',
      },
    ],
    check: timeColumn,
  },
  {
    id: 'MH346',
    name: 'unknown-function',
    group: 'deploy',
    severity: 'warning',
    summary: 'The query calls a function that neither Kusto nor the query itself has.',
    why: 'The name is misspelt, or the function is saved where the rule was written and must be brought along. Names keep their case. A function that a `let` declares is there only behind it, so that functions cannot call each other in a circle.',
    source: 'https://learn.microsoft.com/kusto/query/functions/user-defined-functions',
    examples: [
      {
        wrong: 'EmailEvents\n| where toLower(SenderFromDomain) == "example.com"',
        right: 'EmailEvents\n| where tolower(SenderFromDomain) == "example.com"',
      },
      {
        wrong: 'let f = () { g() };\nlet g = () { f() };\nf()',
        right: 'let g = () { EmailEvents };\nlet f = () { g() };\nf()',
      },
    ],
    check: unknownFunction,
  },
];
