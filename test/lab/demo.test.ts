import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, describe, it } from 'node:test';
import { acceptedDomains, type DemoOptions, demoBatches, demoSource } from '../../src/lab/index.ts';
import { tableNamed } from '../../src/schema/index.ts';
import type { Batch } from '../../src/store/index.ts';
import { TICKS_PER_DAY } from '../../src/values/index.ts';
import {
  batchesOf,
  cacheFolder,
  freshBatches,
  type Row,
  SUNDAY,
  type Tables,
  tablesOf,
  WEDNESDAY,
} from './demo-tables.ts';
import { groupBy } from './evidence.ts';

const checksum = (batches: readonly Batch[]): string => {
  const hash = createHash('sha256');
  for (const { table, columns, source, rows } of batches) hash.update(JSON.stringify([table, columns, source, rows]));
  return hash.digest('hex');
};

/** About 600 messages: a slice and a bit. */
const small = { seed: 1, now: WEDNESDAY, rows: 1100 };

describe('the demo is made from its seed and its now', () => {
  it('gives the same batches again', async () => {
    assert.equal(checksum(await freshBatches(small)), checksum(await batchesOf(small)));
  });

  it('gives others for another seed, and for another now', async () => {
    const few = { ...small, rows: 100 };
    const one = checksum(await freshBatches(few));
    assert.notEqual(one, checksum(await freshBatches({ ...few, seed: 2 })));
    assert.notEqual(one, checksum(await freshBatches({ ...few, now: SUNDAY })));
  });

  it('names its source by seed, now and rows', () => {
    const ids = [small, { ...small, seed: 2 }, { ...small, now: SUNDAY }, { ...small, rows: 100 }].map(demoSource);
    assert.equal(new Set(ids).size, 4);
  });
});

describe('a stopped demo goes on', () => {
  let all: readonly Batch[];
  before(async () => {
    all = await batchesOf(small);
  });

  it('yields exactly what is missing after a position, made anew or kept', async () => {
    const positions = all.map((batch) => batch.source!.position);
    for (const [i, after] of positions.entries()) {
      const expected = checksum(all.slice(i + 1));
      assert.equal(checksum(await batchesOf({ ...small, after })), expected);
      if (i % 5 === 2) assert.equal(checksum(await freshBatches({ ...small, after })), expected);
    }
  });

  it('gives each batch a position above the one before', () => {
    const positions = all.map((batch) => batch.source!.position);
    assert.deepEqual(
      positions,
      [...new Set(positions)].toSorted((a, b) => a - b),
    );
    assert.ok(positions[0]! > 0);
  });

  for (const [what, demo] of [
    ['made', demoBatches],
    ['kept', (options: DemoOptions) => demoBatches({ ...options, cache: cacheFolder })],
  ] as const)
    it(`stops when it is told to, while it is ${what}`, async () => {
      const controller = new AbortController();
      const reading = async (): Promise<void> => {
        for await (const _ of demo({ ...small, signal: controller.signal })) controller.abort();
      };
      await assert.rejects(reading, { name: 'AbortError' });
    });
});

