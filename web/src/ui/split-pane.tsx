import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { classNames } from './class-names.ts';
import { useRemembered } from './remembered.ts';
import { shareAt, sharePressed } from './share.ts';
import css from './split-pane.module.css';

export interface SplitPaneProps {
  /** The size is kept under this name: `hunt.schema`. */
  readonly name: string;
  /** What the line between them moves, for a screen reader: `Width of the schema`. */
  readonly label: string;
  /** `columns`: side by side; on a phone one below the other. `rows`: always one below the other. */
  readonly direction: 'columns' | 'rows';
  /** The first part's share of the whole at first, in percent. */
  readonly initial: number;
  readonly min?: number;
  readonly max?: number;
  readonly first: ReactNode;
  readonly second: ReactNode;
  /** Only the second part is there. */
  readonly isFirstHidden?: boolean;
}

/**
 * Two parts and a line between them that the pointer drags and arrow keys move; a double click puts it back.
 *
 * @example <SplitPane name="hunt.editor" label="Height of the editor" direction="rows" initial={40} first={…} second={…} />
 */
export function SplitPane(props: SplitPaneProps) {
  const { name, label, direction, initial, min = 10, max = 90, first, second, isFirstHidden } = props;
  const box = useRef<HTMLDivElement>(null);
  const [share, setShare] = useRemembered(`split.${name}`, (kept) => inRange(kept, min, max), initial);
  const isColumns = direction === 'columns';

  const drag = ({ clientX, clientY, currentTarget, pointerId, buttons }: PointerEvent<HTMLElement>) => {
    if (buttons !== 1 || !box.current || !currentTarget.hasPointerCapture(pointerId)) return;
    const { left, top, width, height } = box.current.getBoundingClientRect();
    setShare(isColumns ? shareAt(clientX - left, width, min, max) : shareAt(clientY - top, height, min, max));
  };
  const press = (event: KeyboardEvent) => {
    const next = sharePressed(event.key, share, { isColumns, min, max, initial });
    if (next === undefined) return;
    event.preventDefault();
    setShare(next);
  };

  return (
    <div
      ref={box}
      className={classNames(css.split, isColumns ? css.columns : css.rows, isFirstHidden && css.single)}
      style={{ '--share': `${share}%` } as React.CSSProperties}
    >
      {!isFirstHidden && <div className={css.part}>{first}</div>}
      {!isFirstHidden && (
        // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is no hr (ARIA 1.2, window splitter)
        <div
          className={css.line}
          role="separator"
          tabIndex={0}
          aria-label={label}
          aria-orientation={isColumns ? 'vertical' : 'horizontal'}
          aria-valuenow={Math.round(share)}
          aria-valuemin={min}
          aria-valuemax={max}
          onPointerDown={(event) => {
            event.preventDefault();
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={drag}
          onDoubleClick={() => setShare(initial)}
          onKeyDown={press}
        />
      )}
      <div className={css.part}>{second}</div>
    </div>
  );
}

const inRange = (kept: unknown, min: number, max: number): number | undefined =>
  typeof kept === 'number' && kept >= min && kept <= max ? kept : undefined;
