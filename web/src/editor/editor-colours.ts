import type * as monaco from 'monaco-editor/esm/vs/editor/editor.api';

/** Tokens of `tokens.css` by the names of Monaco's own colours. */
const colours: Readonly<Record<string, string>> = {
  'editor.background': '--ground',
  'editor.foreground': '--text',
  'editorCursor.foreground': '--text',
  'editorLineNumber.foreground': '--quiet',
  'editorLineNumber.activeForeground': '--text',
  'editorGutter.background': '--ground',
  'editor.selectionBackground': '--kql-selection',
  'editor.inactiveSelectionBackground': '--kql-selection',
  'editor.lineHighlightBackground': '--ground',
  'editor.lineHighlightBorder': '--ground',
  'editorWidget.background': '--over',
  'editorWidget.foreground': '--text',
  'editorWidget.border': '--line',
  'editorSuggestWidget.background': '--over',
  'editorSuggestWidget.foreground': '--text',
  'editorSuggestWidget.border': '--line',
  'editorSuggestWidget.selectedBackground': '--accent-soft',
  'editorSuggestWidget.selectedForeground': '--text',
  'editorSuggestWidget.highlightForeground': '--accent',
  'editorSuggestWidget.focusHighlightForeground': '--accent',
  'editorHoverWidget.background': '--over',
  'editorHoverWidget.foreground': '--text',
  'editorHoverWidget.border': '--line',
  'editorError.foreground': '--bad',
  'editorWarning.foreground': '--warn',
  'editorInfo.foreground': '--accent',
  'input.background': '--ground',
  'input.foreground': '--text',
  'input.border': '--edge',
  'quickInput.background': '--over',
  'quickInput.foreground': '--text',
  'list.focusBackground': '--accent-soft',
  'list.focusForeground': '--text',
  'list.hoverBackground': '--hover-solid',
  'menu.background': '--over',
  'menu.foreground': '--text',
  'menu.selectionBackground': '--accent-soft',
  'menu.selectionForeground': '--text',
  'textLink.foreground': '--accent',
  focusBorder: '--focus',
};

/** The same for what Monaco's quick tokenizer finds; the worker's colours, which know the schema, come over it (`editor.css`). */
const tokens: Readonly<Record<string, string>> = {
  '': '--text',
  comment: '--kql-comment',
  string: '--kql-text',
  // Monaco's own themes have a colour for it, which would come first
  'string.yaml': '--kql-text',
  number: '--kql-text',
  keyword: '--kql-word',
  'operator.sql': '--kql-operator',
  'operator.scss': '--kql-word',
  function: '--kql-function',
  variable: '--kql-column',
  'variable.parameter': '--kql-table',
  'variable.predefined': '--kql-column',
  type: '--kql-word',
  tag: '--kql-word',
  annotation: '--kql-word',
  delimiter: '--text',
  invalid: '--text',
};

/** The editor's theme out of the page's colours, as they are now: Monaco knows no variables. */
export function editorTheme(isDark: boolean): monaco.editor.IStandaloneThemeData {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const hex = (token: string): string => {
    probe.style.color = `var(${token})`;
    return hexOf(getComputedStyle(probe).color);
  };
  const theme = {
    base: isDark ? ('vs-dark' as const) : ('vs' as const),
    inherit: true,
    colors: Object.fromEntries(Object.entries(colours).map(([name, token]) => [name, hex(token)])),
    rules: Object.entries(tokens).map(([name, token]) => ({ token: name, foreground: hex(token).slice(1, 7) })),
  };
  probe.remove();
  return theme;
}

/** `rgb(27, 34, 48)` and `rgba(27, 34, 48, 0.5)` as `#1b2230` and `#1b223080`. */
function hexOf(colour: string): string {
  const [red = 0, green = 0, blue = 0, alpha = 1] = [...colour.matchAll(/[\d.]+/g)].map(Number);
  const parts = alpha < 1 ? [red, green, blue, Math.round(alpha * 255)] : [red, green, blue];
  return `#${parts.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}
