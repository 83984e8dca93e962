import { createHash } from 'node:crypto';
import type { Attachment } from './message.ts';

/** The content of a file: its mark, as often as the size takes. */
export const contentOf = ({ mark, size }: Attachment): Buffer => Buffer.alloc(size, `${mark}\n`);

/** The hash of a file's content, lower-case hex. */
export const sha256Of = (file: Attachment): string => createHash('sha256').update(contentOf(file)).digest('hex');
