import { useState } from 'react';
import { Button, Dialog, Menu, type MenuGroup, TextField, useRemembered } from '../../ui/index.ts';
import { givenSearches, readSaved, type SavedSearch, withSaved } from './saved-searches.ts';

export interface SavedMenuProps {
  readonly text: string;
  readonly onTake: (text: string) => void;
}

/** Searches that come with the page and those that this browser keeps. */
export function SavedMenu({ text, onTake }: SavedMenuProps) {
  const [saved, setSaved] = useRemembered<readonly SavedSearch[]>('messages.searches', readSaved, []);
  const [name, setName] = useState<string>();
  const row = (one: SavedSearch) => ({ id: one.name, name: one.name, hint: one.text, run: () => onTake(one.text) });
  const groups: MenuGroup[] = [
    ...(saved.length > 0
      ? [{ name: 'Saved here', rows: saved.map((one) => ({ ...row(one), id: `own ${one.name}` })) }]
      : []),
    { name: 'To begin with', rows: givenSearches.map(row) },
    {
      name: 'This search',
      rows: [
        {
          id: 'save',
          name: 'Save it …',
          icon: 'save',
          isDisabled: text.trim() === '',
          run: () => setName(text.trim().slice(0, 60)),
        },
        ...(saved.some((one) => one.text === text)
          ? [
              {
                id: 'forget',
                name: 'Forget it',
                icon: 'trash' as const,
                run: () => setSaved(saved.filter((one) => one.text !== text)),
              },
            ]
          : []),
      ],
    },
  ];
  const save = () => {
    if (name?.trim()) setSaved(withSaved(saved, { name: name.trim().slice(0, 60), text: text.trim() }));
    setName(undefined);
  };
  return (
    <>
      <Menu label="Saved searches" groups={groups}>
        <Button icon="bookmark">Searches</Button>
      </Menu>
      <Dialog
        isOpen={name !== undefined}
        onClose={() => setName(undefined)}
        title="Save the search"
        actions={
          <Button look="primary" onPress={save}>
            Save
          </Button>
        }
      >
        <TextField label="Name" value={name ?? ''} onChange={setName} autoFocus hint="Kept in this browser" />
      </Dialog>
    </>
  );
}
