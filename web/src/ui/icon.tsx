import css from './icon.module.css';

/** The drawings: lines 1.5 wide on a square of 20, in the colour of the text. */
const drawings = {
  hunt: 'M8.5 3.5a5 5 0 1 1 0 10 5 5 0 0 1 0-10Zm3.7 8.7 4.3 4.3M6.3 8.5h4.4M8.5 6.3v4.4',
  messages: 'M3 5.5h14v9.5H3ZM3.3 6l6.7 5 6.7-5',
  rules: 'M10 2.8 16 5v4.6c0 3.6-2.4 6.3-6 7.6-3.6-1.3-6-4-6-7.6V5Zm-2.6 7 1.9 1.9 3.4-3.6',
  trends: 'M3 3.5V16.5h14M6 13l3.2-4 2.6 2.3L16.5 6',
  search: 'M8.8 3.5a5.3 5.3 0 1 1 0 10.6 5.3 5.3 0 0 1 0-10.6Zm3.9 9.2 3.9 3.9',
  keyboard: 'M2.5 5.5h15v9h-15ZM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M6.5 11.7h7',
  sun: 'M10 6.8a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4ZM10 2.5v1.7M10 15.8v1.7M2.5 10h1.7M15.8 10h1.7M4.7 4.7l1.2 1.2M14.1 14.1l1.2 1.2M15.3 4.7l-1.2 1.2M5.9 14.1l-1.2 1.2',
  moon: 'M16.5 11.9A6.8 6.8 0 0 1 8.1 3.5a6.8 6.8 0 1 0 8.4 8.4Z',
  contrast: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 0v14M12.3 4v12M14.6 5.5v9',
  user: 'M10 3.5a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4ZM3.8 16.8c.7-3 3.1-4.6 6.2-4.6s5.5 1.6 6.2 4.6',
  more: 'M4.5 10m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M10 10m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M15.5 10m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0',
  play: 'M6 4v12l10-6Z',
  stop: 'M5.5 5.5h9v9h-9Z',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.5l4 4L16 6',
  down: 'M5.5 8l4.5 4.5L14.5 8',
  up: 'M5.5 12.5 10 8l4.5 4.5',
  right: 'M8 5.5l4.5 4.5L8 14.5',
  left: 'M12.5 5.5 8 10l4.5 4.5',
  copy: 'M7 7h9.5v9.5H7ZM13 7V3.5H3.5V13H7',
  save: 'M3.5 3.5h10l3 3v10h-13ZM6.5 3.5v4h6v-4M6.5 16.5v-5h7v5',
  download: 'M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13',
  upload: 'M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13',
  share:
    'M8.5 11.5a3 3 0 0 0 4.3.3l2.7-2.7a3 3 0 0 0-4.3-4.3l-1.3 1.3M11.5 8.5a3 3 0 0 0-4.3-.3l-2.7 2.7a3 3 0 0 0 4.3 4.3l1.3-1.3',
  history: 'M3.5 10a6.5 6.5 0 1 0 2-4.7L3.5 7.2M3.5 3.5v3.7h3.7M10 6.5V10l2.5 1.7',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 3.5V10l2.7 1.7',
  filter: 'M3 4.5h14l-5.5 6.3v5.2l-3-1.6v-3.6Z',
  columns: 'M3.5 4h13v12h-13ZM8 4v12M12.5 4v12',
  group: 'M3.5 4.5h13M6.5 9h10M6.5 12.5h10M3.5 9v7h13',
  pin: 'M7 3.5h6l-1 5 2.5 2.5h-9L8 8.5ZM10 11v6',
  chart: 'M3.5 16.5h13M5.5 13.5v-4M10 13.5v-9M14.5 13.5v-6',
  table: 'M3 4.5h14v11H3ZM3 8.2h14M3 11.8h14M8 4.5v11',
  code: 'M7 6l-4 4 4 4M13 6l4 4-4 4M11.3 4.5l-2.6 11',
  file: 'M5 3h6.5L15 6.5V17H5ZM11.5 3v3.5H15',
  folder: 'M3 5.5h5l1.5 2H17v8H3Z',
  attachment: 'M14.5 9.2 9.3 14.4a3 3 0 0 1-4.3-4.3l6-6a2 2 0 0 1 2.9 2.9l-6 6a1 1 0 0 1-1.5-1.5l5.3-5.2',
  link: 'M8.5 11.5a3 3 0 0 0 4.3.3l2.7-2.7a3 3 0 0 0-4.3-4.3l-1.3 1.3M11.5 8.5a3 3 0 0 0-4.3-.3l-2.7 2.7a3 3 0 0 0 4.3 4.3l1.3-1.3',
  open: 'M8 4H4v12h12v-4M11.5 3.5h5v5M16.5 3.5 9.5 10.5',
  edit: 'M4 13.5V16h2.5L15.5 7 13 4.5ZM11 6.5 13.5 9',
  trash: 'M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.8 11h7.4l.8-11M8.5 8.5v5M11.5 8.5v5',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 6.2v4.3M10 6.5h.01',
  warning: 'M10 3.5 17.5 16.5h-15ZM10 8.3v4M10 14.3h.01',
  error: 'M7 3h6l4 4v6l-4 4H7l-4-4V7ZM7.5 7.5l5 5M12.5 7.5l-5 5',
  good: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM6.8 10.3l2.2 2.2 4.2-4.7',
  settings:
    'M3.5 6h8M15 6h1.5M3.5 14h1.5M8.5 14h8M13.2 4.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4ZM6.8 12.3a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4Z',
  refresh: 'M16 10a6 6 0 1 1-1.7-4.2L16.5 8M16.5 3.5V8H12',
  signOut: 'M8 4H4v12h4M8.5 10h8M13.5 7l3 3-3 3',
  format: 'M3.5 5h13M3.5 8.3h8M3.5 11.7h13M3.5 15h8',
  sortUp: 'M10 16V4.5M5.5 9 10 4.5 14.5 9',
  sortDown: 'M10 4v11.5M5.5 11l4.5 4.5 4.5-4.5',
  expand: 'M12 3.5h4.5V8M8 16.5H3.5V12M16.5 3.5 11 9M3.5 16.5 9 11',
  panel: 'M3 4.5h14v11H3ZM7.5 4.5v11',
  bookmark: 'M5.5 3.5h9v13L10 13l-4.5 3.5Z',
  shield: 'M10 2.8 16 5v4.6c0 3.6-2.4 6.3-6 7.6-3.6-1.3-6-4-6-7.6V5Z',
  list: 'M7 5.5h9.5M7 10h9.5M7 14.5h9.5M3.5 5.5h.01M3.5 10h.01M3.5 14.5h.01',
  grip: 'M7.5 5m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M7.5 10m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M7.5 15m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M12.5 5m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M12.5 10m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0M12.5 15m-.7 0a.7.7 0 1 0 1.4 0a.7.7 0 1 0-1.4 0',
} as const;

export type IconName = keyof typeof drawings;

/** A drawing beside a word or in a button. It says nothing to a screen reader: what it stands for has a name of its own. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className={css.icon} width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={drawings[name]} />
    </svg>
  );
}
