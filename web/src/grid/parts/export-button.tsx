import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { csvOf } from '../export/csv.ts';
import { fileName } from '../export/file-name.ts';
import { jsonFile } from '../export/json.ts';
import { saveFile } from '../export/save-file.ts';
import type { MadeFile, ShownTable } from '../export/shown-table.ts';
import { type Pace, paceOf } from '../view/paced.ts';

interface Format {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly extension: string;
  readonly make: (table: ShownTable, pace: Pace) => Promise<MadeFile>;
}

const FORMATS: readonly Format[] = [
  {
    id: 'csv',
    name: 'CSV',
    hint: "For spreadsheets: what would run as a formula gets a ' before it",
    extension: 'csv',
    make: (table, pace) => csvOf(table, true, pace),
  },
  {
    id: 'csv-exact',
    name: 'CSV, exact',
    hint: 'For programs: every text as it is',
    extension: 'csv',
    make: (table, pace) => csvOf(table, false, pace),
  },
  { id: 'json', name: 'JSON', hint: 'An object a row', extension: 'json', make: jsonFile },
  {
    id: 'xlsx',
    name: 'Excel workbook',
    hint: 'Numbers and times keep their types',
    extension: 'xlsx',
    make: async (table, pace) => (await import('../export/xlsx.ts')).xlsxOf(table, pace),
  },
];

interface ExportButtonProps {
  /** What is shown, worked out when it is wanted. */
  readonly table: () => ShownTable;
  readonly onSaid: (said: string) => void;
  /** Draws the chart as a picture, where one is shown. */
  readonly picture: (() => Promise<Blob | undefined>) | undefined;
}

/** Saves what is shown as a file. */
export function ExportButton({ table, onSaid, picture }: ExportButtonProps) {
  const [busy, setBusy] = useState(false);
  const save = async (extension: string, make: () => Promise<MadeFile | undefined>) => {
    setBusy(true);
    try {
      const made = await make();
      if (made) saveFile(made.file, fileName(table().title, extension, new Date()));
      onSaid(made ? ['Saved.', ...made.notes].join(' ') : 'There is no picture to save.');
    } catch (error) {
      onSaid(`The file could not be made: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      setBusy(false);
    }
  };
  const formats = FORMATS.map(({ id, name, hint, extension, make }) => ({
    id,
    name,
    hint,
    run: () => void save(extension, () => make(table(), paceOf(new AbortController().signal))),
  }));
  const png = {
    id: 'png',
    name: 'PNG',
    hint: 'The chart as a picture',
    run: () =>
      void save('png', async () => {
        const file = await picture?.();
        return file && { file, notes: [] };
      }),
  };
  return (
    <Menu label="Export what is shown" placement="bottom end" groups={picture ? [...formats, png] : formats}>
      <IconButton icon="download" label="Export what is shown" small isDisabled={busy} />
    </Menu>
  );
}
