import { Fragment } from 'react';
import { chordParts } from '../keys/chord.ts';
import css from './kbd.module.css';

/**
 * Keys to press: together with `+`, one after the other with a space.
 *
 * @example <Kbd keys="Ctrl+K" />  <Kbd keys="g h" />
 */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className={css.keys}>
      {chordParts(keys).map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the keys of a chord never change places
        <Fragment key={index}>
          {index > 0 && <span className={css.then}>then</span>}
          {step.map((key) => (
            <kbd key={key} className={css.key}>
              {key}
            </kbd>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
