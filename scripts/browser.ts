/** Finds the browser that tests look through, and installs Debian's Chromium where there is none. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The program of a Chromium or Chrome on this machine; MAILHUNT_BROWSER names another. undefined where there is none. */
export const findBrowser = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.MAILHUNT_BROWSER ?? places.find((place) => existsSync(place));

/** The browser, installed first where it is missing and this is a Debian whose packages may be changed. */
export function ensureBrowser(): string | undefined {
  const found = findBrowser();
  if (found !== undefined || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return found;
  process.stderr.write('mailhunt: installing Chromium for the tests of the workbench; once\n');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('-qq', 'update');
  apt('-qq', '-y', '--no-install-recommends', 'install', 'chromium', 'fonts-dejavu-core');
  return findBrowser();
}

/** What a check says: '' where there is a browser, or where nobody can expect one. */
export function browserMissing(): string {
  if (ensureBrowser() !== undefined) return '';
  const words = 'no Chromium: the tests of the workbench are left out. Install it, or name one in MAILHUNT_BROWSER';
  if (process.env.CI) return words;
  process.stderr.write(`mailhunt: ${words}\n`);
  return '';
}
