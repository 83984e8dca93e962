import { defaultJudgeOptions, type JudgedMessage, judge, messageRows } from '../../src/ingest/index.ts';
import { type Authentication, parseZone, type Resolver, zoneResolver } from '../../src/mail/index.ts';
import { type Cost, measured } from './measured.ts';

export const now = Date.parse('2026-07-18T15:00:00Z');

/** What the border of contoso.example writes above a message from 203.0.113.7. */
export const border =
  'Return-Path: <eve@evil.example>\r\n' +
  'Received: from client.evil.example (client.evil.example [203.0.113.7])\r\n' +
  ' by mx.contoso.example with ESMTPS id 1; Sat, 18 Jul 2026 14:08:56 +0000\r\n';

export const usual: readonly string[] = [
  'From: Eve <eve@evil.example>',
  'To: ben@contoso.example',
  'Subject: Hello',
  'Date: Sat, 18 Jul 2026 14:08:00 +0000',
  'Message-ID: <1@evil.example>',
];

/** A message, latin1: lines of the header behind those of the border, and a body. */
export const mail = (fields: readonly string[], body: string | Buffer = 'Hello\r\n'): Buffer =>
  Buffer.concat([
    Buffer.from(`${border}${fields.join('\r\n')}\r\n\r\n`, 'latin1'),
    typeof body === 'string' ? Buffer.from(body, 'latin1') : body,
  ]);

export const emptyDns: Resolver = zoneResolver(parseZone('', 'empty.zone'));

/** What became of a hostile message, and what it took. */
export interface Survived {
  readonly judged: JudgedMessage;
  readonly authentication: Authentication;
  /** What EmailHeaders says is odd. */
  readonly problems: readonly string[];
  /** Rows of all tables, and their characters. */
  readonly rows: number;
  readonly characters: number;
  readonly cost: Cost;
}

/** Judges a message as ingest does, and prints its rows. */
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
    return { judged, tables: messageRows(judged, { withHeaderForm: true }) };
  });
  const { judged, tables } = result;
  if (judged.verdict.source !== 'verified') throw new Error(`not verified: ${judged.verdict.source}`);
  const headers = tables.find(({ table }) => table === 'EmailHeaders')!;
  const rows = tables.flatMap((table) => table.rows);
  for (const row of rows) JSON.parse(row);
  return {
    judged,
    authentication: judged.verdict.authentication,
    problems: JSON.parse(JSON.parse(headers.rows[0]!)[headers.columns.indexOf('Problems')]),
    rows: rows.length,
    characters: rows.reduce((sum, row) => sum + row.length, 0),
    cost,
  };
}
