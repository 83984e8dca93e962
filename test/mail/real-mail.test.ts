import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { inTime } from '../in-time.ts';
import { survive } from './hostile.ts';

const folder = process.env.MAILHUNT_MAIL;

/**
 * Mail that nobody made for a test: `MAILHUNT_MAIL=folder npm test -- test/mail/real-mail.test.ts` judges every .eml below
 * a folder without DNS.
 */
test('real mail is judged, each message within 2 s and 200 MB', {
  skip: folder === undefined && 'no MAILHUNT_MAIL',
}, async (t) => {
  const names = readdirSync(folder!, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'));
  assert.notEqual(names.length, 0);
  const costs: { name: string; ms: number; megabytes: number; size: number }[] = [];
  for (const name of names.sort()) {
    const bytes = readFileSync(join(folder!, name));
    const { cost, characters } = await survive(bytes);
    costs.push({ name, ...cost, size: bytes.length });
    assert.ok(characters < 10e6, `${name}: ${characters} characters of rows`);
    assert.ok(cost.megabytes < 200, `${name}: ${cost.megabytes} MB`);
  }
  costs.sort((one, other) => other.ms - one.ms);
  t.diagnostic(`${names.length} messages; the slowest:`);
  for (const { name, ms, megabytes, size } of costs.slice(0, 10)) {
    t.diagnostic(`${ms.toFixed(0)} ms, ${megabytes.toFixed(0)} MB for ${size} bytes: ${name}`);
  }
  for (const { name } of costs.filter(({ ms }) => ms >= 2000)) {
    const bytes = readFileSync(join(folder!, name));
    await inTime(2000, () => survive(bytes));
  }
});
