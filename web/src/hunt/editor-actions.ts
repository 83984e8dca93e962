/** What the editor asks the page to do. */
export interface EditorActions {
  readonly onRun: () => void;
  readonly onRunAll: () => void;
  readonly onCancel: () => void;
  readonly onSave: () => void;
}
