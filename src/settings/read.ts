import { isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { MailhuntError } from '../errors/index.ts';
import { defaultSettings, type Setting, type Settings, type SettingType, settingTable } from './settings.ts';

const LIMIT = 1024 * 1024;

const isOf: Readonly<Record<SettingType, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  flag: (value) => typeof value === 'boolean',
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  texts: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
};

const kindWords: Readonly<Record<SettingType, string>> = {
  text: 'is a text',
  number: 'is a number',
  flag: 'is true or false',
  map: 'is a list of lines with names',
  texts: 'is a list of texts',
};

/**
 * The settings of a `mailhunt.yaml`; what it does not say has its default.
 *
 * @param file the name that errors show
 * @throws MailhuntError CONF0001 with line and column of the first mistake
 * @example readSettings('port: 9000', 'mailhunt.yaml').port // 9000
 */
export function readSettings(text: string, file: string): Settings {
  const lines = new LineCounter();
  const wrong = (offset: number, words: string): never => {
    const { line, col } = lines.linePos(offset);
    throw new MailhuntError('CONF0001', { file, line: Math.max(1, line), column: Math.max(1, col), text: words });
  };
  if (text.length > LIMIT) wrong(0, `the file is larger than ${LIMIT} characters`);
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  for (const error of document.errors) wrong(error.pos[0], error.message);
  const root = document.contents;
  if (root === null) return defaultSettings;
  if (!isMap(root)) return wrong(root.range?.[0] ?? 0, 'a settings file is a list of lines such as port: 8719');
  const found: Record<string, unknown> = {};
  for (const pair of root.items as Pair<Node, Node | null>[]) {
    const name = isScalar(pair.key) ? String(pair.key.value) : '';
    const setting: Setting | undefined = Object.hasOwn(settingTable, name)
      ? settingTable[name as keyof Settings]
      : undefined;
    if (setting === undefined) {
      return wrong(pair.key.range?.[0] ?? 0, `there is no setting ${JSON.stringify(name)}${nearest(name)}`);
    }
    const at = pair.value?.range?.[0] ?? pair.key.range?.[0] ?? 0;
    const value = plainValue(pair.value, document, (words) => wrong(at, words));
    const problem = isOf[setting.type](value) ? setting.check?.(value as never) : kindWords[setting.type];
    if (problem !== undefined) wrong(at, `${name} ${problem}`);
    found[name] = value;
  }
  return { ...defaultSettings, ...found };
}

/** Aliases may make a short text enormous; ten of them are more than settings need. */
function plainValue(node: Node | null, document: ReturnType<typeof parseDocument>, wrong: (words: string) => never) {
  try {
    return node?.toJS(document, { maxAliasCount: 10 });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
}

/** A hint at a name that begins alike. */
function nearest(name: string): string {
  const plain = name.toLowerCase().replaceAll(/[-_]/g, '');
  const near = Object.keys(settingTable).find((known) => {
    const other = known.replaceAll('_', '');
    return plain !== '' && (other.startsWith(plain.slice(0, 4)) || plain.startsWith(other));
  });
  return near === undefined ? '' : `; did you mean ${near}?`;
}
