import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { postJson } from '../api/call.ts';
import { type Statement, statementAt, statementsIn } from '../editor/statements.ts';
import { failureOf, useRemembered, useToast } from '../ui/index.ts';
import { withLine } from './add-line.ts';
import type { EditorHandle } from './editor-handle.ts';
import { parametersFor } from './parameters.ts';
import type { Run } from './run.ts';
import { runList } from './run-list.ts';
import { saveQuery } from './saved-dialogs.tsx';
import { packed } from './share.ts';
import { MOST_TABS, openTab } from './tabs.ts';
import { boundsOf, customRange, type TimeRange } from './time-range.ts';
import { type Checks, useChecks } from './use-checks.ts';
import { type SchemaState, useSchema } from './use-schema.ts';
import { type TabsState, useTabs } from './use-tabs.ts';

/** The dialogs of the page; one is open at most. */
export type OpenDialog = 'history' | 'saved' | 'save' | undefined;

/** All that the Hunt page shows and does. */
export interface Hunt extends TabsState {
  readonly schema: SchemaState;
  readonly checks: Checks;
  readonly run: Run | undefined;
  readonly isRunning: boolean;
  readonly editor: React.RefObject<EditorHandle | null>;
  readonly dialog: OpenDialog;
  readonly setDialog: (dialog: OpenDialog) => void;
  readonly hasSchema: boolean;
  readonly setHasSchema: (has: boolean) => void;
  readonly runCurrent: () => void;
  readonly runAll: () => void;
  readonly cancel: () => void;
  readonly save: () => void;
  readonly share: () => void;
  readonly format: (text: string) => Promise<string | undefined>;
  readonly open: (query: { readonly text: string; readonly name?: string; readonly saved?: string }) => void;
  readonly addFilter: (fragment: string) => void;
  readonly narrowTime: (from: string, to: string) => void;
}

const isNarrow = (): boolean => matchMedia('(max-width: 640px)').matches;

/** The state of the Hunt page. */
export function useHunt(): Hunt {
  const state = useTabs();
  const { tabs, tab, change, edit } = state;
  const schema = useSchema();
  const checks = useChecks(tab.text, tab.cursor, tab.parameters, schema.schema?.version ?? '');
  const editor = useRef<EditorHandle>(null);
  const toast = useToast();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [hasSchema, setHasSchema] = useRemembered(
    'hunt.schema',
    (kept) => (typeof kept === 'boolean' ? kept : undefined),
    !isNarrow(),
  );
  const run = useSyncExternalStore(runList.subscribe, () => runList.of(tab.id));
  const isRunning = useIsRunning(run);

  useEffect(() => runList.keepOnly(tabs.all.map(({ id }) => id)), [tabs]);

  const start = (statements: readonly Statement[], range: TimeRange = tab.range) => {
    if (statements.length === 0) return toast('There is no query to run here', { tone: 'bad' });
    const bounds = boundsOf(range, schema.now());
    runList.start(tab.id, statements, ({ text }) => {
      const parameters = parametersFor(text, tab.parameters);
      return { ...bounds, ...(Object.keys(parameters).length > 0 && { parameters }) };
    });
  };
  // what is typed reaches the tab a moment later, and a key may come before it
  const written = () => editor.current?.now() ?? tab;
  const chosen = (): readonly Statement[] => {
    const { text: whole, cursor } = written();
    const part = editor.current?.chosen();
    const text = part ? whole.slice(part.start, part.end) : '';
    if (part && text.trim() !== '') return [{ ...part, text }];
    const found = statementAt(whole, cursor);
    return found ? [found] : [];
  };
  const open: Hunt['open'] = (query) => {
    if (tabs.all.length >= MOST_TABS) toast(`${MOST_TABS} tabs are open: close one first`, { tone: 'bad' });
    else change((now) => openTab(now, query));
  };

  return {
    ...state,
    schema,
    checks,
    run,
    isRunning,
    editor,
    dialog,
    setDialog,
    hasSchema,
    setHasSchema,
    open,
    runCurrent: () => start(chosen()),
    runAll: () => start(statementsIn(written().text)),
    cancel: () => runList.cancel(tab.id),
    save: () => {
      if (tab.saved === undefined) return setDialog('save');
      saveQuery(tab.saved, written().text, '').then(
        () => toast(`Saved as ${tab.saved}`, { tone: 'good' }),
        (error) => toast(`Not saved: ${failureOf(error).message}`, { tone: 'bad' }),
      );
    },
    share: () => void copyLink({ name: tab.name, text: written().text }, toast),
    format: async (text) => {
      try {
        return await laidOut(text);
      } catch (error) {
        toast(`The text stays as it is: ${failureOf(error).message}`, { tone: 'bad' });
        return undefined;
      }
    },
    addFilter: (fragment) => {
      const { text: whole, cursor } = written();
      const target = ranIn(whole, run) ?? statementAt(whole, cursor);
      if (!target) return;
      const text = withLine(target.text, fragment);
      const added = { start: target.start, end: target.start + text.length, text };
      editor.current?.replace(target.start, target.end, text);
      start([added]);
    },
    narrowTime: (from, to) => {
      const range = customRange(from, to);
      if (!range) return;
      edit({ range });
      start(run?.statements ?? chosen(), range);
    },
  };
}

/** Where what ran stands now; the text may have changed since. */
const ranIn = (text: string, run: Run | undefined): Statement | undefined => {
  const [first, ...others] = run?.statements ?? [];
  if (!first || others.length > 0) return undefined;
  return statementsIn(text).find((statement) => statement.text === first.text);
};

const running = { subscribe: () => () => {}, snapshot: () => undefined };

function useIsRunning(run: Run | undefined): boolean {
  const { subscribe, snapshot } = run?.result ?? running;
  return useSyncExternalStore(subscribe, snapshot)?.state === 'running';
}

/** Each query of a text laid out; what stands between them stays. */
async function laidOut(text: string): Promise<string> {
  const parts: string[] = [];
  let at = 0;
  for (const statement of statementsIn(text)) {
    const { text: after } = await postJson<{ text: string }>('/api/v1/format', { text: statement.text });
    parts.push(text.slice(at, statement.start), after.trimEnd());
    at = statement.end;
  }
  return parts.join('') + text.slice(at);
}

async function copyLink(
  { name, text }: { readonly name: string; readonly text: string },
  toast: ReturnType<typeof useToast>,
): Promise<void> {
  const fragment = await packed({ name, text });
  if (fragment === undefined)
    return toast('The query is too long for a link. Save it, and tell others its name.', { tone: 'bad' });
  const address = `${location.origin}/hunt${fragment}`;
  await navigator.clipboard.writeText(address).then(
    () => toast('The link is copied. It holds the query itself, and no rows.', { tone: 'good' }),
    () => toast('The browser did not let the link be copied', { tone: 'bad' }),
  );
}
