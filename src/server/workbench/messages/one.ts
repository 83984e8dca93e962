import type { Evidence, MessageFacts } from '../../../evidence/index.ts';
import { readLink, toUnicodeDomain } from '../../../mail/index.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { jsonAnswer } from './operations.ts';
import { lookUp } from './rows.ts';
import { subjectOf } from './subject.ts';

/** A URL of a message, and where it ends up. */
export interface ShownUrl {
  readonly url: string;
  readonly domain: string;
  readonly location: string;
  /** What known services rewrote, undone step by step. */
  readonly inner: readonly { readonly url: string; readonly domain: string }[];
}

/** One message, as the page shows it at first. */
export interface ShownMessage {
  readonly message: MessageFacts;
  readonly urls: readonly ShownUrl[];
  /** How domains that are written in A-labels look to a person. */
  readonly unicode: Readonly<Record<string, string>>;
  /** True where the message itself can be looked at. */
  readonly hasSource: boolean;
  /** True for a file that was opened, and is in no store. */
  readonly isOpened: boolean;
  readonly notes: readonly string[];
}

/** Facts and evidence of one message. */
export const messageRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/messages/:id',
    needs: 'query',
    operation: jsonAnswer('One message: what its rows say', 'the message'),
    answer: facts,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/:id/evidence',
    needs: 'query',
    operation: jsonAnswer('One message with its history, campaign, clicks and what came after', 'the evidence'),
    answer: evidence,
  },
];

async function facts(visit: Visit): Promise<void> {
  const subject = subjectOf(visit);
  const message = await lookUp(visit, (signal) => subject.facts(signal));
  sendJson(visit.response, 200, shownMessage(message, subject.opened?.notes));
}

async function evidence(visit: Visit): Promise<void> {
  const found: Evidence = await lookUp(visit, (signal) => subjectOf(visit).evidence(signal));
  sendJson(visit.response, 200, found);
}

/** A message with what the page needs beside its rows. @param notes of an opened file */
export function shownMessage(message: MessageFacts, notes?: readonly string[]): ShownMessage {
  const urls = message.urls.map(({ url, domain, location }) => ({
    url,
    domain,
    location,
    inner: (readLink(url)?.inner ?? []).map((one) => ({ url: one.url, domain: one.domain })),
  }));
  const domains = [
    message.senderFromDomain,
    message.senderMailFromDomain,
    ...message.checks.map((check) => check.domain),
    ...urls.flatMap((url) => [url.domain, ...url.inner.map((inner) => inner.domain)]),
  ];
  return {
    message,
    urls,
    unicode: Object.fromEntries(
      domains.flatMap((domain) => (domain.includes('xn--') ? [[domain, toUnicodeDomain(domain)]] : [])),
    ),
    hasSource: message.isKept,
    isOpened: notes !== undefined,
    notes: notes ?? [],
  };
}
