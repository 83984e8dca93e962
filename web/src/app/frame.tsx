import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { useConnection } from '../api/connection.ts';
import type { Me } from '../api/index.ts';
import { useActions } from '../keys/index.ts';
import { Notice } from '../ui/index.ts';
import { chooseTheme, useTheme } from '../ui/theme.ts';
import css from './frame.module.css';
import { KeysDialog } from './keys-dialog.tsx';
import { MenuBar } from './menu-bar.tsx';
import { pages } from './pages.ts';
import { Palette } from './palette.tsx';
import { moveToRegion } from './regions.ts';
import { useKeys } from './use-keys.ts';

/** What stands around every page: menu, palette, keys, and the news that the server is gone. */
export function Frame({ me, children }: { readonly me: Me; readonly children: ReactNode }) {
  const [open, setOpen] = useState<'palette' | 'keys'>();
  const [, go] = useLocation();
  const theme = useTheme();
  const close = () => setOpen(undefined);
  useActions([
    ...pages.map(({ name, path, key }) => ({ name: `Go to ${name}`, keys: `g ${key}`, run: () => go(path) })),
    { name: 'Show the command palette', keys: 'Ctrl+K', run: () => setOpen('palette') },
    { name: 'Show all keys', keys: '?', run: () => setOpen('keys') },
    { name: 'Go to the next part of the page', keys: 'F6', run: () => moveToRegion(1) },
    { name: 'Go to the part before', keys: 'Shift+F6', run: () => moveToRegion(-1) },
    {
      name: theme === 'dark' ? 'Use the light theme' : 'Use the dark theme',
      run: () => chooseTheme(theme === 'dark' ? 'light' : 'dark'),
    },
    { name: "Use the system's theme", run: () => chooseTheme('auto') },
  ]);
  useKeys();
  return (
    <div className={css.frame}>
      <button type="button" className={css.skip} onClick={() => document.getElementById('page')?.focus()}>
        Skip to the page
      </button>
      <MenuBar me={me} onPalette={() => setOpen('palette')} onKeys={() => setOpen('keys')} />
      <main id="page" className={css.main} tabIndex={-1} data-region>
        <Gone />
        {children}
      </main>
      <Palette isOpen={open === 'palette'} onClose={close} />
      <KeysDialog isOpen={open === 'keys'} onClose={close} />
    </div>
  );
}

function Gone() {
  if (useConnection() !== 'gone') return null;
  return (
    <div className={css.news}>
      <Notice tone="warn" title="The server does not answer">
        What you see is from before. This goes away when it is back.
      </Notice>
    </div>
  );
}
