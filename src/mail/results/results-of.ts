import type { Authentication } from '../authenticate.ts';
import type { MethodResult } from './words.ts';

/**
 * The verdict on a message as a receiver writes it down: a part a check, for {@link writeAuthenticationResults} and
 * {@link writeMicrosoftResults}. A part for each signature, the first few of them.
 *
 * @source RFC 8601 section 2.7; https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo
 * @example writeAuthenticationResults('mx.example.com', resultsOf(authentication)) // 'mx.example.com;\r\n spf=fail …'
 */
export function resultsOf({ spf, dkim, arc, dmarc, composite, transaction }: Authentication): readonly MethodResult[] {
  const sender = spf.identity === 'mailfrom' ? { 'smtp.mailfrom': spf.domain } : { 'smtp.helo': spf.domain };
  return [
    {
      method: 'spf',
      result: spf.result,
      ...(transaction.ip === undefined ? {} : { reason: `sender IP is ${transaction.ip}` }),
      properties: spf.domain === '' ? {} : sender,
    },
    ...(dkim.signatures.length === 0
      ? [{ method: 'dkim', result: 'none', reason: 'message not signed', properties: { 'header.d': 'none' } }]
      : dkim.signatures.slice(0, MOST_SIGNATURES).map(({ result, reason, domain, selector }) => ({
          method: 'dkim',
          result,
          reason,
          properties: { 'header.d': domain, 'header.s': selector },
        }))),
    ...(arc.result === 'none' ? [] : [{ method: 'arc', result: arc.result, reason: arc.reason, properties: {} }]),
    {
      method: 'dmarc',
      result: composite.dmarc,
      properties: { action: composite.action, ...(dmarc.domain === '' ? {} : { 'header.from': dmarc.domain }) },
    },
    { method: 'compauth', result: composite.compauth, properties: { reason: composite.reason } },
  ];
}

const MOST_SIGNATURES = 5;
