import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parse } from 'yaml';
import type { BuiltLetter } from '../../src/lab/index.ts';
import { authenticate, parseZone, readMessage, transactionOf, zoneResolver } from '../../src/mail/index.ts';
import { readSettings } from '../../src/settings/index.ts';
import { ran } from '../cli/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'lab-build-'));
after(() => rmSync(folder, { recursive: true }));

const content = (...path: readonly string[]): string => readFileSync(join(folder, ...path), 'utf8');
const lettersIn = (name: string): readonly BuiltLetter[] => parse(content(name, 'manifest.yaml')).letters;

/** What the exported files alone say of a letter. */
async function judged(name: string, letter: BuiltLetter) {
  const settings = readSettings(content(name, 'receiver.yaml'), 'receiver.yaml');
  const { accepted_domains: acceptedDomains, trusted_sealers: trustedSealers, trusted_relays: trusted } = settings;
  const message = readMessage(readFileSync(join(folder, name, letter.file)));
  const found = await authenticate(message, {
    resolver: zoneResolver(parseZone(content(name, letter.zone), letter.zone)),
    now: Date.parse(letter.at),
    transaction: transactionOf(message, { trusted, acceptedDomains }),
    composite: { acceptedDomains, trustedSealers },
  });
  return {
    spf: found.spf.result,
    dkim: found.dkim.signatures.map(({ result }) => result),
    arc: found.arc.result,
    dmarc: found.dmarc.result,
    disposition: found.dmarc.disposition,
    compauth: found.composite.compauth,
    reason: found.composite.reason,
  };
}

