import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { CardFinding, RulePage } from '../../../src/server/workbench/rules/rule-card.ts';
import { call, postJson, sendJson } from '../api/index.ts';
import { useActions } from '../keys/index.ts';
import { Button, FailureNotice, Kbd, Notice, Segments, Spinner, TextField, useToast } from '../ui/index.ts';
import { type Draft, drafts, hasEdits } from './drafts.ts';
import { Findings } from './findings.tsx';
import { prove } from './proof-run.ts';
import { ProofView } from './proof-view.tsx';
import { RemoveButton } from './remove-button.tsx';
import css from './rule-editor.module.css';
import { marksOf } from './rule-marks.ts';
import { type RuleRun, RunView } from './run-view.tsx';
import type { TextEditorHandle } from './text-editor.tsx';
import { useLint } from './use-lint.ts';
import { rulePath } from './use-rules.ts';
import { useWork } from './use-work.ts';

/** Monaco, which is only loaded where something is written. */
const TextEditor = lazy(() => import('./text-editor.tsx'));

const none: readonly never[] = [];

/** Writes a rule and its tests: linted as one writes, run and proved before it is saved among the store's own rules. */
export function RuleEditor(props: {
  readonly rule: RulePage;
  readonly isReadOnly: boolean;
  readonly onSaved: () => void;
}) {
  const { rule, isReadOnly, onSaved } = props;
  const saved = useMemo<Draft>(
    () => ({ name: rule.path.split('/').at(-1) ?? `${rule.key}.yaml`, text: rule.text, tests: rule.testText ?? '' }),
    [rule],
  );
  // What is edited after a rule of one's own is removed is the rule of the pack.
  const [removals, setRemovals] = useState(0);
  const remove = async () => {
    await call('DELETE', `/api/v1/rules/${encodeURIComponent(rule.key)}`);
    drafts.forget(saved.name);
    setRemovals((count) => count + 1);
    onSaved();
  };
  return (
    <DraftEditor
      key={removals}
      saved={saved}
      isReadOnly={isReadOnly}
      onSaved={onSaved}
      note={
        rule.origin === 'pack' && !isReadOnly
          ? 'This rule comes with mailhunt. What you save becomes your own copy, which counts in its place.'
          : undefined
      }
      {...(rule.origin === 'own' && { onRemove: remove })}
    />
  );
}

interface DraftEditorProps {
  readonly saved: Draft;
  readonly isReadOnly?: boolean;
  readonly note?: string | undefined;
  /** The name of the file may be chosen: a new rule. */
  readonly isNew?: boolean;
  readonly onSaved: () => void;
  readonly onRemove?: () => Promise<void>;
}

