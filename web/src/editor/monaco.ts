/** Monaco with KQL, as the page has it. This module and all that it imports is loaded when an editor is first shown. */
// first: Monaco's parts must be known before anything makes an editor or a theme, as Microsoft's mode does when it is
// loaded; for the same reason nothing else imports that mode
import 'monaco-editor/esm/vs/editor/edcore.main.js';
import { getKustoWorker, kustoDefaults } from '@kusto/monaco-kusto';
import * as monaco from 'monaco-editor/esm/vs/editor/editor.api';
import { editorTheme } from './editor-colours.ts';
import type { EditorSchema } from './schema.ts';

export { getKustoWorker, monaco };

/** Whose markers, formatter and hovers: Microsoft's mode and the page's own. */
export const LANGUAGE = 'kusto';
export const OWNER = 'mailhunt';

const nothing: monaco.IDisposable = { dispose() {} };

self.MonacoEnvironment = {
  getWorker: (_: string, label: string) =>
    label === LANGUAGE
      ? new Worker(new URL('./kusto-worker.ts', import.meta.url), { type: 'module', name: label })
      : new Worker(new URL('./editor-worker.ts', import.meta.url), { type: 'module', name: label }),
};

// The worker knows the tables and not what else the engine knows of a query: columns that show only where they are named,
// watchlists, what is refused. What it takes for mistakes is therefore not shown; the server's check says them all.
const { setModelMarkers } = monaco.editor;
monaco.editor.setModelMarkers = (model, owner, markers) => {
  if (owner !== LANGUAGE) setModelMarkers(model, owner, markers);
};

// One formatter, the same as `mailhunt fmt`: the page's.
const { registerDocumentFormattingEditProvider } = monaco.languages;
monaco.languages.registerDocumentFormattingEditProvider = () => nothing;
monaco.languages.registerDocumentRangeFormattingEditProvider = () => nothing;

/** Registers what lays a whole text out. */
export const provideFormatter = (format: (text: string) => Promise<string | undefined>): monaco.IDisposable =>
  registerDocumentFormattingEditProvider(LANGUAGE, {
    displayName: 'mailhunt',
    async provideDocumentFormattingEdits(model) {
      const text = await format(model.getValue());
      return text === undefined ? [] : [{ range: model.getFullModelRange(), text }];
    },
  });

kustoDefaults.setLanguageSettings({
  ...kustoDefaults.languageSettings,
  includeControlCommands: false,
  newlineAfterPipe: true,
  openSuggestionDialogAfterPreviousSuggestionAccepted: true,
  useIntellisenseV2: true,
  useSemanticColorization: true,
  useTokenColorization: true,
  enableHover: true,
  enableQuickFixes: false,
  documentationSuffix: '',
});

/** Tells the editor what there is to complete. */
export async function setEditorSchema(schema: EditorSchema, model: monaco.editor.ITextModel): Promise<void> {
  const workerFor = await getKustoWorker();
  const worker = await workerFor(model.uri);
  await worker.setSchema(schema as never);
}

/** Gives all editors the page's colours as they are now. */
export function showTheme(isDark: boolean): void {
  monaco.editor.defineTheme('mailhunt', editorTheme(isDark));
  monaco.editor.setTheme('mailhunt');
}
