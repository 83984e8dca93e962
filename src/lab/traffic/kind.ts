import type { Message } from '../message.ts';
import type { Scene } from '../stories/story.ts';

/** A kind of everyday mail. */
export interface Kind {
  readonly name: string;
  /** Its part of the rows that the stories leave. */
  readonly share: number;
  write(scene: Scene): Message;
}
