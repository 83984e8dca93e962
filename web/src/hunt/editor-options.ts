import type { EditorActions } from './editor-actions.ts';
import { LANGUAGE, monaco, OWNER } from './monaco.ts';

/** How the editor looks and behaves. */
export const options: monaco.editor.IStandaloneEditorConstructionOptions = {
  language: LANGUAGE,
  ariaLabel:
    'KQL query. Shift+Enter runs the query at the cursor, F8 goes to the next problem, Control+M lets the Tab key leave the editor, Alt+F1 tells more',
  automaticLayout: true,
  fixedOverflowWidgets: true,
  fontFamily: 'ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace',
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  overviewRulerBorder: false,
  overviewRulerLanes: 2,
  padding: { top: 8, bottom: 8 },
  renderLineHighlight: 'none',
  // its number is dimmed below what can be read otherwise
  renderFinalNewline: 'on',
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  scrollBeyondLastLine: false,
  smoothScrolling: false,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 10,
  folding: true,
  suggest: { showStatusBar: false, preview: false, showWords: false },
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: false },
  tabSize: 4,
  insertSpaces: true,
  unicodeHighlight: { ambiguousCharacters: true, invisibleCharacters: true },
  bracketPairColorization: { enabled: false },
  guides: { indentation: false },
  stickyScroll: { enabled: false },
  links: false,
  contextmenu: true,
  accessibilitySupport: 'auto',
};

/** What the page does for the editor's keys. */
type Latest = { readonly current: EditorActions };

/** The editor's keys, which its own menu and list of commands show too. */
export function addActions(editor: monaco.editor.IStandaloneCodeEditor, latest: Latest): void {
  const { KeyMod, KeyCode } = monaco;
  const add = (id: string, label: string, keys: number[], run: () => void, precondition?: string) =>
    editor.addAction({
      id: `mailhunt.${id}`,
      label,
      keybindings: keys,
      contextMenuGroupId: precondition ? '' : 'mailhunt',
      run,
      ...(precondition && { precondition }),
    });
  add('run', 'Run the query at the cursor', [KeyMod.Shift | KeyCode.Enter, KeyMod.CtrlCmd | KeyCode.Enter], () => {
    editor.trigger(OWNER, 'hideSuggestWidget', {});
    latest.current.onRun();
  });
  add('runAll', 'Run all queries', [KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.Enter], () => latest.current.onRunAll());
  add('save', 'Save the query', [KeyMod.CtrlCmd | KeyCode.KeyS], () => latest.current.onSave());
  // the key that it has on other systems too
  add('format', 'Lay out the text', [KeyMod.Alt | KeyMod.Shift | KeyCode.KeyF], () => {
    void editor.getAction('editor.action.formatDocument')?.run();
  });
  add(
    'cancel',
    'Cancel the query',
    [KeyCode.Escape],
    () => latest.current.onCancel(),
    'mailhuntRunning && !suggestWidgetVisible && !findWidgetVisible && !parameterHintsVisible && !markersNavigationVisible && !renameInputVisible',
  );
  // the palette is the page's; Monaco would wait for a second key
  editor.onKeyDown((event) => {
    if (event.keyCode !== KeyCode.KeyK || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
  });
}
