import type { JudgedMessage, JudgeOptions } from '../../../../ingest/index.ts';
import type { BodyToShow, CarriedFile } from '../../../../mail/index.ts';
import type { BodyForm } from '../../safe-html/index.ts';

/** A file that a message carries, as the page lists it. */
export type ShownFile = Omit<CarriedFile, 'bytes'>;

/** The bytes of a message. */
interface OfBytes {
  readonly bytes: Uint8Array;
}

/** What can be asked about a message as it is, and what comes back. */
export interface ReadingTasks {
  /** Judges the one message that a file holds. Throws MSG0004 where it holds none, or several. */
  readonly open: {
    readonly ask: OfBytes & { readonly options: JudgeOptions };
    readonly answer: { readonly judged: JudgedMessage };
  };
  /** Its body as a page for a frame without rights, UTF-8. */
  readonly body: {
    readonly ask: OfBytes & { readonly form: BodyForm };
    readonly answer: { readonly page: Uint8Array };
  };
  readonly files: {
    readonly ask: OfBytes;
    readonly answer: { readonly files: readonly ShownFile[]; readonly defects: BodyToShow['defects'] };
  };
  /** One file that it carries, decoded. Throws MSG0005 where there is none of that number. */
  readonly file: {
    readonly ask: OfBytes & { readonly number: number };
    readonly answer: { readonly fileName: string; readonly bytes: Uint8Array };
  };
}
