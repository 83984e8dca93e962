/** How much one server takes. */
export interface SmtpLimits {
  /** Connections at once: of all clients, and of one (an IPv6 client is its /64). */
  readonly connections: number;
  readonly perClient: number;
  /** Connections that one client may open in a minute. */
  readonly perClientMinute: number;
  /** Connections with the next hop that one client may keep while it says nothing. */
  readonly silent: number;
  /** Octets of a command line, its CRLF included: 512 and what the extensions add (RFC 5321 section 4.5.3.1.4). */
  readonly commandLine: number;
  /** Octets of a message's line, its CRLF included. Not enforced by default: senders of longer ones are common and harmless. */
  readonly textLine: number;
  /** Of one message (RFC 5321 section 4.5.3.1.8: at least 100). */
  readonly recipients: number;
  /** Octets of a message. */
  readonly message: number;
  /** Octets of all messages that are here at once, as they came; of those that are judged four times as many. */
  readonly memory: number;
  /** Commands refused as wrong, and recipients refused, since the last message that was taken. */
  readonly errors: number;
  /** Commands that bring no message forward (NOOP, RSET, EHLO, VRFY, …) since the last message that was taken. */
  readonly idleCommands: number;
  /** Octets a second that a message must come with on average, once `timeouts.dataRate` is over. */
  readonly dataRate: number;
  /** Share of `connections` from which on `timeouts.stressed` is all that a client has between two commands. */
  readonly stress: number;
}

/** How long one server waits, in milliseconds. */
export interface SmtpTimeouts {
  /** Before the greeting is sent, for clients that speak first to show themselves. 0 for none. */
  readonly greetingPause: number;
  /** For the balancer's PROXY header. */
  readonly proxyHeader: number;
  readonly handshake: number;
  /** For the next command, and for the next piece of a message (RFC 5321 section 4.5.3.2.7). */
  readonly command: number;
  /** For the next piece of a message in which something is wrong already, and that will be refused. */
  readonly refused: number;
  /** After which a client that says nothing, or whose message still comes, keeps no connection with the next hop. */
  readonly silence: number;
  /** Between two commands while nearly all connections are taken. */
  readonly stressed: number;
  /** From DATA on, how long a message may come more slowly than `limits.dataRate`. */
  readonly dataRate: number;
  /** From DATA to the final dot. */
  readonly message: number;
  readonly session: number;
  /** For an answer to a command, which the client awaits for 5 minutes (section 4.5.3.2.3). */
  readonly answer: number;
  /** For the answer to a message, which the client awaits for 10 minutes (section 4.5.3.2.6): after that, it sends it again. */
  readonly verdict: number;
  /** For the client to close the connection after the last answer. */
  readonly farewell: number;
}

const [second, minute] = [1_000, 60_000];

export const smtpLimits: SmtpLimits = {
  connections: 1_000,
  perClient: 50,
  perClientMinute: 600,
  silent: 20,
  commandLine: 2_048,
  textLine: Number.POSITIVE_INFINITY,
  recipients: 1_000,
  message: 50 * 1024 * 1024,
  memory: 512 * 1024 * 1024,
  errors: 20,
  idleCommands: 100,
  dataRate: 100,
  stress: 0.8,
};

export const smtpTimeouts: SmtpTimeouts = {
  greetingPause: 0,
  proxyHeader: 10 * second,
  handshake: minute,
  command: 5 * minute,
  refused: 10 * second,
  silence: 10 * second,
  stressed: 10 * second,
  dataRate: minute,
  message: 30 * minute,
  session: 120 * minute,
  answer: 280 * second,
  verdict: 570 * second,
  farewell: 2 * second,
};
