import type { Page } from 'playwright-core';

/** Something to look at: its name, its address, and what is done before it is looked at. */
export interface Scene {
  readonly name: string;
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
}

/** Opens the first of a list, and waits for the page below it. */
const openFirst = (row: string, address: RegExp) => async (page: Page) => {
  await page.locator(row).first().click();
  await page.waitForURL(address);
};

/** What the keys of the frame open. */
const press = (keys: string) => async (page: Page) => {
  await page.locator('#page').focus();
  await page.keyboard.press(keys);
  await page.getByRole('dialog').waitFor();
};

/** Every page of the workbench, and what lies over them. */
export const scenes: readonly Scene[] = [
  {
    name: 'hunt',
    path: '/hunt',
    act: async (page) => {
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('grid').first().waitFor();
    },
  },
  { name: 'messages', path: '/messages' },
  {
    name: 'message',
    path: '/messages?q=auth:dmarc%3Dfail',
    act: openFirst('a[data-index="0"]', /\/messages\/./),
  },
  { name: 'rules', path: '/rules' },
  { name: 'rule', path: '/rules', act: openFirst('main table a', /\/rules\/./) },
  { name: 'trends', path: '/trends' },
  { name: 'palette', path: '/rules', act: press('Control+k') },
  { name: 'keys', path: '/rules', act: press('Shift+?') },
];

/** The ways in which every scene is looked at. */
export const looks = (['light', 'dark'] as const).flatMap((theme) => [
  { theme, width: 1280, height: 800 },
  { theme, width: 390, height: 844 },
]);
