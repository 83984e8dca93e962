import type { AttachmentFacts } from '../../../../src/evidence/index.ts';
import type { ShownFile } from '../../../../src/server/workbench/messages/source.ts';
import { useJson } from '../../api/index.ts';
import { Badge, CopyButton, Notice, Table } from '../../ui/index.ts';
import { Hostile } from '../text/hostile.tsx';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

/** The files of a message: what they are, and where the message itself is there, a way to save them. */
export function AttachmentsTab({ means }: { readonly means: TabMeans }) {
  const canSave = means.shown.hasSource && means.mayReadBodies;
  const { value } = useJson<{ files: readonly ShownFile[] }>(canSave ? `${means.base}/files` : undefined);
  const files = value?.files ?? [];
  const { attachments } = means.shown.message;
  return (
    <div className={css.content}>
      {canSave && (
        <Notice tone="warn">
          A file that is saved is as the sender made it. Open it only where it can do no harm.
        </Notice>
      )}
      <Table
        label="Attachments"
        rows={attachments}
        keyOf={({ sha256, fileName }) => `${sha256} ${fileName}`}
        empty="The message carries no file."
        columns={[
          {
            name: 'Name',
            grows: true,
            cell: (file) => (
              <span className={css.cell}>
                <Hostile text={file.fileName || 'no name'} most={200} />
              </span>
            ),
          },
          { name: 'Is', cell: ({ fileType }) => <span className={css.name}>{fileType || 'not known'}</span> },
          { name: 'Bytes', numeric: true, cell: ({ size }) => size?.toLocaleString('en') ?? '–' },
          {
            name: 'SHA-256',
            mono: true,
            cell: ({ sha256 }) =>
              sha256 && (
                <span className={css.name}>
                  <Hostile text={sha256} most={16} mono />
                  <CopyButton text={sha256} label="Copy the SHA-256" />
                </span>
              ),
          },
          { name: 'Threats', cell: ({ threatTypes }) => threatTypes && <Badge tone="bad">{threatTypes}</Badge> },
          { name: 'Save', cell: (file) => <Save base={means.base} file={fileOf(files, file)} /> },
        ]}
      />
    </div>
  );
}

/** The file of the message that a row of the table means: by its name, as far as that is the only one. */
const fileOf = (files: readonly ShownFile[], { fileName }: AttachmentFacts): ShownFile | undefined =>
  files.find((file) => file.fileName === fileName);

const Save = ({ base, file }: { readonly base: string; readonly file: ShownFile | undefined }) =>
  file && (
    <a href={`${base}/attachments/${file.number}`} download>
      Save
    </a>
  );
