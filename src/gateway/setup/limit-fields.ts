import { defaultMilterLimits, type MilterLimits } from '../milter/index.ts';
import { type QuarantineLimits, quarantineLimits } from '../quarantine/index.ts';
import {
  type HopTimeouts,
  hopTimeouts,
  type SmtpLimits,
  type SmtpTimeouts,
  smtpLimits,
  smtpTimeouts,
} from '../smtp/index.ts';
import type { Field } from './field.ts';
import { share } from './kinds.ts';
import { countKnob, type Knob, knobs, sizeKnob, timeKnob } from './knobs.ts';

const [KB, MB, GB] = [2 ** 10, 2 ** 20, 2 ** 30];
const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

const aboutMemory =
  'all messages that are here at once; one that is being judged counts four times its size. Those of one client that still come have at most a third of what is left for others';

const stress: Knob = {
  kind: share,
  about: 'share of `connections` from which on `timeouts.stressed` is all that a client has between two commands',
  print: String,
};

/** How much the SMTP server takes. */
export const smtpLimitFields: Field<SmtpLimits> = knobs('how much is taken, and how fast', smtpLimits, {
  connections: countKnob('connections at once, of all clients', 1, 100_000),
  perClient: countKnob('connections at once of one client; an IPv6 client is its /64', 1, 100_000),
  perClientMinute: countKnob('connections that one client may open in a minute', 1, 1_000_000),
  silent: countKnob('connections with the next hop that one client keeps while it says nothing', 1, 100_000),
  commandLine: sizeKnob('a command line, its CR LF included', 512, 64 * KB),
  textLine: sizeKnob('a line of a message, its CR LF included', 1_000, GB),
  recipients: countKnob('recipients of a message (RFC 5321 section 4.5.3.1.8: at least 100)', 100, 100_000),
  message: sizeKnob('a message; what is advertised as `SIZE`', 64 * KB, GB),
  memory: sizeKnob(aboutMemory, MB, 64 * GB),
  errors: countKnob('wrong commands and refused recipients since the last message that was taken', 1, 10_000),
  idleCommands: countKnob('commands that bring no message forward (`NOOP`, `RSET`, `EHLO`) since then', 5, 100_000),
  dataRate: sizeKnob('what a message must come with in a second on average, once `timeouts.data_rate` is over', 1, MB),
  stress,
});

/** How long the SMTP server waits. */
export const smtpTimeoutFields: Field<SmtpTimeouts> = knobs('how long a client is waited for', smtpTimeouts, {
  greetingPause: timeKnob('before the greeting, for clients that speak first to show themselves', 0, minute),
  proxyHeader: timeKnob('for the PROXY header of a balancer', second, 5 * minute),
  handshake: timeKnob('for the handshake of TLS', second, 10 * minute),
  command: timeKnob('for the next command, and for the next piece of a message', second, hour),
  refused: timeKnob('for the next piece of a message that will be refused', second, 10 * minute),
  silence: timeKnob(
    'after which a client that says nothing, or whose message still comes, keeps no connection with the next hop',
    second,
    10 * minute,
  ),
  stressed: timeKnob('between two commands while nearly all connections are taken', second, 10 * minute),
  dataRate: timeKnob('from `DATA` on, how long a message may come more slowly than `limits.data_rate`', second, hour),
  message: timeKnob('from `DATA` to the final dot', 10 * second, day),
  session: timeKnob('for a whole connection', 10 * second, 7 * day),
  answer: timeKnob('for an answer to a command, which the client awaits for 5 minutes', second, 5 * minute),
  verdict: timeKnob('for the answer to a message, which the client awaits for 10 minutes', second, 10 * minute),
  farewell: timeKnob('for the client to close the connection after the last answer', 0, minute),
});

/** How long the next hop has. */
export const hopTimeoutFields: Field<HopTimeouts> = knobs(
  'how long the next hop has; what the client waits for ends each of them sooner',
  hopTimeouts,
  {
    connect: timeKnob('to connect', second, 5 * minute),
    greeting: timeKnob('for its greeting, and for the handshake of TLS', second, 30 * minute),
    command: timeKnob('for its answer to `EHLO`, `MAIL`, `RCPT`, `RSET`', second, 30 * minute),
    dataInitiation: timeKnob('for its answer to `DATA`', second, 30 * minute),
    dataBlock: timeKnob('for each piece of a message to be taken', second, 30 * minute),
    dataTermination: timeKnob('for its answer to a message', second, hour),
    idle: timeKnob('how long a connection is kept unused', 0, hour),
    features: timeKnob('for what it is asked while a client waits for the answer to its `EHLO`', 100, 5 * minute),
  },
);

/** How much the milter takes, and how long it waits. */
export const milterLimitFields: Field<MilterLimits> = knobs(
  'how much is taken, and how long is waited',
  defaultMilterLimits,
  {
    connections: countKnob('connections of MTAs; Postfix has one for each SMTP session', 1, 100_000),
    packetBytes: sizeKnob('a packet; MTAs send 64 KB', 64 * KB, 64 * MB, 'packet'),
    messageBytes: sizeKnob('a message; no less than the MTA’s own limit', 64 * KB, GB, 'message'),
    heldBytes: sizeKnob(aboutMemory, MB, 64 * GB, 'memory'),
    headerFields: countKnob('header fields of a message', 100, 100_000),
    recipients: countKnob('recipients of a message', 100, 100_000),
    ruling: timeKnob('from the end of a message to the gate’s word', second, 10 * minute),
    progress: timeKnob('between two signs of life; Sendmail waits 10 seconds for one', 500, minute),
    idle: timeKnob('a connection over which nothing comes', minute, 7 * day),
  },
);

const shareOfOne: Knob = {
  kind: share,
  about:
    'part of both that messages with one organizational domain in `From` may take, so that one forger does not fill it for all; those of one client may take that part of this part (of 0.25: 0.0625), an IPv6 client being its /64; 1: all',
  print: String,
};

/** How much the quarantine holds. */
export const quarantineLimitFields: Field<QuarantineLimits> = knobs(
  'how much the quarantine holds; beyond, what the policy would keep is put off (`452 4.3.1`), and other mail goes on',
  quarantineLimits,
  {
    bytes: sizeKnob('messages and what is kept beside them, before they are compressed', MB, 1024 * GB, 'size'),
    messages: countKnob('messages', 1, 1_000_000),
    share: shareOfOne,
  },
);
