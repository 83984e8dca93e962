import { useEffect } from 'react';
import { isSafeWhileWriting, isStep, useAllActions } from '../keys/index.ts';

/** How long the second key of `g h` may take, in milliseconds. */
const PATIENCE = 1_200;

/** True where what is typed is text: fields, and the editor. */
const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], .monaco-editor') !== null);

/** True while a dialog or a menu lies on top. The editor's own (its search) are part of the page. */
const isCovered = (): boolean =>
  [...document.querySelectorAll('[role="dialog"], [role="menu"]')].some((one) => !one.closest('.monaco-editor'));

/** Listens for the keys of all actions. A dialog keeps its keys to itself. */
export function useKeys(): void {
  const actions = useAllActions();
  useEffect(() => {
    let begun: { readonly step: string; readonly at: number } | undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || isCovered()) return;
      const writing = isWriting(event.target);
      const first = begun && event.timeStamp - begun.at < PATIENCE ? begun.step : undefined;
      begun = undefined;
      for (const { keys, isHandled, run } of actions) {
        if (keys === undefined || isHandled || (writing && !isSafeWhileWriting(keys))) continue;
        const steps = keys.split(' ');
        const step = steps.length === 2 && first === steps[0] ? steps[1] : steps[0];
        if (step === undefined || !isStep(step, event)) continue;
        if (steps.length === 2 && step !== steps[1]) {
          begun = { step, at: event.timeStamp };
          continue;
        }
        if (first !== undefined && steps.length === 1) continue;
        event.preventDefault();
        run();
        return;
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [actions]);
}
