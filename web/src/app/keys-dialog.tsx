import { type Action, useAllActions } from '../keys/index.ts';
import { Dialog, Kbd } from '../ui/index.ts';
import css from './keys-dialog.module.css';

/** What keys do here: `?`. */
export function KeysDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const groups = Map.groupBy(
    useAllActions().filter(({ keys }) => keys !== undefined),
    ({ group = 'Everywhere' }) => group,
  );
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Keys" wide={groups.size > 1}>
      <div className={css.groups}>
        {[...groups].map(([name, actions]) => (
          <section key={name} className={css.group}>
            <h3>{name}</h3>
            <Keys actions={actions} />
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const Keys = ({ actions }: { readonly actions: readonly Action[] }) => (
  <dl className={css.keys}>
    {actions.map(({ name, keys = '' }) => (
      <div key={`${keys} ${name}`} className={css.row}>
        <dt>{name}</dt>
        <dd>
          <Kbd keys={keys} />
        </dd>
      </div>
    ))}
  </dl>
);
