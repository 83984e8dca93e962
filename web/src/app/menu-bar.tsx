import { Link, useLocation } from 'wouter';
import { noteConnection } from '../api/connection.ts';
import { type Me, sendJson } from '../api/index.ts';
import { Icon, IconButton, Menu, useToast } from '../ui/index.ts';
import { chooseTheme, type ThemeChoice, useThemeChoice } from '../ui/theme.ts';
import { Mark } from './mark.tsx';
import css from './menu-bar.module.css';
import { pages } from './pages.ts';

export interface MenuBarProps {
  readonly me: Me;
  readonly onPalette: () => void;
  readonly onKeys: () => void;
}

/** The pages, and what belongs to none: at the left edge, on a phone at the bottom. */
export function MenuBar({ me, onPalette, onKeys }: MenuBarProps) {
  const [location] = useLocation();
  const isAt = (path: string): boolean => location === path || location.startsWith(`${path}/`);
  return (
    <header className={css.bar} data-region>
      <Link href="/hunt" className={css.mark} aria-label="mailhunt" tabIndex={-1}>
        <Mark />
      </Link>
      <nav aria-label="Pages" className={css.pages}>
        {pages.map(({ name, path, icon }) => (
          <Link key={path} href={path} className={css.page} aria-current={isAt(path) ? 'page' : undefined}>
            <Icon name={icon} size={20} />
            {name}
          </Link>
        ))}
      </nav>
      <div className={css.tools}>
        <IconButton icon="search" label="Command palette" keys="Ctrl+K" onPress={onPalette} />
        <span className={css.wideOnly}>
          <IconButton icon="keyboard" label="Keys" keys="?" onPress={onKeys} />
        </span>
        <ThemeMenu />
        {me.accounts && <UserMenu me={me} />}
      </div>
    </header>
  );
}

const themes: readonly {
  readonly id: ThemeChoice;
  readonly name: string;
  readonly icon: 'contrast' | 'sun' | 'moon';
}[] = [
  { id: 'auto', name: 'As the system', icon: 'contrast' },
  { id: 'light', name: 'Light', icon: 'sun' },
  { id: 'dark', name: 'Dark', icon: 'moon' },
];

function ThemeMenu() {
  const choice = useThemeChoice();
  const icon = themes.find(({ id }) => id === choice)?.icon ?? 'contrast';
  const rows = themes.map((theme) => ({ ...theme, run: () => chooseTheme(theme.id) }));
  return (
    <Menu label="Theme" groups={rows} chosen={choice} placement="right bottom">
      <IconButton icon={icon} label="Theme" />
    </Menu>
  );
}

function UserMenu({ me }: { readonly me: Me }) {
  const toast = useToast();
  const leave = () =>
    sendJson('POST', '/api/v1/logout', {}).then(
      () => noteConnection('signed-out'),
      (error: Error) => toast(error.message, { tone: 'bad' }),
    );
  return (
    <Menu
      label="Account"
      groups={[{ name: me.name, rows: [{ id: 'out', name: 'Sign out', icon: 'signOut', run: leave }] }]}
      placement="right bottom"
    >
      <IconButton icon="user" label={`Signed in as ${me.name}`} />
    </Menu>
  );
}
