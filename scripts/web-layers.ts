import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { cyclesOf, type Import, importsOf } from './layers.ts';

/** The folders of `web/src`, from the top down; those of one line stand beside each other. */
const floors: readonly (readonly string[])[] = [
  ['app'],
  ['hunt', 'messages', 'rules', 'trends'],
  ['grid', 'charts', 'editor'],
  ['ui'],
  ['keys'],
  ['api'],
];

/** Folders that may not know each other, but for what one tells the others by its `index.ts`. */
const pages = floors[1]!;

/**
 * What breaks the order of the workbench's folders, one line each: an arrow upwards, a page that reaches into another, a
 * cycle, a package that is not in package.json, and of `src/` anything but types and modules that hold only data.
 *
 * @example brokenWebLayers('.', ['react']) // []
 */
export function brokenWebLayers(root: string, packages: readonly string[]): string[] {
  const web = join(resolve(root), 'web', 'src');
  const files = filesBelow(web);
  const imports = new Map(files.map((file) => [file, importsOf(readFileSync(file, 'utf8'))]));
  const broken: string[] = [];
  const graph = new Map<string, string[]>();
  for (const [file, list] of imports) {
    const near = list.filter(({ name }) => name.startsWith('.') && !name.endsWith('.css'));
    graph.set(
      file,
      near.filter(({ typesOnly }) => !typesOnly).map((one) => targetOf(file, one)),
    );
    for (const one of list) {
      const words = one.name.startsWith('.') ? brokenArrow(web, file, one) : brokenPackage(one.name, packages);
      if (words !== '') broken.push(`web/src/${relative(web, file)}: ${words}`);
    }
  }
  return [...broken, ...cyclesOf(graph).map((path) => `cycle: ${path.map((f) => relative(web, f)).join(' -> ')}`)];
}

const targetOf = (file: string, { name }: Import): string => resolve(dirname(file), name);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name))
    .sort();

function brokenArrow(web: string, file: string, one: Import): string {
  const target = targetOf(file, one);
  const [above, below] = [folderOf(web, file), folderOf(web, target)];
  if (below === '..') return one.typesOnly ? '' : brokenData(web, target);
  const [from, to] = [floorOf(above), floorOf(below)];
  if (above === below || from < 0) return '';
  if (to < 0) return `${below} is no folder of scripts/web-layers.ts`;
  if (to < from) return `${below} is above ${above}`;
  const isDoor = /^index\.tsx?$/.test(relative(join(web, below), target));
  return pages.includes(above) && pages.includes(below) && !isDoor ? `reaches into ${below}` : '';
}

/** `main.tsx` belongs to no folder. */
const folderOf = (web: string, file: string): string => relative(web, file).split(sep)[0] ?? '';

const floorOf = (folder: string): number => floors.findIndex((floor) => floor.includes(folder));

const brokenPackage = (name: string, packages: readonly string[]): string =>
  packages.some((one) => name === one || name.startsWith(`${one}/`)) ? '' : `${name} is not in package.json`;

/** A module of `src/` that the page holds may import nothing but its like: the page runs in a browser. */
function brokenData(web: string, start: string): string {
  const seen = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file) || !existsSync(file)) continue;
    seen.add(file);
    for (const one of importsOf(readFileSync(file, 'utf8')).filter(({ typesOnly }) => !typesOnly)) {
      if (!one.name.startsWith('.')) return `${relative(web, start)} is not only data: it needs ${one.name}`;
      waiting.push(targetOf(file, one));
    }
  }
  return '';
}
