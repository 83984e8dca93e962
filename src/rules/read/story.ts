import type { ResponseStep, RuleStory } from '../rule.ts';
import type { Fields } from './fields.ts';

const confidences = { low: 'low', medium: 'medium', high: 'high' } as const;
const actions = {
  purge: 'purge',
  reset: 'reset',
  block: 'block',
  notify: 'notify',
  investigate: 'investigate',
} as const satisfies Readonly<Record<ResponseStep['action'], string>>;

/** The map `mailhunt` of a rule's file. */
export function storyOf(rule: Fields): RuleStory {
  const story = rule.map('mailhunt');
  if (story === undefined) return {};
  const test = story.map('atomicTest');
  const scenario = test?.text('scenario');
  return said({
    hypothesis: story.text('hypothesis'),
    confidence: story.word('confidence', confidences),
    severityReason: story.text('severityReason'),
    falsePositives: some(story.maps('falsePositives').flatMap(falsePositive)),
    response: some(story.maps('response').flatMap(responseStep)),
    investigation: some(story.texts('investigation')),
    companions: some(story.texts('companions')),
    tuning: some(story.texts('tuning')),
    references: some(story.texts('references')),
    atomicTest: test === undefined || scenario === undefined ? undefined : { scenario, steps: test.texts('steps') },
  });
}

function falsePositive(fields: Fields) {
  const description = fields.text('description');
  if (description === undefined) fields.wrong('description', 'is missing');
  return description === undefined ? [] : [said({ description, watchlist: fields.text('watchlist') })];
}

function responseStep(fields: Fields): ResponseStep[] {
  const [action, when, how] = [fields.word('action', actions), fields.text('when'), fields.text('how')];
  for (const name of ['action', 'when', 'how']) if (!fields.has(name)) fields.wrong(name, 'is missing');
  return action === undefined || when === undefined || how === undefined ? [] : [{ action, when, how }];
}

const some = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items);

/** Without the members that are undefined. */
export const said = <T extends object>(value: T): Said<T> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Said<T>;

type Said<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
