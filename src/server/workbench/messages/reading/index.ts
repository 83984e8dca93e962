/** Messages taken apart: judged, and made fit to be shown. */
export { MessageReader } from './message-reader.ts';
export type { ShownFile } from './tasks.ts';
export { withinTime } from './within-time.ts';
