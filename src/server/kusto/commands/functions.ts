import { MailhuntError } from '../../../errors/index.ts';
import { readFunction } from '../../../kql/index.ts';
import type { FunctionFile } from '../../../surroundings/index.ts';
import type { Functions } from '../../http/route.ts';
import { withoutComments } from '../command-text.ts';
import { type Command, type CommandView, columns, NAME_PATTERN, namesIn, type Row } from './command.ts';

const functionColumns = columns('Name Parameters Body Folder DocString');

const rowOf = ({ name, parameters, body, folder, docString }: FunctionFile): Row => [
  name,
  parameters,
  body,
  folder,
  docString,
];

const all = async ({ functions }: CommandView): Promise<readonly FunctionFile[]> => (await functions?.now()) ?? [];

async function named(view: CommandView, name: string): Promise<FunctionFile> {
  const found = (await all(view)).find((known) => known.name === name);
  if (found === undefined) throw new MailhuntError('HTTP0016', { name });
  return found;
}

async function drop(view: CommandView, names: readonly string[], ifExists: boolean): Promise<Row[]> {
  if (!ifExists) for (const name of names) await named(view, name);
  for (const name of names) await filesOf(view).remove(name);
  return names.map((name) => [name]);
}

function filesOf({ functions }: CommandView): Functions {
  if (functions === undefined) throw new MailhuntError('HTTP0004', { command: '.create function' });
  return functions;
}

/**
 * The commands about stored functions whose form is a list of words.
 *
 * @see https://learn.microsoft.com/kusto/management/functions
 */
export const functionCommands: readonly Command[] = [
  { syntax: '.show functions', columns: functionColumns, rows: async (view) => (await all(view)).map(rowOf) },
  {
    syntax: '.show function NAME',
    columns: functionColumns,
    rows: async (view, [name = '']) => [rowOf(await named(view, name))],
  },
  { syntax: '.drop function NAME', columns: columns('Name'), rows: (view, names) => drop(view, names, false) },
  { syntax: '.drop function NAME ifexists', columns: columns('Name'), rows: (view, names) => drop(view, names, true) },
  { syntax: '.drop functions (NAMES)', columns: columns('Name'), rows: (view, names) => drop(view, names, false) },
  {
    syntax: '.drop functions (NAMES) ifexists',
    columns: columns('Name'),
    rows: (view, names) => drop(view, names, true),
  },
];

const QUOTED = String.raw`"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'`;
const HEAD = new RegExp(
  String.raw`^\s*\.(create|create-or-alter|alter)\s+function\s+(ifnotexists\s+)?(?:with\s*\(((?:[^()"']|${QUOTED})*)\)\s*)?(${NAME_PATTERN})\s*(?=\()`,
  'i',
);
const PROPERTY = new RegExp(String.raw`\b(\w+)\s*=\s*(${QUOTED}|\w+)`, 'g');

/** A command that writes a function. */
export interface WriteFunction {
  readonly columns: Command['columns'];
  /** What is written, as a `let` statement; whoever answers binds it first. Undefined where the command says not to. */
  readonly check: { readonly text: string; readonly place: number; readonly length: number } | undefined;
  readonly run: (view: CommandView) => Promise<readonly Row[]>;
}

/**
 * Reads `.create function`, `.create-or-alter function` and `.alter function`; undefined for another text. Throws KQL0011
 * where what follows the name is no function.
 */
export function readWriteFunction(text: string): WriteFunction | undefined {
  const head = HEAD.exec(withoutComments(text));
  if (head === null) return undefined;
  const [all, verb = '', ifNotExists, properties = '', quotedName = ''] = head;
  const [name = ''] = namesIn([quotedName]);
  const code = text.slice(all.length).trimEnd().replace(/;$/, '');
  const read = readFunction(code);
  if ('wrong' in read) throw new MailhuntError('KQL0011', { name, text: read.wrong });
  const said = propertiesIn(properties);
  const prefix = 'let f = ';
  const isChecked = said.get('skipvalidation')?.toLowerCase() !== 'true';
  return {
    columns: functionColumns,
    check: isChecked ? { text: `${prefix}${code}; print 1`, place: all.length, length: prefix.length } : undefined,
    run: (view) => write(view, { verb: verb.toLowerCase(), ifNotExists: ifNotExists !== undefined, name, read, said }),
  };
}

interface Written {
  readonly verb: string;
  readonly ifNotExists: boolean;
  readonly name: string;
  readonly read: { readonly parameters: string; readonly body: string };
  readonly said: ReadonlyMap<string, string>;
}

async function write(view: CommandView, { verb, ifNotExists, name, read, said }: Written): Promise<readonly Row[]> {
  const files = filesOf(view);
  if (view.catalog.tables.some((table) => table.name === name)) throw new MailhuntError('HTTP0017', { name });
  const known = (await files.now()).find((file) => file.name === name);
  if (verb === 'create' && known !== undefined) {
    if (ifNotExists) return [rowOf(known)];
    throw new MailhuntError('HTTP0015', { name });
  }
  if (verb === 'alter' && known === undefined) throw new MailhuntError('HTTP0016', { name });
  const file = {
    name,
    ...read,
    folder: (said.get('folder') ?? known?.folder ?? '').replace(/[\r\n]/g, ' '),
    docString: said.get('docstring') ?? known?.docString ?? '',
  };
  await files.write(file);
  return [rowOf(file)];
}

const propertiesIn = (text: string): Map<string, string> =>
  new Map(
    [...text.matchAll(PROPERTY)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      /^["']/.test(value) ? value.slice(1, -1).replace(/\\(.)/gs, '$1') : value,
    ]),
  );
