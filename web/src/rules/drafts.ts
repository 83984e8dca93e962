/** A rule's file and the tests beside it, as somebody writes them. */
export interface Draft {
  readonly name: string;
  readonly text: string;
  readonly tests: string;
}

/** Drafts that are held; the one that was kept first goes first. */
const MOST = 20;

/** Whether somebody wrote something that is not saved. */
export const hasEdits = (draft: Draft, saved: Draft): boolean =>
  draft.text !== saved.text || draft.tests !== saved.tests;

/**
 * Texts that are not saved yet, so that who looks at another tab or page finds them again. They go with the window.
 *
 * @example drafts.keep('my-rule', saved, { ...saved, text }); drafts.of('my-rule', saved) // the text
 */
export class Drafts {
  readonly #kept = new Map<string, { readonly saved: Draft; readonly draft: Draft }>();

  /** What was written for a rule; undefined where nothing was, or what it was written over is no longer what is saved. */
  of(key: string, saved: Draft): Draft | undefined {
    const found = this.#kept.get(key);
    return found && !hasEdits(found.saved, saved) ? found.draft : undefined;
  }

  /** Holds a draft, or lets go of it where it is what is saved. */
  keep(key: string, saved: Draft, draft: Draft): void {
    this.#kept.delete(key);
    if (!hasEdits(draft, saved)) return;
    this.#kept.set(key, { saved, draft });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST && oldest !== undefined) this.#kept.delete(oldest);
  }

  forget(key: string): void {
    this.#kept.delete(key);
  }
}

/** The page's. */
export const drafts = new Drafts();
