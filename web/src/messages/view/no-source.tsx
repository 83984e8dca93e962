import { EmptyState } from '../../ui/index.ts';
import css from './message-page.module.css';
import type { TabMeans } from './message-tabs.tsx';

/** Why the message itself cannot be shown. */
export function NoSource({ means }: { readonly means: TabMeans }) {
  return (
    <div className={css.content}>
      {means.shown.hasSource ? (
        <EmptyState icon="shield" title="You may not read what people wrote">
          An administrator gives the right “bodies” by name.
        </EmptyState>
      ) : (
        <EmptyState icon="messages" title="The message itself was not kept">
          Its rows are all there is. Raw mail is kept where mailhunt ingest takes it in with --keep; an export of
          Defender holds rows only.
        </EmptyState>
      )}
    </div>
  );
}
