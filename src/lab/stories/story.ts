import type { Calendar } from '../calendar.ts';
import type { Message } from '../message.ts';
import type { Random } from '../random.ts';

/** What a story has at hand when it writes its message number `index`. */
export interface Scene {
  readonly index: number;
  readonly random: Random;
  readonly calendar: Calendar;
}

/** Something that happened in the demo: an attack, or harmless mail that looks like one. */
export interface Story {
  /** Kebab-case, as the file; the ids of its messages are made from it. */
  readonly name: string;
  readonly nature: 'attack' | 'harmless';
  /** Messages in a demo of 20,000 rows; fewer in a smaller one, but one at least. */
  readonly messages: number;
  write(scene: Scene): Message;
}