/** The texts of a rule, with what the linter says beside them. */
export function DraftEditor({ saved, isReadOnly = false, note, isNew = false, onSaved, onRemove }: DraftEditorProps) {
  const draftKey = isNew ? '' : saved.name;
  const [draft, setDraft] = useState(() => drafts.of(draftKey, saved) ?? saved);
  useEffect(() => drafts.keep(draftKey, saved, draft), [draftKey, saved, draft]);
  const [part, setPart] = useState<'text' | 'tests'>('text');
  const [shown, setShown] = useState<'lint' | 'result' | 'proof'>('lint');
  const [, go] = useLocation();
  const toast = useToast();
  const { linted, error } = useLint(draft);
  const editor = useRef<TextEditorHandle>(null);
  const marks = useMemo(() => marksOf(linted?.findings ?? [], linted?.problems ?? []), [linted]);
  const show = ({ line, column }: CardFinding) => {
    setPart('text');
    // The editor of the other text goes first.
    requestAnimationFrame(() => editor.current?.go(line, column));
  };
  const key = draft.name.replace(/\.[^.]+$/, '');
  const body = { name: draft.name, text: draft.text, ...(draft.tests.trim() !== '' && { tests: draft.tests }) };
  const run = useWork((signal) => postJson<RuleRun>('/api/v1/rules/run', body, signal));
  const proof = useWork((signal, tell) => prove(body, 5, signal, tell));
  const saving = useWork(async () => {
    await sendJson('PUT', `/api/v1/rules/${encodeURIComponent(key)}`, body);
    drafts.forget(draftKey);
    toast(`${draft.name} is saved`);
    onSaved();
    if (isNew) go(rulePath(key));
  });
  const isEdited = hasEdits(draft, saved);
  const isChanged = isEdited || isNew;
  useWarning(isEdited);
  useActions(
    isReadOnly
      ? []
      : [{ name: 'Save this rule', keys: 'Ctrl+S', group: 'Rule', run: () => isChanged && saving.start() }],
  );
  return (
    <div className={css.editor}>
      {note && <Notice>{note}</Notice>}
      <div className={css.bar}>
        {isNew && (
          <TextField
            label="File"
            value={draft.name}
            onChange={(name) => setDraft({ ...draft, name })}
            error={
              /^[a-z0-9][a-z0-9._-]*\.(ya?ml|json|kql|md)$/.test(draft.name)
                ? undefined
                : 'Small letters, digits and dashes, ending in .yaml'
            }
          />
        )}
        <Segments
          label="What is edited"
          chosen={part}
          onChoose={setPart}
          options={[
            { id: 'text', name: 'Rule' },
            { id: 'tests', name: 'Tests' },
          ]}
        />
        {!isReadOnly && (
          <>
            <Button
              icon="play"
              onPress={() => {
                setShown('result');
                run.start();
              }}
            >
              Run
            </Button>
            <Button
              icon="good"
              isDisabled={draft.tests.trim() === ''}
              onPress={() => {
                setShown('proof');
                proof.start();
              }}
            >
              Prove
            </Button>
            <Button look="primary" icon="save" isDisabled={!isChanged || saving.isRunning} onPress={saving.start}>
              Save
            </Button>
            {isEdited && (
              <Button look="quiet" icon="refresh" onPress={() => setDraft(saved)}>
                Discard
              </Button>
            )}
            {onRemove && <RemoveButton name={draft.name} onRemove={onRemove} />}
          </>
        )}
      </div>
      {saving.error !== undefined && <FailureNotice error={saving.error} />}
      <div className={css.halves}>
        <div className={css.written}>
          <Suspense fallback={<pre className={css.text}>{draft[part]}</pre>}>
            <TextEditor
              key={part}
              ref={editor}
              className={css.text}
              label={part === 'text' ? 'The rule’s file' : 'The tests beside it'}
              name={part === 'text' ? draft.name : 'tests.yaml'}
              isReadOnly={isReadOnly}
              text={draft[part]}
              marks={part === 'text' ? marks : none}
              onChange={(text) => setDraft((now) => ({ ...now, [part]: text }))}
            />
          </Suspense>
          <p className={css.hint}>
            {part === 'tests' && 'docs/rule-tests.md shows the form of tests. '}
            <Kbd keys="Ctrl+M" /> lets Tab leave the editor, <Kbd keys="F8" /> goes to the next finding.
          </p>
        </div>
        <div className={css.beside}>
          <Segments
            label="What is shown beside it"
            chosen={shown}
            onChoose={setShown}
            options={[
              { id: 'lint', name: linted ? `Lint (${linted.findings.length + linted.problems.length})` : 'Lint' },
              { id: 'result', name: 'Result' },
              { id: 'proof', name: 'Proof' },
            ]}
          />
          {shown === 'lint' && !linted && error === undefined && <Spinner label="The linter reads it" />}
          {shown === 'lint' && error !== undefined && <FailureNotice error={error} />}
          {shown === 'lint' && linted?.problems.map((problem) => <Notice key={problem} tone="bad" title={problem} />)}
          {shown === 'lint' && linted && linted.problems.length === 0 && (
            <Findings findings={linted.findings} onGo={show} />
          )}
          {shown === 'result' && <RunView work={run} />}
          {shown === 'proof' && <ProofView rule={{ standing: {} }} work={proof} />}
        </div>
      </div>
    </div>
  );
}

/** Asks before the window goes with what is not saved. */
function useWarning(isEdited: boolean): void {
  useEffect(() => {
    if (!isEdited) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isEdited]);
}
