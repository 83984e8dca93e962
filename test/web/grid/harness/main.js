/** The result view alone on a page: tests hand it a result by `window.show(…)` and read what it asked for in `window.asked`. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { fixedResult } from '../../../../web/src/grid/fixed-result.ts';
import ResultView from '../../../../web/src/grid/result-view.tsx';
import '../../../../web/src/ui/tokens.css';

const root = createRoot(document.getElementById('root'));
window.asked = [];
const ask =
  (what) =>
  (...given) =>
    window.asked.push([what, ...given]);
const callbacks = {
  onAddFilter: ask('filter'),
  onTimeRange: ask('time'),
  onOpenMessage: ask('message'),
};
const draw = (result) => root.render(createElement(ResultView, { result, ...callbacks }));

/** Shows tables as they are. */
window.show = (...tables) => draw(fixedResult(tables));

/** Shows a table of made-up rows, which need not travel. */
window.showMany = (rows, columns) => {
  const names = Array.from({ length: columns }, (_, i) => ({ name: `Column${i}`, type: TYPES[i % TYPES.length] }));
  const cells = Array.from({ length: rows }, (_, row) => names.map(({ type }, i) => made(type, row, i)));
  window.show({ name: 'Many', columns: names, rows: cells });
};

/** Shows a result that stays as the given snapshot says: running, capped, failed. */
window.showSnapshot = (changes, ...tables) => {
  const snapshot = { ...fixedResult(tables).snapshot(), ...changes };
  draw({ subscribe: () => () => {}, snapshot: () => snapshot });
};

const TYPES = ['datetime', 'string', 'long', 'string', 'real', 'bool'];

function made(type, row, column) {
  const mixed = (row * 2654435761 + column * 40503) % 4294967296;
  if (type === 'datetime') return `${new Date(1.75e12 + mixed).toISOString().slice(0, -1)}0000Z`;
  if (type === 'long') return mixed % 7 === 0 ? `92233720368547${mixed % 10000}` : mixed;
  if (type === 'real') return mixed / 1000;
  if (type === 'bool') return mixed % 2 === 0;
  return `sender${mixed % 5000}@contoso${column}.example ${'x'.repeat(mixed % 30)}`;
}
window.ready = true;
