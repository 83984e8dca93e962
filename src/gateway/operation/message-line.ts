import type { VerdictWords } from '../../mail/index.ts';
import { asciiJson, type LogFacts } from '../../telemetry/index.ts';
import type { Observed } from '../judging/index.ts';

/** Characters of one text of a client's. */
const TEXT = 320;

/** What a program can look for about a message: the line of it in a log of JSON. */
export const messageFacts = (seen: Observed): LogFacts => ({
  level: seen.trouble === undefined ? 'info' : 'warning',
  event: 'message',
  id: seen.id,
  queue_id: seen.offered.queueId?.slice(0, TEXT),
  client: seen.offered.client.ip,
  from: seen.offered.mailFrom.slice(0, TEXT),
  to: seen.offered.recipients.length,
  bytes: seen.bytes,
  verdict: seen.verdict && verdictText(seen.verdict),
  action: seen.action,
  rule: seen.rule,
  would_be: seen.wouldBe?.action,
  would_be_rule: seen.wouldBe?.rule,
  answer: answerText(seen).slice(0, TEXT),
  ms: seen.ms,
  trouble: seen.trouble,
});

/**
 * The same for a person, on one line of printable ASCII: what the sender chose stands in quotation marks.
 *
 * @example messageLine(seen)
 * // 'message mh-x1: 550 5.7.26 Refused …; client 192.0.2.7, from "a@bank.example", to 1; Reject by "…"; dmarc=fail; 12 ms; row 4f…'
 */
export function messageLine(seen: Observed): string {
  const { client, mailFrom, recipients, queueId } = seen.offered;
  const parts = [
    asciiJson(answerText(seen).slice(0, TEXT)).slice(1, -1),
    `client ${client.ip || 'unknown'}, from ${asciiJson(mailFrom.slice(0, TEXT))}, to ${recipients.length}`,
    by(seen.action, seen.rule),
    ...(seen.wouldBe === undefined ? [] : [`Enforce would ${by(seen.wouldBe.action, seen.wouldBe.rule)}`]),
    ...(seen.verdict === undefined ? [] : [verdictText(seen.verdict)]),
    ...(seen.trouble === undefined ? [] : [seen.trouble]),
    ...(seen.ms === undefined ? [] : [`${seen.ms} ms`]),
    ...(seen.id === undefined ? [] : [`row ${seen.id}`]),
  ];
  const name = queueId === undefined ? 'message' : `message ${asciiJson(queueId.slice(0, TEXT)).slice(1, -1)}`;
  return `${name}: ${parts.join('; ')}`;
}

const answerText = ({ answer: { code, enhanced, text } }: Observed): string => `${code} ${enhanced} ${text}`;

const by = (action: string, rule: string | undefined): string =>
  rule === undefined ? action : `${action} by ${asciiJson(rule)}`;

/** `spf=pass dkim=none dmarc=pass compauth=pass reason=100`: words of ours. */
const verdictText = (verdict: VerdictWords): string =>
  Object.entries(verdict)
    .map(([method, result]) => `${method}=${result}`)
    .join(' ');
