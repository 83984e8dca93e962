/** The error catalogue: codes, words, places. The lowest room; everything may use it. */
export { catalogue, type ErrorCode, type ErrorEntry, type Facts } from './catalogue.ts';
export { editDistance } from './edit-distance.ts';
export { type ErrorOptions, MailhuntError, type Span } from './mailhunt-error.ts';
export { caretAt, type Place, placeOf } from './place.ts';
export { fromWire, toWire, type WireError } from './wire-error.ts';
