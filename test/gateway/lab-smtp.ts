import assert from 'node:assert/strict';
import type { LabLetter } from './lab-letters.ts';
import { Client } from './proxy/client.ts';

/**
 * Sends a letter by SMTP as its sender does, told who that is by XCLIENT; the answer at its end.
 *
 * @param bytes the letter's own, or others in their place
 * @param patience milliseconds for an answer
 */
export async function handOver(
  port: number,
  { client, mailFrom, recipients, bytes: own }: LabLetter,
  { bytes = own, patience = 20_000 } = {},
): Promise<string> {
  const smtp = await Client.to(port);
  const say = (line: string): Promise<string> => {
    smtp.send(Buffer.from(`${line}\r\n`, 'latin1'));
    return smtp.answer(patience);
  };
  try {
    await smtp.answer(patience);
    await say('EHLO mta.example');
    const address = client.ip.includes(':') ? `IPV6:${client.ip}` : client.ip;
    const login = client.isAuthenticated ? ' LOGIN=somebody' : '';
    for (const line of [
      `XCLIENT ADDR=${address} NAME=[UNAVAILABLE]${login}`,
      `EHLO ${client.helo}`,
      `MAIL FROM:<${mailFrom}>`,
      ...recipients.map((recipient) => `RCPT TO:<${recipient}>`),
      'DATA',
    ]) {
      const answer = await say(line);
      assert.match(answer, /^[23]/, `${line}: ${answer}`);
    }
    return await say(`${bytes.toString('latin1').replace(/^\./gm, '..')}${endsLine(bytes) ? '' : '\r\n'}.`);
  } finally {
    smtp.close();
  }
}

const endsLine = (bytes: Buffer): boolean => bytes.subarray(-2).toString('latin1') === '\r\n';
