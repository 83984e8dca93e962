import { Fragment } from 'react';
import { searchFields } from '../../../../src/server/workbench/messages/search/fields.ts';
import { IconButton, Popover } from '../../ui/index.ts';
import css from './search-box.module.css';

/** The words of the search, each with an example that a press puts into the box. */
export function SearchHelp({ onTake }: { readonly onTake: (example: string) => void }) {
  return (
    <Popover
      label="Words of the search"
      placement="bottom end"
      trigger={<IconButton icon="info" label="Words of the search" small />}
    >
      {(close) => (
        <dl className={css.help}>
          {searchFields.map(({ name, help, example }) => (
            <Fragment key={name}>
              <dt>
                <button
                  type="button"
                  className={css.example}
                  onClick={() => {
                    onTake(example);
                    close();
                  }}
                >
                  {example}
                </button>
              </dt>
              <dd>{help}</dd>
            </Fragment>
          ))}
          <p className={css.more}>
            Free words are looked for in subject, sender and recipients. Quotes keep words together; a minus excludes:
            -from:newsletter. All conditions must hold for one recipient of the message; with a minus, for none.
          </p>
        </dl>
      )}
    </Popover>
  );
}
