import type { ReactNode } from 'react';
import * as Aria from 'react-aria-components';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import css from './dialog.module.css';

export interface DialogProps {
  readonly isOpen: boolean;
  /** Escape, the cross, a press outside. */
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at its foot; what is done, last. */
  readonly actions?: ReactNode;
  readonly wide?: boolean;
  /** Content without a margin: a table, a list. */
  readonly flush?: boolean;
}

/**
 * Asks for something before the page goes on.
 *
 * @example <Dialog isOpen={asking} onClose={stop} title="Save query" actions={<Button look="primary" onPress={save}>Save</Button>}>…</Dialog>
 */
export function Dialog({ isOpen, onClose, wide, ...rest }: DialogProps) {
  return (
    <Aria.ModalOverlay {...overlay(isOpen, onClose)} className={classNames(css.veil)}>
      <Aria.Modal className={classNames(css.modal, wide && css.wide)}>
        <Content onClose={onClose} {...rest} />
      </Aria.Modal>
    </Aria.ModalOverlay>
  );
}

/** The same at the right edge, over the height of the page: details of what is beside it. */
export function Drawer({ isOpen, onClose, wide: _, ...rest }: DialogProps) {
  return (
    <Aria.ModalOverlay {...overlay(isOpen, onClose)} className={classNames(css.veil, css.side)}>
      <Aria.Modal className={classNames(css.drawer)}>
        <Content onClose={onClose} {...rest} />
      </Aria.Modal>
    </Aria.ModalOverlay>
  );
}

const overlay = (isOpen: boolean, onClose: () => void) => ({
  isOpen,
  isDismissable: true,
  onOpenChange: (open: boolean) => {
    if (!open) onClose();
  },
});

function Content({ onClose, title, children, actions, flush }: Omit<DialogProps, 'isOpen' | 'wide'>) {
  return (
    <Aria.Dialog className={classNames(css.dialog)}>
      <header className={css.head}>
        <Aria.Heading slot="title" level={2}>
          {title}
        </Aria.Heading>
        <IconButton icon="close" label="Close" onPress={onClose} />
      </header>
      <div className={classNames(css.body, flush && css.flush)}>{children}</div>
      {actions && <footer className={css.foot}>{actions}</footer>}
    </Aria.Dialog>
  );
}
