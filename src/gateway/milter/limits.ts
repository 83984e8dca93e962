/** What one milter takes, at most. Sizes are bytes, times milliseconds. */
export interface MilterLimits {
  /** MTAs' connections at once; Postfix keeps one for each SMTP session. The next is closed at once. */
  readonly connections: number;
  /** A packet. Postfix and Sendmail send 64 KB, a recipient or header field seldom more than 100 KB. */
  readonly packetBytes: number;
  /** A message, as it is rebuilt. Should be no less than the MTA's own limit. */
  readonly messageBytes: number;
  /** All messages that are being taken, together; those that are judged count four times. */
  readonly heldBytes: number;
  readonly headerFields: number;
  readonly recipients: number;
  /** From the end of the body to the answer. The client waits 10 minutes (RFC 5321 section 4.5.3.2.6), many only 5. */
  readonly ruling: number;
  /** How often the MTA hears that the gate still works. Sendmail waits 10 seconds for a word, Postfix 5 minutes. */
  readonly progress: number;
  /** A connection over which nothing comes. Longer than any pause that an MTA allows its clients. */
  readonly idle: number;
  /** What a message under way may take to its end when the milter stops. */
  readonly grace: number;
}

export const defaultMilterLimits: MilterLimits = {
  connections: 1_000,
  packetBytes: 1 << 20,
  messageBytes: 50 << 20,
  heldBytes: 512 << 20,
  headerFields: 10_000,
  recipients: 10_000,
  ruling: 120_000,
  progress: 5_000,
  idle: 7_210_000,
  grace: 30_000,
};
