import { setTimeout as sleep } from 'node:timers/promises';
import type { CopyOfLetter, Finding } from '../accounts/accounts.ts';
import type { Front, OpenFront, Told } from '../accounts/front.ts';
import type { Attempt } from '../accounts/ledger.ts';
import { startPostfix } from '../postfix.ts';

/** What Postfix says for a milter that is away, or whose word did not come (`milter_default_action = tempfail`). */
const AWAY = /^451 4\.7\.1 Service unavailable/;

/**
 * A real Postfix before the gate, which it asks as a milter: it answers the sender, queues, and hands on to the next hop. It
 * is never killed: its queue is its own affair.
 */
export const postfixFront: Front = {
  setup: ({ gate }) => `milter: inet:${gate}@127.0.0.1\n`,
  open: async ({ gate, nextHop }) => {
    const postfix = await startPostfix({
      // Also who has said already that he is somebody else: a connection brings many letters.
      servers: [{ smtpd_authorized_xclient_hosts: '0.0.0.0/0' }],
      main: {
        smtpd_milters: `inet:127.0.0.1:${gate}`,
        milter_default_action: 'tempfail',
        mynetworks: '0.0.0.0/0',
        local_header_rewrite_clients: '',
        default_transport: `smtp:[127.0.0.1]:${nextHop}`,
        // A next hop that was away a moment ago is asked again at once, and a sender who is put off is not slowed down.
        ...{
          queue_run_delay: '1s',
          minimal_backoff_time: '1s',
          maximal_backoff_time: '1s',
          transport_retry_time: '1s',
        },
        ...{ smtpd_error_sleep_time: '0s', smtpd_soft_error_limit: '10000', smtpd_hard_error_limit: '10000' },
        ...{ smtpd_client_connection_rate_limit: '0', in_flow_delay: '0s' },
      },
    });
    return {
      port: postfix.ports[0]!,
      handedOn: async (signal) => {
        while (!signal.aborted && postfix.run('postqueue', '-j') !== '') await sleep(200);
      },
      read: readBehindPostfix,
      [Symbol.asyncDispose]: () => postfix.stop(),
    };
  },
};

/** The books as the gate has them, and mail that went on although Postfix had not taken it. */
export const readBehindPostfix: OpenFront['read'] = (books) => ({ ...asTheGateHas(books), findings: slipped(books) });

/**
 * What Postfix says for a gate whose word it did not hear is no word of the gate: it may have been cut off behind its
 * writing. And a copy that the next hop did not answer comes again, for Postfix has it in its queue.
 */
function asTheGateHas({ attempts, copies }: Told): Told {
  const heard = attempts.map((attempt) => (isAway(attempt) ? { ...attempt, code: undefined } : attempt));
  const isLast = ({ letter, attempt }: CopyOfLetter, at: number): boolean =>
    !copies.some((other, n) => n > at && other.letter === letter && other.attempt === attempt);
  return { attempts: heard, copies: copies.filter((copy, at) => copy.isAnswered || isLast(copy, at)) };
}

const isAway = ({ isSent, text }: Attempt): boolean => isSent && AWAY.test(text);

/** Mail that Postfix did not take, and that went on all the same. */
const slipped = ({ attempts, copies }: Told): readonly Finding[] =>
  attempts
    .filter(({ isSent, code }) => isSent && code !== undefined && code >= 400)
    .filter(({ letter, number }) => copies.some((copy) => copy.letter === letter && copy.attempt === number))
    .map(({ letter, number, text }) => ({ what: 'let through', letter, text: `attempt ${number}, told ${text}` }));
