import { lazy, Suspense, useCallback, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { statementsIn } from '../editor/statements.ts';
import type { ResultViewProps } from '../grid/contract.ts';
import { useActions } from '../keys/index.ts';
import { EmptyState, Page, Spinner, SplitPane } from '../ui/index.ts';
import { HistoryDialog } from './history-dialog.tsx';
import css from './hunt.module.css';
import { ParametersBar } from './parameters-bar.tsx';
import type { Problem } from './problems.ts';
import { QueryToolbar } from './query-toolbar.tsx';
import type { Run } from './run.ts';
import { SaveDialog, SavedDialog } from './saved-dialogs.tsx';
import { SchemaPanel } from './schema-panel.tsx';
import { StatusLine } from './status-line.tsx';
import { TabStrip } from './tab-strip.tsx';
import { closeTab, LONGEST_KEPT, openTab } from './tabs.ts';
import { type Hunt, useHunt } from './use-hunt.ts';

const Editor = lazy(() => import('./editor.tsx'));
const ResultView = lazy(() => import('../grid/result-view.tsx'));

const PANEL = 'hunt-panel';

/** The Hunt page: queries in tabs, the schema beside them, results below. */
export default function HuntPage() {
  const hunt = useHunt();
  const { tab, tabs, change, edit, editor, dialog, setDialog, isRunning } = hunt;
  useActions([
    { name: 'Run the query at the cursor', keys: 'Shift+Enter', group: 'Hunt', isHandled: true, run: hunt.runCurrent },
    { name: 'Run all queries of the tab', keys: 'Ctrl+Shift+Enter', group: 'Hunt', isHandled: true, run: hunt.runAll },
    ...(isRunning ? [{ name: 'Cancel the query', keys: 'Escape', group: 'Hunt', run: hunt.cancel }] : []),
    { name: 'Save the query', keys: 'Ctrl+S', group: 'Hunt', run: hunt.save },
    {
      name: 'Lay out the text',
      keys: 'Alt+Shift+F',
      group: 'Hunt',
      isHandled: true,
      run: () => editor.current?.format(),
    },
    {
      name: 'Go to the next problem',
      keys: 'F8',
      group: 'Hunt',
      isHandled: true,
      run: () => editor.current?.nextProblem(),
    },
    { name: 'Open a new tab', group: 'Hunt', run: () => hunt.open({ text: '' }) },
    { name: 'Show the history', group: 'Hunt', run: () => setDialog('history') },
    { name: 'Show the saved queries', group: 'Hunt', run: () => setDialog('saved') },
    { name: 'Copy a link to the query', group: 'Hunt', run: hunt.share },
    { name: 'Show or hide the schema', group: 'Hunt', run: () => hunt.setHasSchema(!hunt.hasSchema) },
  ]);
  return (
    <Page title="Hunt" fill bare>
      <SplitPane
        name="hunt.schema"
        label="Width of the schema"
        direction="columns"
        initial={23}
        min={12}
        max={45}
        isFirstHidden={!hunt.hasSchema}
        first={<SchemaPanel {...hunt.schema} onInsert={(text) => editor.current?.insert(text)} />}
        second={
          <>
            <TabStrip
              tabs={tabs}
              panel={PANEL}
              isRunning={(id) => id === tab.id && isRunning}
              onChoose={(id) => change((now) => ({ ...now, active: id }))}
              onOpen={() => hunt.open({ text: '' })}
              onClose={(id) => change((now) => closeTab(now, id))}
              onCloseOthers={(id) => change(({ all }) => ({ active: id, all: all.filter((one) => one.id === id) }))}
              onCopy={() => change((now) => openTab(now, { ...tab, name: `${tab.name} (copy)` }))}
              onRename={(id, name) => edit({ name }, id)}
            />
            <QueryPanel {...hunt} />
          </>
        }
      />
      <HistoryDialog
        isOpen={dialog === 'history'}
        onClose={() => setDialog(undefined)}
        onOpen={(text) => hunt.open({ text })}
      />
      <SavedDialog
        isOpen={dialog === 'saved'}
        onClose={() => setDialog(undefined)}
        onOpen={({ name, text }) => hunt.open({ name, text, saved: name })}
      />
      <SaveDialog
        isOpen={dialog === 'save'}
        onClose={() => setDialog(undefined)}
        name={tab.name}
        text={tab.text}
        onSaved={(name) => edit({ name, saved: name })}
      />
    </Page>
  );
}

/** The tab in front: its query above, its result below. */
function QueryPanel(hunt: Hunt) {
  const { tab, checks, edit, editor, run } = hunt;
  const { current, problems } = checks;
  const [, navigate] = useLocation();
  const openMessage = (id: string) => navigate(`~/messages/${encodeURIComponent(id)}`);
  const limitsTime = current?.limitsTime ?? false;
  const lineOf = useCallback((start: number) => tab.text.slice(0, start).split('\n').length, [tab.text]);
  const go = ({ start, length }: Problem) => start !== undefined && editor.current?.reveal(start, length);
  return (
    <div id={PANEL} role="tabpanel" aria-labelledby={`hunt-tab-${tab.id}`} className={css.panel}>
      <QueryToolbar
        commands={{
          run: hunt.runCurrent,
          runAll: hunt.runAll,
          cancel: hunt.cancel,
          format: () => editor.current?.format(),
          save: hunt.save,
          openSaved: () => hunt.setDialog('saved'),
          openHistory: () => hunt.setDialog('history'),
          share: hunt.share,
          toggleSchema: () => hunt.setHasSchema(!hunt.hasSchema),
        }}
        isRunning={hunt.isRunning}
        hasSchema={hunt.hasSchema}
        hasSeveral={statementsIn(tab.text).length > 1}
        time={{ range: tab.range, limitsTime, onChange: (range) => edit({ range }) }}
        found={{ problems, lineOf, onGo: go }}
      />
      <SplitPane
        name="hunt.editor"
        label="Height of the editor"
        direction="rows"
        initial={38}
        first={
          <>
            <ParametersBar
              declared={current?.parameters ?? []}
              values={tab.parameters}
              onChange={(parameters) => edit({ parameters })}
            />
            {tab.text.length > LONGEST_KEPT && (
              <p className={css.long}>This text is too long to be there again after a reload. Save it.</p>
            )}
            <QueryEditor {...hunt} />
          </>
        }
        second={
          run ? (
            <section className={css.result} aria-label="Result" data-region tabIndex={-1}>
              <StatusLine run={run} onCancel={hunt.cancel} lineOf={lineOf} onGo={go} />
              <ResultArea
                run={run}
                onAddFilter={hunt.addFilter}
                onTimeRange={hunt.narrowTime}
                onOpenMessage={openMessage}
              />
            </section>
          ) : (
            <EmptyState icon="hunt" title="Nothing has run yet">
              Shift+Enter runs the query that the cursor is in.
            </EmptyState>
          )
        }
      />
    </div>
  );
}

/** The rows; nothing where there is nothing but an error, which stands above. */
function ResultArea({ run, ...actions }: { readonly run: Run } & Omit<ResultViewProps, 'result'>) {
  const { result } = run;
  const { state, tables } = useSyncExternalStore(result.subscribe, result.snapshot);
  if (tables.length === 0 && state !== 'running') return null;
  return (
    <div className={css.view}>
      <Suspense fallback={<Spinner label="Loading" />}>
        <ResultView result={result} {...actions} />
      </Suspense>
    </div>
  );
}

function QueryEditor({ tab, tabs, schema, checks, isRunning, editor, edit, ...hunt }: Hunt) {
  const ids = tabs.all.map(({ id }) => id).join(' ');
  return (
    <Suspense fallback={<pre className={css.waiting}>{tab.text}</pre>}>
      <Editor
        ref={editor}
        tab={tab.id}
        tabs={ids}
        text={tab.text}
        cursor={tab.cursor}
        schema={schema.schema}
        problems={checks.problems}
        isRunning={isRunning}
        onChange={(id, text) => edit({ text }, id)}
        onCursor={(id, cursor) => edit({ cursor }, id)}
        onRun={hunt.runCurrent}
        onRunAll={hunt.runAll}
        onCancel={hunt.cancel}
        onSave={hunt.save}
        onFormat={hunt.format}
      />
    </Suspense>
  );
}
