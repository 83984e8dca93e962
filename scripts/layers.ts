import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

/** The rooms of `src/`, from the top down. An import may only point at a room further down this list. */
export const rooms = [
  'cli',
  'server',
  'gateway',
  'investigate',
  'policy',
  'evidence',
  'rules',
  'lab',
  'ingest',
  'mail',
  'surroundings',
  'store',
  'kql',
  'schema',
  'duckdb',
  'settings',
  'telemetry',
  'values',
  'yaml',
  'errors',
] as const;

/** The rooms as a tree has them, and the packages that its code may import. */
export interface House {
  readonly rooms: readonly string[];
  readonly packages: readonly string[];
}

/**
 * What breaks the order of the rooms under a `src/` folder, one line each: an arrow upwards, an import past a room's
 * `index.ts`, a cycle at run time, a file outside every room, a package that is not a dependency.
 *
 * @example brokenLayers('src', { rooms, packages: ['yaml'] }) // []
 */
export function brokenLayers(src: string, house: House): string[] {
  const files = filesBelow(src);
  const imports = new Map(files.map((file) => [file, importsOf(readFileSync(file, 'utf8'))]));
  const local = new Map<string, string[]>();
  const broken: string[] = [];
  for (const [file, specifiers] of imports) {
    const room = roomOf(src, file);
    if (!house.rooms.includes(room)) broken.push(`${relative(src, file)}: ${room} is no room of scripts/layers.ts`);
    const near = specifiers.filter(({ name }) => name.startsWith('.'));
    const targetOf = ({ name }: Import) => resolve(dirname(file), name);
    // Types may refer to each other: nothing of that is left at run time.
    local.set(file, near.filter(({ typesOnly }) => !typesOnly).map(targetOf));
    for (const target of near.map(targetOf)) broken.push(...brokenArrow(src, file, target, house.rooms));
    for (const { name } of specifiers) {
      if (!isAllowedPackage(name, house.packages)) broken.push(`${relative(src, file)}: ${name} is no dependency`);
    }
  }
  return [...broken, ...cyclesOf(local).map((path) => `cycle: ${path.map((f) => relative(src, f)).join(' -> ')}`)];
}

function brokenArrow(src: string, from: string, to: string, order: readonly string[]): string[] {
  const [above, below] = [roomOf(src, from), roomOf(src, to)];
  const arrow = `${relative(src, from)} -> ${relative(src, to)}`;
  if (above === below) return [];
  if (order.indexOf(below) < order.indexOf(above)) return [`${arrow}: ${below} is above ${above}`];
  return relative(src, to) === join(below, 'index.ts') ? [] : [`${arrow}: past the door of ${below}`];
}

const roomOf = (src: string, file: string): string => relative(src, file).split(sep)[0] ?? '';

const isAllowedPackage = (name: string, packages: readonly string[]): boolean =>
  name.startsWith('.') || name.startsWith('node:') || packages.some((p) => name === p || name.startsWith(`${p}/`));

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(resolve(folder), name))
    .sort();

/** What a file imports. */
export interface Import {
  readonly name: string;
  readonly typesOnly: boolean;
}

/** `import … from`, `export … from`, `import()` and `import '…'`. */
export function importsOf(text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const pattern =
    /^\s*(?:import|export)\b(\s+type\b)?[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/gm;
  return [...code.matchAll(pattern)].map(([, type, from, alone, called]) => ({
    name: from ?? alone ?? called ?? '',
    typesOnly: type !== undefined,
  }));
}

/** Each cycle once, as the files along it with the first repeated at the end. */
export function cyclesOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) cycles.push([...path.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return cycles;
}