for (const [name, now] of [
  ['a Wednesday afternoon', WEDNESDAY],
  ['a Sunday just after midnight', SUNDAY],
] as const) {
  describe(`the demo up to ${name}`, () => {
    let batches: readonly Batch[];
    let tables: Tables;
    before(async () => {
      batches = await batchesOf({ seed: 1, now });
      tables = tablesOf(batches);
    });

    it('has 20,000 rows of EmailEvents, no two with the same key, and rows in the other ten tables', () => {
      const counts = Object.fromEntries(Object.entries(tables).map(([table, rows]) => [table, rows.length]));
      assert.equal(counts.EmailEvents, 20_000);
      assert.equal(Object.keys(counts).length, 11);
      const rare = ['CloudAppEvents', 'AlertInfo', 'AlertEvidence'];
      for (const [table, count] of Object.entries(counts))
        assert.ok(count >= (rare.includes(table) ? 1 : 100), `${table}: ${count}`);
      for (const [table, rows] of Object.entries(tables)) {
        const key = tableNamed(table)!.key;
        if (key.length === 0) continue;
        const keys = new Set(rows.map((row) => JSON.stringify(key.map((column) => row[column]))));
        assert.equal(keys.size, rows.length, table);
      }
    });

    it('names only columns of the schema, with cells of their types', () => {
      const fits: Readonly<Record<string, (cell: unknown) => boolean>> = {
        string: (cell) => typeof cell === 'string',
        datetime: (cell) => typeof cell === 'bigint' || cell === null || Number.isInteger(cell),
        bool: (cell) => typeof cell === 'boolean' || cell === null,
        int: (cell) => cell === null || Number.isInteger(cell),
        long: (cell) => cell === null || Number.isInteger(cell),
        dynamic: (cell) => cell === null || (typeof cell === 'string' && isJsonText(cell)),
      };
      for (const [table, rows] of Object.entries(tables)) {
        const types = new Map(tableNamed(table)!.columns.map(({ name, type }) => [name, type]));
        const wrong = rows.flatMap((row) =>
          Object.entries(row).filter(([column, cell]) => !fits[types.get(column) ?? '']?.(cell)),
        );
        assert.deepEqual(wrong.slice(0, 3), [], table);
      }
    });

    it('writes only values that the schema knows, where it knows some', () => {
      // The public list of values is open; this one is probable and not in it.
      const alsoWritten = ['Moved to quarantine'];
      const isJson = (text: string): boolean => text.startsWith('{');
      for (const [table, rows] of Object.entries(tables)) {
        for (const { name, values } of tableNamed(table)!.columns) {
          if (!values || name === 'AuthenticationDetails') continue;
          const texts = new Set(rows.map((row) => String(row[name] ?? '')).filter((text) => text && !isJson(text)));
          const unknown = [...texts].filter((text) => !values.includes(text) && !alsoWritten.includes(text));
          assert.deepEqual(unknown, [], `${table}.${name}`);
        }
      }
    });

    it('lies in the 30 days before now, newest mail first', () => {
      const from = now - 30n * TICKS_PER_DAY;
      for (const [table, rows] of Object.entries(tables))
        for (const { Timestamp } of rows)
          assert.ok((Timestamp as bigint) > from && (Timestamp as bigint) <= now, `${table}: ${Timestamp}`);
      const times = tables.EmailEvents!.map((row) => row.Timestamp as bigint);
      assert.ok(times.every((time, i) => i === 0 || time <= times[i - 1]!));
      assert.ok(times.at(-1)! < now - 29n * TICKS_PER_DAY, 'reaches back to the first day');
    });

    it('names only reserved domains and the organisation’s own', () => {
      for (const batch of batches)
        for (const row of batch.rows) for (const host of hostsIn(row)) assert.ok(isReserved(host), `${host} in ${row}`);
    });

    it('uses only addresses of the documentation ranges', () => {
      for (const row of [...tables.EmailEvents!, ...tables.UrlClickEvents!])
        for (const ip of [row.SenderIPv4, row.SenderIPv6, row.IPAddress].filter(Boolean))
          assert.match(String(ip), /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/);
    });

    it('has no URL, file, click or removal without its message', () => {
      const emails = groupBy(tables.EmailEvents!, (row) => row.NetworkMessageId);
      const sentTo = (row: Row, recipient: unknown): boolean =>
        emails.get(row.NetworkMessageId!)?.some((email) => email.RecipientEmailAddress === recipient) ?? false;
      const urls = new Set(tables.EmailUrlInfo!.map((row) => `${row.NetworkMessageId} ${row.Url}`));
      for (const row of tables.EmailUrlInfo!) assert.ok(emails.has(row.NetworkMessageId!));
      for (const row of tables.EmailAttachmentInfo!) assert.ok(sentTo(row, row.RecipientEmailAddress));
      for (const row of tables.EmailPostDeliveryEvents!) assert.ok(sentTo(row, row.RecipientEmailAddress));
      for (const row of tables.UrlClickEvents!) {
        assert.ok(sentTo(row, row.AccountUpn));
        assert.ok(urls.has(`${row.NetworkMessageId} ${row.Url}`));
      }
    });

    it('has clicks and removals only after the delivery', () => {
      const delivered = new Map(tables.EmailEvents!.map((row) => [row.NetworkMessageId, row.Timestamp as bigint]));
      for (const row of [...tables.UrlClickEvents!, ...tables.EmailPostDeliveryEvents!])
        assert.ok((row.Timestamp as bigint) > delivered.get(row.NetworkMessageId!)!);
    });

    it('counts URLs and files as the other tables hold them', () => {
      const urls = countBy(tables.EmailUrlInfo!, (row) => String(row.NetworkMessageId));
      const files = countBy(
        tables.EmailAttachmentInfo!,
        (row) => `${row.NetworkMessageId} ${row.RecipientEmailAddress}`,
      );
      for (const row of tables.EmailEvents!) {
        assert.equal(row.UrlCount, urls.get(String(row.NetworkMessageId)) ?? 0);
        assert.equal(row.AttachmentCount, files.get(`${row.NetworkMessageId} ${row.RecipientEmailAddress}`) ?? 0);
      }
    });

    it('draws the QR codes of the lure, and ingest reads them', () => {
      const codes = tables.EmailUrlInfo!.filter((row) => row.UrlLocation === 'QRCode');
      assert.equal(codes.length, 18);
      for (const { Url } of codes) assert.match(String(Url), /^https:\/\/c0ntoso-login\.test\/renew\/[0-9a-f]{8}$/);
    });

    it('carries files that are what their names say, and says which are bad', () => {
      const types = new Set(tables.EmailAttachmentInfo!.map((row) => `${row.FileExtension} ${row.FileType}`));
      assert.deepEqual([...types].toSorted(), ['.docx docx;zip', '.html html;text', '.pdf pdf']);
      const bad = tables.EmailAttachmentInfo!.filter((row) => row.ThreatTypes !== '');
      assert.ok(bad.length >= 10);
      for (const { FileName, ThreatTypes, ThreatNames, DetectionMethods } of bad)
        assert.deepEqual(
          [String(FileName).slice(0, 3), ThreatTypes, ThreatNames, DetectionMethods],
          ['HF-', 'Malware', 'Trojan:HTML/Lab.A', '{"Malware":["File detonation"]}'],
        );
    });

    it('tells the checks and claims of each message: all checks of mail from outside, none of mail from inside', () => {
      const inbound = new Map(
        tables.EmailEvents!.map((row) => [row.NetworkMessageId, row.EmailDirection === 'Inbound']),
      );
      const headers = tables.EmailHeaders!.map((row) => row.NetworkMessageId);
      assert.deepEqual(new Set(headers), new Set(inbound.keys()));
      assert.equal(headers.length, inbound.size);
      const checks = groupBy(tables.EmailAuthentication!, (row) => row.NetworkMessageId);
      for (const [id, isInbound] of inbound) {
        const methods = new Set(checks.get(id!)?.map((row) => row.Method));
        assert.deepEqual(
          ['SPF', 'DKIM', 'DMARC', 'ARC', 'CompAuth'].filter((method) => methods.has(method)).length,
          isInbound ? 5 : 0,
        );
      }
      assert.ok(tables.EmailHeaders!.every((row) => row.Problems === '[]'));
    });

    it('writes few different texts of AuthenticationDetails, result words only, and none for own mail', () => {
      const texts = countBy(tables.EmailEvents!, (row) => `${row.EmailDirection} ${row.AuthenticationDetails}`);
      assert.ok(texts.size < 32, `${texts.size} texts`);
      for (const text of texts.keys())
        assert.match(text, text.startsWith('Inbound') ? AUTHENTICATED : /^(Outbound|Intra-org) $/);
    });
  });
}

const isJsonText = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const AUTHENTICATED =
  /^Inbound \{"SPF":"(\w+)","DKIM":"(\w+)","DMARC":"(\w+)","CompAuth":"(\w+)","AuthenticationResults":"spf=\1 dkim=\2 dmarc=\3 action=\w+ compauth=\4 reason=\d{3}"\}$/;

const countBy = (rows: readonly Row[], key: (row: Row) => string): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
};

/** What follows an @ or a :// in a row's text, without what ingest puts behind an address to make a ReportId. */
const hostsIn = (row: string): string[] =>
  [...row.matchAll(/(?:@|:\/\/)([\w.-]+)/g)].map((match) => match[1]!.replace(/-(?:file-\d+|removed)$/, ''));

const isReserved = (host: string): boolean =>
  /(^|\.)(example|test|invalid|example\.(com|net|org))$/.test(host) ||
  acceptedDomains.some((own) => host === own || host.endsWith(`.${own}`));
