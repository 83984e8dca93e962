/**
 * The numbers and letters of the milter protocol between an MTA and a filter: `libmilter/mfdef.h` of Sendmail 8.14 and
 * later, which Postfix speaks since 2.6. Only what this filter uses has a name here.
 */

/** The version that is spoken; no older one tells how a header value begins, and signatures need that. */
export const VERSION = 6;

/** What the MTA sends, by its letter (`SMFIC_…`). */
export const commandLetters = {
  A: 'abort',
  B: 'body',
  C: 'connect',
  D: 'macros',
  E: 'end of body',
  H: 'helo',
  K: 'quit, new connection',
  L: 'header',
  M: 'mail',
  N: 'end of header',
  O: 'negotiate',
  Q: 'quit',
  R: 'recipient',
  T: 'data',
  U: 'unknown',
} as const;

export type CommandLetter = keyof typeof commandLetters;
export type CommandName = (typeof commandLetters)[CommandLetter];

/** What the filter answers (`SMFIR_…`), by what it means. */
export const replyLetters = {
  negotiate: 'O',
  accept: 'a',
  replaceBody: 'b',
  continue: 'c',
  discard: 'd',
  insertHeader: 'i',
  changeHeader: 'm',
  progress: 'p',
  replyCode: 'y',
} as const;

/** Changes of a message that a filter has to ask leave for (`SMFIF_…`). */
export const actions = {
  addHeaders: 1 << 0,
  changeBody: 1 << 1,
  changeHeaders: 1 << 4,
  chooseMacros: 1 << 8,
} as const;

/** Steps of the conversation that a filter can do without, and how it wants the others (`SMFIP_…`). */
export const steps = {
  noReplyToHeader: 1 << 7,
  noUnknown: 1 << 8,
  noData: 1 << 9,
  noReplyToConnect: 1 << 12,
  noReplyToHelo: 1 << 13,
  noReplyToEndOfHeader: 1 << 18,
  noReplyToBody: 1 << 19,
  leadingSpace: 1 << 20,
} as const;

/** The step that spares the reply to a command; the replies to the others are always given. */
export const noReplySteps: Partial<Record<CommandName, number>> = {
  connect: steps.noReplyToConnect,
  helo: steps.noReplyToHelo,
  header: steps.noReplyToHeader,
  'end of header': steps.noReplyToEndOfHeader,
  body: steps.noReplyToBody,
};

/** Body bytes of one packet, at most (`MILTER_CHUNK_SIZE`). */
export const CHUNK = 65_535;
