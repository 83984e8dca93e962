import { monaco, OWNER } from '../editor/monaco.ts';

/** What the page can do with the editor. Places are UTF-16 units from the start. */
export interface EditorHandle {
  focus(): void;
  /** Puts a text where the cursor is, over what is chosen. */
  insert(text: string): void;
  /** Puts another text in the place of a part; it can be undone. */
  replace(start: number, end: number, text: string): void;
  /** Brings a place into sight and the cursor there. */
  reveal(start: number, length?: number): void;
  /** The text and the cursor's place as they are now; undefined while there is no editor. */
  now(): { readonly text: string; readonly cursor: number } | undefined;
  /** What somebody has chosen; undefined where nothing is. */
  chosen(): { readonly start: number; readonly end: number } | undefined;
  /** Goes to the next place with a problem. */
  nextProblem(): void;
  /** Lays the whole text out. */
  format(): void;
}

/** The range of a part of the text. */
export function rangeOf(model: monaco.editor.ITextModel, start: number, length: number): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(start + length));
}

/** The handle of an editor that is not there yet and may go. */
export function handleOf(editor: { readonly current: monaco.editor.IStandaloneCodeEditor | undefined }): EditorHandle {
  const edit = (range: monaco.IRange, text: string) => {
    editor.current?.pushUndoStop();
    editor.current?.executeEdits(OWNER, [{ range, text, forceMoveMarkers: true }]);
    editor.current?.pushUndoStop();
  };
  const withModel = <T>(run: (model: monaco.editor.ITextModel) => T): T | undefined => {
    const model = editor.current?.getModel();
    return model ? run(model) : undefined;
  };
  return {
    focus: () => editor.current?.focus(),
    insert: (text) => {
      const selection = editor.current?.getSelection();
      if (selection) edit(selection, text);
      editor.current?.focus();
    },
    replace: (start, end, text) => withModel((model) => edit(rangeOf(model, start, end - start), text)),
    reveal: (start, length = 0) =>
      withModel((model) => {
        const range = rangeOf(model, start, length);
        editor.current?.setSelection(range);
        editor.current?.revealRangeInCenterIfOutsideViewport(range);
        editor.current?.focus();
      }),
    now: () =>
      withModel((model) => ({
        text: model.getValue(),
        cursor: model.getOffsetAt(editor.current?.getPosition() ?? { lineNumber: 1, column: 1 }),
      })),
    chosen: () =>
      withModel((model) => {
        const selection = editor.current?.getSelection();
        if (!selection || selection.isEmpty()) return undefined;
        return {
          start: model.getOffsetAt(selection.getStartPosition()),
          end: model.getOffsetAt(selection.getEndPosition()),
        };
      }),
    nextProblem: () => {
      editor.current?.focus();
      editor.current?.trigger(OWNER, 'editor.action.marker.nextInFiles', {});
    },
    format: () => {
      editor.current?.focus();
      void editor.current?.getAction('editor.action.formatDocument')?.run();
    },
  };
}
