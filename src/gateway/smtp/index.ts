/**
 * SMTP, both sides: what one client says to us, and what we say to the next hop. Knows nothing of policies. Written here and not
 * taken from the package smtp-server, whose reader takes a bare LF for the end of a command, hands on messages with bare LF, CR and
 * NUL as they are, drops what is pipelined behind STARTTLS without a word, and loops over each byte of a message.
 */
export { type Answer, answer, answerOf, answers, isPositive, replyOf } from './answer.ts';
export { type Attributes, isHeloName } from './attributes.ts';
export { Certificate, type CertificatePaths } from './certificate.ts';
export type { EnvelopeCommand } from './envelope.ts';
export { type Features, noFeatures } from './features.ts';
export type { MailHandler, Visitor } from './handler.ts';
export { type SmtpLimits, type SmtpTimeouts, smtpLimits, smtpTimeouts } from './limits.ts';
export { impurityOf } from './line-ends.ts';
export {
  type HopConnection,
  HopFailure,
  type HopTarget,
  type HopTimeouts,
  hopTimeouts,
  NextHop,
} from './next-hop/index.ts';
export { type Path, readPath } from './path.ts';
export { type SmtpServer, type SmtpServerOptions, startSmtpServer } from './server.ts';
export type { ListenAddress, Notice, RefusalStage, SmtpNetworks } from './server-state.ts';
