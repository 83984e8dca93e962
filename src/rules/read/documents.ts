import type { Rule } from '../rule.ts';
import { detectionRule, isDetection } from './defender.ts';
import { Fields } from './fields.ts';
import { readJson } from './json-tree.ts';
import type { ReadLimits } from './limits.ts';
import { otherThanRule } from './not-a-rule.ts';
import type { FileContent, FunctionFound, RuleFile } from './rule-file.ts';
import { sentinelRule } from './sentinel.ts';
import { isFunction, storedFunctions } from './stored-functions.ts';
import { entryOf, type MapTree, type Tree, Unreadable } from './tree.ts';
import { readYaml } from './yaml-tree.ts';

/** Rules and functions of a YAML file. */
export const readYamlFile = (file: RuleFile): FileContent => contentOf(file, 'sentinel');

/** Rules of a JSON file: one, an array of them, or what a list call to Graph answers (`{ "value": […] }`). */
export const readJsonFile = (file: RuleFile): FileContent => contentOf(file, 'defender');

const isJson = (path: string): boolean => /\.json$/i.test(path);

/**
 * The maps of a file that may be rules.
 *
 * @throws Unreadable
 */
export function mapsOfFile(text: string, path: string, limits: ReadLimits): MapTree[] {
  const trees = isJson(path) ? [readJson(text, limits)] : readYaml(text, limits);
  return trees.flatMap(mapsOf);
}

function contentOf(file: RuleFile, format: 'sentinel' | 'defender'): FileContent {
  let maps: MapTree[];
  try {
    maps = mapsOfFile(file.text, file.path, file.limits);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    if (error.limit === undefined) file.malformed(error.offset, format, error.message);
    else file.tooMuch(error.offset, error.message, error.limit);
    return { rules: [] };
  }
  if (maps.length > file.limits.rulesOfFile) {
    file.tooMuch(
      maps[file.limits.rulesOfFile]!.start,
      `it has ${maps.length} rules`,
      `${file.limits.rulesOfFile} rules`,
    );
    return { rules: [] };
  }
  const rules: Rule[] = [];
  const functions: FunctionFound[] = [];
  const others = new Set<string>();
  for (const map of maps) {
    const fields = new Fields(map, file);
    const other = isFunction(fields) || isDetection(fields) ? undefined : otherThanRule(map);
    if (isFunction(fields)) functions.push(...storedFunctions(fields, file));
    else if (other !== undefined) others.add(other);
    else rules.push(...asList((isDetection(fields) ? detectionRule : sentinelRule)(fields, file)));
  }
  const nothing = rules.length === 0 && functions.length === 0;
  if (maps.length === 0) others.add(file.text.trim() === '' ? 'an empty file' : 'a document without a query');
  return { rules, functions, ...(nothing && others.size > 0 ? { other: [...others].join(' and ') } : {}) };
}

const asList = <T>(item: T | undefined): T[] => (item === undefined ? [] : [item]);

/** The maps that may be rules: the document, its items, or those of its `value`. */
function mapsOf(tree: Tree): MapTree[] {
  if (tree.kind === 'list') return tree.items.filter((item) => item.kind === 'map');
  if (tree.kind !== 'map') return [];
  const value = entryOf(tree, 'value')?.value;
  const isAnswer = value?.kind === 'list' && entryOf(tree, 'query') === undefined;
  return isAnswer ? mapsOf(value) : [tree];
}
