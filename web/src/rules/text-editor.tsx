import 'monaco-editor/esm/vs/basic-languages/yaml/yaml.contribution.js';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { monaco, OWNER, showTheme } from '../editor/monaco.ts';
import { leavePaletteKey, options } from '../editor/options.ts';
import { useTheme } from '../ui/theme.ts';
import { languageOf, type RuleMark } from './rule-marks.ts';

/** What the page can do with the editor. */
export interface TextEditorHandle {
  /** Puts the cursor at a place, lines and columns from 1. */
  go(line: number, column: number): void;
}

export interface TextEditorProps {
  readonly label: string;
  /** The file's name: by its end it is coloured. */
  readonly name: string;
  readonly text: string;
  readonly isReadOnly: boolean;
  readonly marks: readonly RuleMark[];
  readonly onChange: (text: string) => void;
  readonly className: string | undefined;
  readonly ref: Ref<TextEditorHandle>;
}

const severities = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  note: monaco.MarkerSeverity.Info,
} as const;

/** The editor of a rule's file: colours, and what the linter says at its place. */
export default function TextEditor({ label, name, text, isReadOnly, marks, className, ref, ...rest }: TextEditorProps) {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<monaco.editor.IStandaloneCodeEditor>(undefined);
  const latest = useRef(rest);
  latest.current = rest;
  const theme = useTheme();

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes later has effects of its own below
  useEffect(() => {
    if (!box.current) return;
    const model = monaco.editor.createModel(text, languageOf(name));
    const made = monaco.editor.create(box.current, {
      ...options,
      model,
      theme: 'mailhunt',
      ariaLabel: `${label}. F8 goes to the next finding, Control+M lets the Tab key leave the editor`,
      tabSize: 2,
      quickSuggestions: false,
      suggestOnTriggerCharacters: false,
      readOnly: isReadOnly,
      domReadOnly: isReadOnly,
    });
    leavePaletteKey(made);
    editor.current = made;
    const listener = model.onDidChangeContent(() => latest.current.onChange(model.getValue()));
    return () => {
      listener.dispose();
      made.dispose();
      model.dispose();
    };
  }, []);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model && model.getValue() !== text) model.setValue(text);
  }, [text]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) monaco.editor.setModelLanguage(model, languageOf(name));
  }, [name]);

  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) monaco.editor.setModelMarkers(model, OWNER, marks.map(markerOf(model)));
  }, [marks]);

  useEffect(() => showTheme(theme === 'dark'), [theme]);

  useImperativeHandle(ref, () => ({
    go: (lineNumber, column) => {
      editor.current?.setPosition({ lineNumber, column });
      editor.current?.revealPositionInCenterIfOutsideViewport({ lineNumber, column });
      editor.current?.focus();
    },
  }));

  return <div ref={box} className={className} />;
}

const markerOf =
  (model: monaco.editor.ITextModel) =>
  ({ line, column, endColumn, severity, code, message }: RuleMark): monaco.editor.IMarkerData => ({
    ...model.validateRange(new monaco.Range(line, column, line, endColumn)),
    severity: severities[severity],
    code,
    message,
  });
