import { type Calendar, calendarUpTo } from './calendar.ts';
import type { Message, NamedMessage } from './message.ts';
import { randomFor } from './random.ts';
import { stories } from './stories/index.ts';
import type { Scene } from './stories/story.ts';
import { traffic } from './traffic/index.ts';

/** Rows of `EmailEvents` that the stories are measured for. */
export const DEMO_ROWS = 20_000;

/** Every message of a demo, newest first: the stories, and as much everyday mail as makes the rows full. */
export function demoMessages(seed: number, now: number, rows: number): NamedMessage[] {
  const calendar = calendarUpTo(now);
  const told = tell(seed, calendar, rows);
  const messages = [...told, ...everyday(seed, calendar, rows - rowsOf(told))];
  return messages.sort((a, b) => b.message.at - a.message.at || (a.name < b.name ? -1 : 1));
}

const rowsOf = (messages: readonly NamedMessage[]): number =>
  messages.reduce((sum, { message }) => sum + message.to.length, 0);

function tell(seed: number, calendar: Calendar, rows: number): NamedMessage[] {
  return stories.flatMap((story) => {
    const count = Math.max(1, Math.round((story.messages * rows) / DEMO_ROWS));
    return Array.from({ length: count }, (_, index) => {
      const scene = sceneOf(seed, story.name, index, calendar);
      return { name: `${story.name}/${index}`, message: story.write(scene) };
    });
  });
}

function everyday(seed: number, calendar: Calendar, rows: number): NamedMessage[] {
  let left = rows;
  return traffic.flatMap((kind, i) => {
    const isLast = i === traffic.length - 1;
    const quota = isLast ? left : Math.min(left, Math.round(kind.share * rows));
    left -= quota;
    return fill(quota, (index) => ({
      name: `${kind.name}/${index}`,
      message: kind.write(sceneOf(seed, kind.name, index, calendar)),
    }));
  });
}

/** Messages until their rows are as many as wanted; the last one loses the recipients that are too many. */
function fill(rows: number, write: (index: number) => NamedMessage): NamedMessage[] {
  const messages: NamedMessage[] = [];
  for (let left = rows; left > 0; ) {
    const { name, message } = write(messages.length);
    const to = message.to.slice(0, left);
    messages.push({ name, message: { ...message, to } satisfies Message });
    left -= to.length;
  }
  return messages;
}

const sceneOf = (seed: number, name: string, index: number, calendar: Calendar): Scene => ({
  index,
  calendar,
  random: randomFor(seed, name, index),
});
