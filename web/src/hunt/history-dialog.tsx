import { useState, useSyncExternalStore } from 'react';
import { Button, Dialog, EmptyState, SearchField } from '../ui/index.ts';
import { type Ran, searchRuns } from './history.ts';
import css from './query-list.module.css';
import { runList } from './run-list.ts';

export interface HistoryDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpen: (text: string) => void;
}

/** What was run in this browser, newest first. */
export function HistoryDialog({ isOpen, onClose, onOpen }: HistoryDialogProps) {
  const history = useSyncExternalStore(runList.subscribe, runList.history);
  const [search, setSearch] = useState('');
  const found = searchRuns(history, search);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="History"
      wide
      flush
      actions={
        <Button look="danger" isDisabled={history.length === 0} onPress={() => runList.forgetHistory()}>
          Forget all
        </Button>
      }
    >
      <div className={css.search}>
        <SearchField
          label="Words of the query"
          placeholder="Words of the query"
          value={search}
          onChange={setSearch}
          autoFocus
        />
      </div>
      {found.length === 0 && (
        <EmptyState icon="history" title={history.length === 0 ? 'Nothing has run yet' : 'No query has these words'}>
          Queries that run are kept in this browser only.
        </EmptyState>
      )}
      <ul className={css.list}>
        {found.slice(0, 100).map((run) => (
          <li key={run.text}>
            <button
              type="button"
              className={css.entry}
              onClick={() => {
                onOpen(run.text);
                onClose();
              }}
            >
              <pre className={css.text}>{firstLines(run.text)}</pre>
              <span className={css.note}>{noteOf(run)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

const LINES = 4;

/** The beginning of a query, as it is shown in lists. */
export const firstLines = (text: string): string => {
  const lines = text.split('\n');
  return lines.length > LINES ? `${lines.slice(0, LINES).join('\n')}\n…` : text;
};

const words = { done: '', failed: 'failed, ', cancelled: 'cancelled, ' } as const;

const noteOf = ({ at, state, rows, milliseconds }: Ran): string =>
  `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC, ${words[state]}${rows.toLocaleString('en')} rows, ${(milliseconds / 1000).toFixed(1)} s`;
