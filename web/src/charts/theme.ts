/** Colours and type of a chart, as the page's tokens have them at this moment. */
export interface ChartTheme {
  readonly ground: string;
  readonly over: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly bad: string;
  readonly accent: string;
  readonly series: readonly string[];
  readonly font: string;
}

const TOKENS = ['ground', 'over', 'text', 'quiet', 'line', 'bad', 'accent'] as const;
const SERIES = Array.from({ length: 8 }, (_, i) => `series-${i + 1}`);

/** Reads the tokens as they look within an element: `light-dark()` is resolved there. */
export function readTheme(element: HTMLElement): ChartTheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const colour = (token: string) => {
    probe.style.color = `var(--${token})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(TOKENS.map((token) => [token, colour(token)])) as Record<
    (typeof TOKENS)[number],
    string
  >;
  const theme = { ...colours, series: SERIES.map(colour), font: getComputedStyle(element).fontFamily };
  probe.remove();
  return theme;
}

/** Tells when the page turns light or dark. Returns what ends it. */
export function onThemeChange(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  system.addEventListener('change', changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  return () => {
    system.removeEventListener('change', changed);
    observer.disconnect();
  };
}
