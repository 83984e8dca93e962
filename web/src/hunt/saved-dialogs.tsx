import { useEffect, useState } from 'react';
import type { SavedQuery } from '../../../src/server/workbench/queries/saved-query-file.ts';
import { call, getJson } from '../api/call.ts';
import { useMe } from '../api/me.ts';
import { Button, Dialog, EmptyState, FailureNotice, IconButton, Notice, SearchField, TextField } from '../ui/index.ts';
import { firstLines } from './history-dialog.tsx';
import css from './query-list.module.css';

const pathOf = (name: string): string => `/api/v1/saved-queries/${encodeURIComponent(name)}`;

/** Saves a query for everybody who hunts here. Throws `ServerError`. */
export const saveQuery = async (name: string, text: string, description: string): Promise<void> => {
  await call('PUT', pathOf(name), { body: { text, description } });
};

export interface SavedDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onOpen: (saved: SavedQuery) => void;
}

/** The queries that are saved on the server. */
export function SavedDialog({ isOpen, onClose, onOpen }: SavedDialogProps) {
  const { may } = useMe();
  const [all, setAll] = useState<readonly SavedQuery[]>();
  const [error, setError] = useState<unknown>();
  const [search, setSearch] = useState('');

  useEffect(() => {
    if (!isOpen) return;
    setError(undefined);
    getJson<readonly SavedQuery[]>('/api/v1/saved-queries').then(setAll, setError);
  }, [isOpen]);

  const remove = async (name: string) => {
    try {
      await call('DELETE', pathOf(name));
      setAll((now) => now?.filter((saved) => saved.name !== name));
    } catch (thrown) {
      setError(thrown);
    }
  };
  const lower = search.toLowerCase();
  const found = all?.filter((saved) =>
    [saved.name, saved.description, saved.text].some((part) => part.toLowerCase().includes(lower)),
  );

  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Saved queries" wide flush>
      <div className={css.search}>
        <SearchField label="Name or words" placeholder="Name or words" value={search} onChange={setSearch} autoFocus />
      </div>
      {error !== undefined && <FailureNotice error={error} />}
      {found?.length === 0 && (
        <EmptyState
          icon="bookmark"
          title={all?.length === 0 ? 'No query is saved yet' : 'No saved query has these words'}
        >
          Ctrl+S saves the query of a tab, for everybody who hunts on this server.
        </EmptyState>
      )}
      <ul className={css.list}>
        {found?.map((saved) => (
          <li key={saved.name} className={css.line}>
            <button
              type="button"
              className={css.entry}
              onClick={() => {
                onOpen(saved);
                onClose();
              }}
            >
              <strong className={css.name}>{saved.name}</strong>
              {saved.description && <span>{saved.description}</span>}
              <pre className={css.text}>{firstLines(saved.text)}</pre>
              <span className={css.note}>
                {saved.savedBy}, {saved.savedAt.slice(0, 16).replace('T', ' ')} UTC
              </span>
            </button>
            {may('edit') && (
              <IconButton icon="trash" label={`Remove ${saved.name}`} small onPress={() => void remove(saved.name)} />
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

export interface SaveDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly name: string;
  readonly text: string;
  readonly onSaved: (name: string) => void;
}

/** Asks for the name under which a query is saved. */
export function SaveDialog({ isOpen, onClose, name: first, text, onSaved }: SaveDialogProps) {
  const { may } = useMe();
  const [name, setName] = useState(first);
  const [description, setDescription] = useState('');
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    if (!isOpen) return;
    setName(first);
    setDescription('');
    setError(undefined);
  }, [isOpen, first]);

  const save = async () => {
    try {
      await saveQuery(name.trim(), text, description.trim());
      onSaved(name.trim());
      onClose();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const mayNot = !may('edit');
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Save the query"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            look="primary"
            isDisabled={mayNot || name.trim() === '' || text.trim() === ''}
            onPress={() => void save()}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (!mayNot && name.trim() !== '') void save();
        }}
      >
        {mayNot && <Notice tone="warn">You may read here, and not save. A hunter or an administrator can.</Notice>}
        {error !== undefined && <FailureNotice error={error} />}
        <TextField label="Name" value={name} onChange={setName} maxLength={120} autoFocus />
        <TextField label="What it finds" value={description} onChange={setDescription} maxLength={2000} lines={2} />
        <p className={css.note}>Everybody who hunts on this server sees it. What has the same name is replaced.</p>
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
