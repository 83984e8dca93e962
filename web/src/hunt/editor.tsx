import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { SchemaAnswer } from '../../../src/server/workbench/queries/schema.ts';
import { useTheme } from '../ui/theme.ts';
import './editor.css';
import { LANGUAGE, monaco, OWNER, provideFormatter, setEditorSchema, showTheme } from '../editor/monaco.ts';
import { options } from '../editor/options.ts';
import { editorSchema } from '../editor/schema.ts';
import { statementAt } from '../editor/statements.ts';
import { colourWhole } from './colouring.ts';
import type { EditorActions } from './editor-actions.ts';
import { type EditorHandle, handleOf, rangeOf } from './editor-handle.ts';
import { addActions } from './editor-keys.ts';
import type { Problem } from './problems.ts';

/** What the editor shows, and tells the page. */
export interface EditorProps extends EditorActions {
  /** Each tab has its own text, cursor and way back. */
  readonly tab: string;
  /** The ids of all tabs, with spaces between: of what is closed the text is let go. */
  readonly tabs: string;
  /** The text and cursor with which a tab begins. */
  readonly text: string;
  readonly cursor: number;
  readonly schema: SchemaAnswer | undefined;
  readonly problems: readonly Problem[];
  readonly isRunning: boolean;
  readonly onChange: (tab: string, text: string) => void;
  readonly onCursor: (tab: string, offset: number) => void;
  /** The text laid out; undefined where it cannot be. */
  readonly onFormat: (text: string) => Promise<string | undefined>;
  readonly ref: Ref<EditorHandle>;
}

const models = new Map<string, monaco.editor.ITextModel>();

/** The KQL editor. */
export default function Editor(props: EditorProps) {
  const { tab, tabs, text, cursor, schema, problems, isRunning, ref } = props;
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const theme = useTheme();
  const running = useRef<monaco.editor.IContextKey<boolean>>(undefined);

  useEffect(() => {
    if (!box.current) return;
    const model = modelOf(latest.current.tab, latest.current.text);
    const made = monaco.editor.create(box.current, { ...options, model, theme: 'mailhunt' });
    made.setPosition(model.getPositionAt(latest.current.cursor));
    editor.current = made;
    running.current = made.createContextKey('mailhuntRunning', false);
    const statement = made.createDecorationsCollection();
    const mark = () => statement.set(decorationsOf(made));
    addActions(made, latest);
    const formatter = provideFormatter((given) => latest.current.onFormat(given));
    const parts = [
      formatter,
      made.onDidChangeModelContent(() => {
        mark();
        latest.current.onChange(latest.current.tab, made.getValue());
      }),
      made.onDidChangeCursorPosition(() => {
        mark();
        latest.current.onCursor(latest.current.tab, offsetOf(made));
      }),
      made.onDidChangeModel(mark),
    ];
    mark();
    return () => {
      for (const part of parts) part.dispose();
      made.dispose();
      for (const known of models.values()) known.dispose();
      models.clear();
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: text and cursor are where a tab begins, then they are the editor's
  useEffect(() => {
    const made = editor.current;
    if (!made) return;
    const isNew = !models.has(tab);
    const model = modelOf(tab, text);
    if (made.getModel() === model) return;
    made.setModel(model);
    if (isNew) void colourWhole(model);
    const position = model.getPositionAt(isNew ? cursor : Math.min(cursor, model.getValueLength()));
    made.setPosition(position);
    made.revealPositionInCenterIfOutsideViewport(position);
  }, [tab]);

  useEffect(() => {
    for (const [id, model] of models) {
      if (tabs.split(' ').includes(id)) continue;
      models.delete(id);
      model.dispose();
    }
  }, [tabs]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (schema && model) void setEditorSchema(editorSchema(schema), model).then(() => colourWhole(model));
  }, [schema]);

  useEffect(() => {
    const model = models.get(tab);
    if (model) monaco.editor.setModelMarkers(model, OWNER, markersOf(problems, model));
  }, [problems, tab]);

  useEffect(() => running.current?.set(isRunning), [isRunning]);

  useEffect(() => showTheme(theme === 'dark'), [theme]);

  useImperativeHandle(ref, () => handleOf(editor), []);

  return <div ref={box} className="kql-editor" />;
}

function modelOf(tab: string, text: string): monaco.editor.ITextModel {
  const known = models.get(tab);
  if (known) return known;
  const model = monaco.editor.createModel(text, LANGUAGE, monaco.Uri.parse(`inmemory://hunt/${tab}.kql`));
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  models.set(tab, model);
  return model;
}

const offsetOf = (editor: monaco.editor.IStandaloneCodeEditor): number => {
  const [model, position] = [editor.getModel(), editor.getPosition()];
  return model && position ? model.getOffsetAt(position) : 0;
};

/** A bar beside the query that would run, where there are several. */
function decorationsOf(editor: monaco.editor.IStandaloneCodeEditor): monaco.editor.IModelDeltaDecoration[] {
  const model = editor.getModel();
  const found = model && statementAt(model.getValue(), offsetOf(editor));
  if (!found) return [];
  const range = rangeOf(model, found.start, found.end - found.start);
  return [{ range, options: { isWholeLine: true, linesDecorationsClassName: 'kql-current' } }];
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const;

const markersOf = (problems: readonly Problem[], model: monaco.editor.ITextModel): monaco.editor.IMarkerData[] =>
  problems.flatMap(({ severity, code, message, advice, start, length }) => {
    if (start === undefined) return [];
    // a place at which something is missing has no length, and would not be seen
    const range = rangeOf(model, Math.min(start, model.getValueLength()), Math.max(1, length ?? 1));
    return [{ ...range, severity: severities[severity], code, message: advice ? `${message}\n${advice}` : message }];
  });
