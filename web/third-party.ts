import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { licenceText } from './licence-texts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const licenceFile = /^(?:licen[cs]e|notice|copying|thirdpartynotices)[\w.-]*$/i;

/** What the build has taken in: modules of packages, and files of `src/`. */
export interface TakenIn {
  /** For the build of the page, and for those of its workers. */
  readonly plugin: () => Plugin;
}

/**
 * Notes what the page and its workers are made of, and writes it down beside them: `THIRD-PARTY.txt` with the licence of
 * every package of which code is sent to browsers, and `.sources.json` with the files outside `web/` that the page holds, by
 * which `scripts/web.ts` knows when to build anew.
 */
export function takenIn(): TakenIn {
  const modules = new Set<string>();
  const plugin = (): Plugin => ({
    name: 'taken-in',
    generateBundle(_, bundle) {
      for (const part of Object.values(bundle)) {
        if (part.type === 'chunk') for (const id of part.moduleIds) modules.add(plainPath(id));
      }
      // Workers are built first; what they write is overwritten by the page's, which knows of all.
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY.txt', source: notices([...modules]) });
      this.emitFile({ type: 'asset', fileName: '.sources.json', source: JSON.stringify(ownSources([...modules])) });
    },
  });
  return { plugin };
}

/** Ids of modules have queries (`?worker`) and marks of plugins before them. */
const plainPath = (id: string): string => id.replace(/^\0+|[?#].*$/g, '');

const ownSources = (modules: readonly string[]): string[] =>
  modules
    .map((path) => relative(root, path).replaceAll(sep, '/'))
    .filter((path) => path.startsWith('src/'))
    .sort();

function notices(modules: readonly string[]): string {
  const folders = new Set(modules.flatMap((path) => packageFolder(path) ?? []));
  const texts = [...folders].sort().map(noticeOf);
  return `The workbench of mailhunt contains code of the packages below, under these licences.\n\n${texts.join('\n\n')}\n`;
}

/**
 * The folder of the package that a module belongs to.
 *
 * @example packageFolder('/c/node_modules/@a/b/x.js') // '/c/node_modules/@a/b'
 */
export function packageFolder(path: string): string | undefined {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(path)?.[0];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

function noticeOf(folder: string): string {
  const manifest = join(folder, 'package.json');
  if (!existsSync(manifest)) return '';
  const {
    name,
    version,
    license = '',
    author = 'its authors',
  } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (one) => one.isFile() && licenceFile.test(one.name),
  );
  const texts = files.map((file) => readFileSync(join(folder, file.name), 'utf8').trim());
  const line = '='.repeat(80);
  const text = texts.join('\n\n') || licenceText(license, typeof author === 'string' ? author : author.name);
  return `${line}\n${name} ${version} (${license})\n${line}\n${text}`;
}