describe('mailhunt lab build', () => {
  it('writes every case, and the exported message and zone alone give the same verdict', async () => {
    const { code, err } = await ran(['lab', 'build', join(folder, 'all')]);
    assert.deepEqual([code, err], [0, '']);
    const letters = lettersIn('all');
    assert.ok(new Set(letters.map((letter) => letter.case)).size >= 80);
    for (const letter of letters) {
      if (letter.verdict !== null) assert.deepEqual(await judged('all', letter), letter.verdict, letter.file);
      assert.match(
        content('all', letter.file),
        new RegExp(`^X-Mailhunt-Lab: ${letter.case}; made up, no real mail\r\n`),
      );
    }
  });

  it('gives what mailhunt auth reads to the same verdict', async () => {
    await ran([
      'lab',
      'build',
      join(folder, 'one'),
      'direct-send',
      'mailing-list',
      'temperror-policy',
      'forged-authentication-results',
    ]);
    for (const [name, dmarc, reason] of [
      ['direct-send', 'fail', '010'],
      ['mailing-list', 'fail', '130'],
      ['temperror-policy', 'temperror', '001'],
      ['forged-authentication-results', 'fail', '000'],
    ] as const) {
      const letter = lettersIn('one').find((one) => one.case === name)!;
      const at = (file: string) => join(folder, 'one', file);
      const args = ['--dns', at(letter.zone), '--config', at('receiver.yaml'), '--now', letter.at, '--json'];
      const { out, err } = await ran(['auth', at(letter.file), ...args]);
      assert.equal(err, '');
      const { words } = JSON.parse(out).authentication;
      assert.deepEqual([words.dmarc, words.reason], [dmarc, reason], name);
    }
  });

  it('writes variations, each with the zone of its own addresses', async () => {
    await ran(['lab', 'build', join(folder, 'more'), 'altered-body', '--variations', '3']);
    const letters = lettersIn('more');
    assert.deepEqual(
      letters.map(({ file }) => file),
      ['altered-body.eml', 'altered-body.v1.eml', 'altered-body.v2.eml', 'altered-body.v3.eml'],
    );
    for (const letter of letters) assert.deepEqual(await judged('more', letter), letter.verdict);
    assert.ok(new Set(letters.map(({ ip }) => ip)).size > 1);
  });

  it('stands for one’s own domain and address, and the verdict is the same', async () => {
    const args = ['--to', 'test@corp.test', '--own-domain', 'corp.test', '--variations', '1'];
    const { code } = await ran([
      'lab',
      'build',
      join(folder, 'own'),
      'direct-send',
      'mailing-list',
      'hr-platform',
      ...args,
    ]);
    assert.equal(code, 0);
    for (const letter of lettersIn('own')) {
      assert.deepEqual(letter.recipients, ['test@corp.test']);
      assert.deepEqual(await judged('own', letter), letter.verdict, letter.file);
      assert.doesNotMatch(content('own', letter.file) + content('own', letter.zone), /receiver\.example/);
    }
    assert.match(content('own', 'direct-send.eml'), /^From: Erik Dahl <erik\.dahl@corp\.test>\r$/m);
  });

  it('takes the domains of the settings for one’s own, and refuses others by name', async () => {
    const to = (address: string, ...more: readonly string[]) =>
      ran(['lab', 'build', join(folder, 'to'), 'direct-send', '--to', address, ...more]);
    const refused = await to('ceo@contoso.com');
    assert.equal(refused.code, 1);
    assert.match(refused.err, /LAB0004.*contoso\.com is not one of your domains/s);
    assert.ok(!readdirSync(folder).includes('to'));
    assert.match((await to('ceo@mail.contoso.com', '--own-domain', 'corp.test')).err, /LAB0004/);
    assert.equal((await to('ceo@contoso.com', '--own-domain', 'contoso.com')).code, 0);
    assert.match((await to('no address')).err, /CLI0001/);
  });

  it('is a folder that ingest takes in as it is, with recipients and lists of the receiver', async () => {
    const place = join(folder, 'whole');
    await ran(['lab', 'build', place, 'dkim-replay', 'display-name-of-executive', 'finance-first-contact']);
    assert.match(content('whole', 'dkim-replay.1.eml'), /^(?:Delivered-To: \S+\r\n){4}Return-Path:/m);
    const { watchlists } = readSettings(content('whole', 'receiver.yaml'), 'receiver.yaml');
    assert.deepEqual(Object.keys(watchlists), ['VIPs', 'FinancePeople', 'Vendors']);
    const store = ['--store', join(folder, 'whole-store'), '--config', join(place, 'receiver.yaml')];
    const { code, err } = await ran(['ingest', place, '--dns', join(place, 'dkim-replay.zone'), ...store]);
    assert.deepEqual([code, err.includes('INGEST')], [0, false], err);
    const { out } = await ran(['query', '-e', 'EmailEvents | count', '--format', 'csv', ...store]);
    assert.equal(out, 'Count\r\n22\r\n');
  });

  it('writes rows instead of messages, with what no message holds', async () => {
    const place = join(folder, 'rows');
    const { out } = await ran(['lab', 'build', place, 'spoof-clicked', '--tables', '--variations', '1']);
    assert.match(out, /^\d+ rows of 1 case, made up/);
    assert.ok(!readdirSync(place).some((name) => name.endsWith('.eml')));
    const store = ['--store', join(folder, 'rows-store')];
    assert.equal((await ran(['ingest', place, ...store])).code, 0);
    const lines = content('rows', 'UrlClickEvents.jsonl').trimEnd().split('\n');
    const query = [
      'query',
      '-e',
      'UrlClickEvents | join kind=inner EmailEvents on NetworkMessageId | summarize dcount(ReportId)',
    ];
    const joined = await ran([...query, '--format', 'csv', ...store]);
    assert.ok(lines.length >= 2 && /\r\n[1-9]/.test(joined.out), joined.out + joined.err);
  });

  it('refuses what it cannot do by name', async () => {
    const wrong = async (...args: readonly string[]) => (await ran(['lab', 'build', ...args])).err;
    assert.match(await wrong(), /give the folder/);
    assert.match(await wrong(join(folder, 'x'), 'direct-sned'), /LAB0003.*did you mean direct-send/s);
    assert.match(await wrong(join(folder, 'x'), '--variations', '101'), /--variations 101/);
    assert.match(await wrong('/dev/null/x', 'direct-send'), /cannot be written/);
  });
});
