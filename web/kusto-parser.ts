import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

const require = createRequire(import.meta.url);

/** Scripts that the editor's worker asks for, and the file of ours that it gets: one parser for editor and engine. */
const ours: readonly (readonly [RegExp, string])[] = [
  [/^@kusto\/language-service(-next)?\/bridge\.min(\.js)?$/, '@kusto/language-service-next/bridge.min.js'],
  [
    /^@kusto\/language-service-next\/Kusto\.Language\.Bridge\.min(\.js)?$/,
    '@kusto/language-service-next/Kusto.Language.Bridge.min.js',
  ],
];

/** Scripts of the kind, with whatever names they are asked for. */
const script = /@kusto\/language-service(-next)?\/[\w.]+\.min\.js$/;

/**
 * Makes `@kusto/monaco-kusto` use the parser that the engine uses, and its scripts, which were written for a page
 * (`this` is the window, everything is global), work as modules.
 */
export function kustoParser(): Plugin {
  return {
    name: 'mailhunt:kusto-parser',
    enforce: 'pre',
    resolveId(source) {
      const [, file] = ours.find(([asked]) => asked.test(source)) ?? [];
      return file && require.resolve(file);
    },
    transform(code, id) {
      if (!script.test(id)) return undefined;
      const names = 'module, exports, require, define, process, global';
      return { code: `(function (${names}) {\n${code}\n}).call(globalThis);\nexport {};\n`, map: null };
    },
  };
}
