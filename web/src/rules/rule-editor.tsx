import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { CardFinding, RulePage } from '../../../src/server/workbench/rules/rule-card.ts';
import { call, postJson, sendJson } from '../api/index.ts';
import { useActions } from '../keys/index.ts';
import { Button, FailureNotice, Notice, Segments, TextField, useToast } from '../ui/index.ts';
import { Findings } from './findings.tsx';
import { prove } from './proof-run.ts';
import { ProofView } from './proof-view.tsx';
import css from './rule-editor.module.css';
import { type RuleRun, RunView } from './run-view.tsx';
import { rulePath } from './use-rules.ts';
import { useWork } from './use-work.ts';

interface Draft {
  readonly name: string;
  readonly text: string;
  readonly tests: string;
}

interface Linted {
  readonly findings: readonly CardFinding[];
  readonly problems: readonly string[];
}

/** Milliseconds after the last key before the linter is asked. */
const PAUSE = 600;

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
  const remove = async () => {
    await call('DELETE', `/api/v1/rules/${encodeURIComponent(rule.key)}`);
    onSaved();
  };
  return (
    <DraftEditor
      saved={saved}
      isReadOnly={isReadOnly}
      onSaved={onSaved}
      note={
        rule.origin === 'pack'
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
  const [draft, setDraft] = useState(saved);
  const [part, setPart] = useState<'text' | 'tests'>('text');
  const [shown, setShown] = useState<'lint' | 'result' | 'proof'>('lint');
  const [, go] = useLocation();
  const toast = useToast();
  const { linted, error } = useLint(draft);
  const key = draft.name.replace(/\.[^.]+$/, '');
  const body = { name: draft.name, text: draft.text, ...(draft.tests.trim() !== '' && { tests: draft.tests }) };
  const run = useWork((signal) => postJson<RuleRun>('/api/v1/rules/run', body, signal));
  const proof = useWork((signal, tell) => prove(body, 5, signal, tell));
  const saving = useWork(async () => {
    await sendJson('PUT', `/api/v1/rules/${encodeURIComponent(key)}`, body);
    toast(`${draft.name} is saved`);
    if (isNew) go(rulePath(key));
    else onSaved();
  });
  const isChanged = draft.text !== saved.text || draft.tests !== saved.tests || isNew;
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
            {onRemove && (
              <Button look="danger" icon="trash" onPress={() => void onRemove()}>
                Remove
              </Button>
            )}
          </>
        )}
      </div>
      {saving.error !== undefined && <FailureNotice error={saving.error} />}
      <div className={css.halves}>
        <TextField
          label={part === 'text' ? 'The rule’s file' : 'The tests beside it'}
          bare
          mono
          lines={32}
          isReadOnly={isReadOnly}
          value={draft[part]}
          onChange={(text) => setDraft({ ...draft, [part]: text })}
          {...(part === 'tests' && { placeholder: 'docs/rule-tests.md shows the form of tests' })}
        />
        <div>
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
          {shown === 'lint' && error !== undefined && <FailureNotice error={error} />}
          {shown === 'lint' && linted?.problems.map((problem) => <Notice key={problem} tone="bad" title={problem} />)}
          {shown === 'lint' && linted && linted.problems.length === 0 && <Findings findings={linted.findings} />}
          {shown === 'result' && <RunView work={run} />}
          {shown === 'proof' && <ProofView rule={{ standing: {} }} work={proof} />}
        </div>
      </div>
    </div>
  );
}

/** What the linter says of a draft, a moment after it was last changed. */
function useLint({ name, text }: Draft): { readonly linted: Linted | undefined; readonly error: unknown } {
  const [state, setState] = useState<{ linted?: Linted; error?: unknown }>({});
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      postJson<Linted>('/api/v1/rules/lint', { name, text }, stop.signal).then(
        (linted) => setState({ linted }),
        (error: unknown) => stop.signal.aborted || setState({ error }),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [name, text]);
  return { linted: state.linted, error: state.error };
}
