/**
 * What it takes for another message to belong to the campaign of this one: {@link ENOUGH} points. Written down to be argued
 * with. The address of a sender who did not fail says nothing (all his mail has it), nor does a link that three or more other
 * domains send in mail that passes; two messages of which one passes and one fails need more in common than two that fail.
 */
export const points = {
  /** BodyShape differs in {@link BODY_BITS} bits or fewer. */
  body: 4,
  /** A file of the same content, pictures left out: a logo is in every mail of a company. */
  file: 4,
  /** The subject's skeleton, of three words or more. */
  subject: 3,
  /** A skeleton of fewer. */
  shortSubject: 1,
  /** The same URL. */
  url: 3,
  /** The same domain and form of path. */
  urlShape: 2,
  /** A file whose name has the same form. */
  fileName: 1,
  /** The address in From, where this message failed and the other did not pass: who passes is the one that is forged. */
  sender: 2,
  /** The client's address (of IPv6 its /64) or the envelope's domain, where this message failed and the other did not pass. */
  source: 1,
  /** Both fail DMARC. */
  bothFail: 1,
  /** One passes DMARC and the other fails. */
  differ: -2,
  /** Both pass DMARC, for different domains. */
  strangers: -1,
} as const;

export const ENOUGH = 3;

/** Of 52. Bodies that have nothing to do with each other come as near once in two hundred million times. */
export const BODY_BITS = 6;

/** Domains, other than the sender's, whose passing mail has a link: from then on it is a common one. */
export const COMMON_LINK = 3;
