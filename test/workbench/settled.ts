import type { Page } from 'playwright-core';

const PATIENCE = { timeout: 60_000 };

/** Resolves when a page asks for nothing more and shows no sign of waiting. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', PATIENCE);
  await page
    .locator('[data-waiting]')
    .first()
    .waitFor({ state: 'detached', ...PATIENCE });
}
