import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { findings } from './axe.ts';
import { flows, picture } from './browser.ts';
import { program } from './demo-store.ts';

const password = 'correct horse battery staple';

flows('where people have to sign in', (flow) => {
  flow('nobody gets past the door without, and everything works behind it', async ({ openPage, server, allow }) => {
    allow(/401|403/);
    const open = await openPage('/rules');
    await open.getByRole('navigation', { name: 'Pages' }).waitFor();
    const added = spawnSync(
      process.execPath,
      [...program, 'users', 'add', 'ada', '--role', 'reader', '--store', server.store],
      { input: `${password}\n`, encoding: 'utf8' },
    );
    assert.equal(added.status, 0, added.stderr);

    await open.getByRole('link', { name: 'Trends' }).click();
    await open.getByRole('button', { name: 'Sign in' }).waitFor();
    assert.equal(await open.getByRole('navigation').count(), 0, 'who was in is out');

    const page = await openPage('/rules', { theme: 'dark' });
    await picture(page, 'sign-in');
    assert.deepEqual(await findings(page), []);
    assert.equal(await page.title(), 'Sign in – mailhunt');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('name')), 'username');
    await page.keyboard.type('ada');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    assert.deepEqual(await findings(page), []);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Rules' }).waitFor();
    assert.equal(new URL(page.url()).pathname, '/rules', 'the page that was asked for');

    await page.getByRole('button', { name: 'Signed in as ada' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goBack({ waitUntil: 'commit' }).catch(() => null);
    assert.equal(await page.getByRole('navigation').count(), 0);
  });
});
