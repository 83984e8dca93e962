import { monaco, OWNER } from '../editor/monaco.ts';
import { leavePaletteKey } from '../editor/options.ts';
import type { EditorActions } from './editor-actions.ts';

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
  leavePaletteKey(editor);
}
