import type { Page } from 'playwright-core';

/** The editor of Monaco, once it is there. */
export const editorOf = (page: Page) => page.locator('.kql-editor .monaco-editor');
/** Where the page says how a run ended. */
export const statusOf = (page: Page) => page.getByRole('region', { name: 'Result' }).getByRole('status').first();

/** Empties the editor and gives it the focus. */
export async function begin(page: Page): Promise<void> {
  const lines = editorOf(page).locator('.view-lines');
  // An editor that has only just come may not hear the first keys.
  for (let tries = 0; tries < 20; tries++) {
    await lines.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    if (((await lines.textContent()) ?? '').trim() === '') return;
    await page.waitForTimeout(250);
  }
}

/** Types lines as a person does; brackets and quotes close themselves. */
export async function type(page: Page, ...lines: readonly string[]): Promise<void> {
  for (const [at, line] of lines.entries()) {
    if (at > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line);
    // a move refuses completions that are there, and those that are still on their way
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await refuseCompletions(page);
  }
}

/** On a busy machine they come late, and the next Enter would take one. */
async function refuseCompletions(page: Page): Promise<void> {
  const list = page.locator('.suggest-widget.visible');
  for (let tries = 0; tries < 20 && (await list.count()) > 0; tries++) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(100);
  }
}

/** Puts a text into the editor at once, as pasting does. */
export async function paste(page: Page, text: string): Promise<void> {
  await begin(page);
  await page.keyboard.insertText(text);
}

/** Runs the query at the cursor and waits until it has ended; what the status says. */
export async function run(page: Page): Promise<string> {
  await page.keyboard.press('Shift+Enter');
  await page.waitForTimeout(100);
  await statusOf(page)
    .filter({ hasText: /Done|Failed|Cancelled/ })
    .waitFor({ state: 'attached', timeout: 30_000 });
  return (await statusOf(page).textContent()) ?? '';
}

/** What a query gives, asked without the page: the cells of its first row. */
export async function answer(page: Page, text: string): Promise<unknown[]> {
  const response = await page.request.post('/api/v1/query', { data: { text }, timeout: 60_000 });
  return JSON.parse((await response.text()).split('\n')[1] ?? '[]');
}

/** The tabs as the page remembers them. */
export const kept = (page: Page) =>
  page.evaluate(
    () =>
      JSON.parse(localStorage.getItem('mailhunt.hunt.tabs') ?? '{}') as {
        all: { name: string; text: string; cursor: number }[];
        active: string;
      },
  );
