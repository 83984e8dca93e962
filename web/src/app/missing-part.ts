import { noteConnection } from '../api/connection.ts';

/** When the page was last loaded anew because a part of it was missing, in this tab. */
const MARK = 'mailhunt.reloaded';
/** A part that is still missing after that stays missing. */
const PATIENCE = 10_000;

/**
 * A part of the program cannot be loaded. Where the server answers, the workbench was built anew while it was open, and
 * what it would load now has other names: it is loaded as a whole. Where it does not, nothing may go from the screen.
 */
export async function onMissingPart(now: number): Promise<void> {
  try {
    await fetch('/favicon.svg', { cache: 'no-store' });
  } catch {
    noteConnection('gone');
    return;
  }
  if (now - Number(sessionStorage.getItem(MARK) ?? 0) < PATIENCE) return;
  sessionStorage.setItem(MARK, String(now));
  location.reload();
}
