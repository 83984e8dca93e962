/**
 * The part of the screen after (or before) the one that has the focus: parts name themselves by `data-region`. F6 goes
 * through them, as in other programs, also out of an editor that keeps the Tab key.
 */
export function moveToRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (one) => one.offsetParent !== null,
  );
  const at = regions.findLastIndex((one) => one.contains(document.activeElement));
  const next = regions.at((Math.max(at, step === 1 ? -1 : 0) + step) % regions.length);
  if (next) focusInto(next);
}

const focusable = 'a[href], button:not([disabled]), input, select, textarea, [tabindex="0"]';

function focusInto(region: HTMLElement): void {
  const first = region.querySelector<HTMLElement>(focusable) ?? region;
  first.focus();
}
