import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';
import css from './toast.module.css';

export interface ToastOptions {
  readonly tone?: 'good' | 'bad';
  /** A button in it. */
  readonly action?: { readonly name: string; readonly run: () => void };
}

interface Shown extends ToastOptions {
  readonly id: number;
  readonly text: string;
}

/** Long enough to read; an error stays until it is closed. */
const SHOWN_FOR = 5_000;
/** More at once are no news. */
const AT_ONCE = 4;

const ToastContext = createContext<(text: string, options?: ToastOptions) => void>(() => {});

/**
 * Says in a corner what has happened. Not for what belongs to a place on the page: that is a `Notice`.
 *
 * @example const toast = useToast(); toast('Saved'); toast('Not saved: the name is taken', { tone: 'bad' });
 */
export const useToast = () => useContext(ToastContext);

let last = 0;

/** Around the page, once. */
export function Toasts({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Shown[]>([]);
  const close = useCallback((id: number) => setShown((now) => now.filter((one) => one.id !== id)), []);
  const toast = useCallback(
    (text: string, options: ToastOptions = {}) => {
      const id = ++last;
      setShown((now) => [...now, { ...options, id, text }].slice(-AT_ONCE));
      if (options.tone !== 'bad') setTimeout(() => close(id), SHOWN_FOR);
    },
    [close],
  );
  const region = useMemo(
    () => shown.map((one) => <Toast key={one.id} {...one} onClose={() => close(one.id)} />),
    [shown, close],
  );
  return (
    <ToastContext value={toast}>
      {children}
      <section className={css.region} aria-label="Messages of the page" aria-live="polite">
        {region}
      </section>
    </ToastContext>
  );
}

function Toast({ text, tone, action, onClose }: Shown & { readonly onClose: () => void }) {
  return (
    <div className={classNames(css.toast, tone && css[tone])} role={tone === 'bad' ? 'alert' : undefined}>
      {tone && <Icon name={tone === 'bad' ? 'error' : 'good'} />}
      <span className={css.text}>{text}</span>
      {action && (
        <button
          type="button"
          className={css.action}
          onClick={() => {
            action.run();
            onClose();
          }}
        >
          {action.name}
        </button>
      )}
      <IconButton icon="close" label="Close" small onPress={onClose} />
    </div>
  );
}
