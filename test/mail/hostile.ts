import { defaultJudgeOptions, type JudgedMessage, judge, messageRows, type TableRows } from '../../src/ingest/index.ts';
import { parseZone, type Resolver, zoneResolver } from '../../src/mail/index.ts';
import { type Cost, measured } from './measured.ts';

export const now = Date.parse('2026-07-18T15:00:00Z');

/** What the border of contoso.example writes above a message from 203.0.113.7. */
export const border = (envelope = 'eve@evil.example'): string =>
  `Return-Path: <${envelope}>\r\n` +
  'Received: from client.evil.example (client.evil.example [203.0.113.7])\r\n' +
  ' by mx.contoso.example with ESMTPS id 1 for <ben@contoso.example>; Sat, 18 Jul 2026 14:08:56 +0000\r\n';

/** A message from its header's lines and its body; both may be large. */
export const mail = (fields: string | readonly string[], body: string | Buffer = 'Hello\r\n'): Buffer =>
  Buffer.concat([
    Buffer.from(`${border()}${typeof fields === 'string' ? fields : fields.join('\r\n')}\r\n\r\n`, 'latin1'),
    typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
  ]);

export const usual = [
  'From: Eve <eve@evil.example>',
  'To: ben@contoso.example',
  'Subject: Hello',
  'Date: Sat, 18 Jul 2026 14:08:00 +0000',
  'Message-ID: <1@evil.example>',
];

export const emptyDns = zoneResolver(parseZone('', 'empty.zone'));

/** What became of a hostile message, and what it took. */
export interface Survived {
  readonly judged: JudgedMessage;
  readonly tables: ReadonlyMap<string, readonly string[]>;
  /** Rows of all tables, and their characters. */
  readonly rows: number;
  readonly characters: number;
  readonly cost: Cost;
}

export async function survive(bytes: Buffer, resolver: Resolver = emptyDns): Promise<Survived> {
  const options = {
    ...defaultJudgeOptions,
    verdicts: 'verify' as const,
    trusted: ['mx.contoso.example'],
    acceptedDomains: ['contoso.example'],
    now,
  };
  const found = { place: 'hostile.eml', bytes, position: bytes.length };
  const { result, cost } = await measured(async () => {
    const judged = await judge(found, options, resolver);
    return { judged, rows: messageRows(judged, { withHeaderForm: true }) };
  });
  const all = result.rows.flatMap(({ rows }) => rows);
  return {
    judged: result.judged,
    tables: new Map(result.rows.map(({ table, rows }: TableRows) => [table, rows])),
    rows: all.length,
    characters: all.reduce((sum, row) => sum + row.length, 0),
    cost,
  };
}
