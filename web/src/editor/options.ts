import { LANGUAGE, monaco } from './monaco.ts';

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

/** The palette is the page's; Monaco would wait for a second key. */
export function leavePaletteKey(editor: monaco.editor.IStandaloneCodeEditor): void {
  editor.onKeyDown((event) => {
    if (event.keyCode !== monaco.KeyCode.KeyK || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    event.stopPropagation();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
  });
}
